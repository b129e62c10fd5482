import { expect, it } from "vitest";
import { fieldName, fieldNameOrKey } from "../../src/french/fields.ts";
import { placeMessage } from "../../src/french/places.ts";
import { aidFields } from "../../src/model/aid/aid.ts";

it("every field has a unique French name, different from its key", () => {
  const names = aidFields.map(fieldName);
  expect(new Set(names).size).toBe(aidFields.length);
  expect(aidFields.filter((field) => fieldName(field) === field)).toEqual(["description", "contact"]);
  expect(names.filter((name) => /['A-Z]/.test(name))).toEqual([
    "plan France Relance",
    "numéro sur Aides-territoires",
    "adresse sur Aides-territoires",
  ]);
});

it("a field of the feed keeps its name", () => {
  expect([
    fieldNameOrKey("submissionDeadline"),
    fieldNameOrKey("externalId"),
    fieldNameOrKey("Montant max"),
    fieldNameOrKey("toString"),
  ]).toEqual(["date de clôture", "identifiant", "Montant max", "toString"]);
});

it("a location in a feed is translated, its numbers are unchanged", () => {
  expect(placeMessage("sheet Aides, bourses, row 12045")).toBe("feuille Aides, bourses, ligne 12045");
  expect(placeMessage("page 2, item 17")).toBe("page 2, enregistrement n°\u00a017");
  expect(placeMessage("line 1, column 90, after /flux/aide[3]")).toBe("ligne 1, colonne 90, après /flux/aide[3]");
  expect(placeMessage("/flux/aide[3]")).toBe("/flux/aide[3]");
});
