import { expect, it } from "vitest";
import { fieldName, fieldNameOrKey } from "../../src/french/fields.ts";
import { aidFields } from "../../src/model/aid/aid.ts";

it("every field has a French name of its own, which is not ours", () => {
  const names = aidFields.map(fieldName);
  expect(new Set(names).size).toBe(aidFields.length);
  expect(aidFields.filter((field) => fieldName(field) === field)).toEqual(["description", "contact"]);
  expect(names.filter((name) => /['A-Z]/.test(name))).toEqual(["plan France Relance"]);
});

it("a field of the feed keeps its own name", () => {
  expect([
    fieldNameOrKey("submissionDeadline"),
    fieldNameOrKey("externalId"),
    fieldNameOrKey("Montant max"),
    fieldNameOrKey("toString"),
  ]).toEqual(["date de clôture", "identifiant", "Montant max", "toString"]);
});
