import { expect, it } from "vitest";
import { choose } from "../../../src/kit/field-rules.ts";
import { computed, constant } from "../../../src/kit/rules/constant.ts";
import { text } from "../../../src/kit/rules/texts.ts";
import { readValue } from "../../support/read-value.ts";

const recurrence = choose(
  [
    { when: { field: "dateDebutFuturCampagne", isFilled: true }, use: constant("recurring") },
    { when: { field: "dateFinCampagne", isFilled: true }, use: constant("oneoff") },
  ],
  constant("ongoing"),
);

it.each([
  [{ dateDebutFuturCampagne: "2024-01-01", dateFinCampagne: "2023-01-01" }, "recurring"],
  [{ dateFinCampagne: "2023-01-01" }, "oneoff"],
  [{ dateFinCampagne: "" }, "ongoing"],
  [{}, "ongoing"],
])("generation 2 had Île-de-France's recurrence inverted: %j is %s", (values, slug) => {
  expect(readValue(recurrence, values)).toMatchObject({ value: slug, codes: [] });
});

it("without a matching case or default, the field is empty", () => {
  const rule = choose([{ when: { field: "type", isOneOf: ["AAP"] }, use: text("titre") }]);
  expect(readValue(rule, { type: "AAP", titre: "Un" }).value).toBe("Un");
  expect(readValue(rule, { type: "GAG", titre: "Un" })).toMatchObject({ value: null, codes: [] });
});

it("territories of constants and computed values get their names", () => {
  const bretagne = [{ scale: "region", code: "53", name: "Bretagne" }];
  expect(readValue(constant([{ scale: "region", code: "53" }]), {}).value).toEqual(bretagne);
  const rule = computed("territory", { why: "only to see what becomes of its value", reads: ["x"] }, () => [
    { scale: "region", code: "53" },
  ]);
  expect(readValue(rule, {}).value).toEqual(bretagne);
});

it("other constants are unchanged", () => {
  for (const value of [["grant"], [{ name: "ADEME", siren: null }], true, "un", []])
    expect(readValue(constant(value), {}).value).toEqual(value);
});

it("a computed rule that throws leaves the field empty with an issue", () => {
  const rule = computed("breaks", { why: "shows what becomes of a fault of ours", reads: ["x"] }, () => {
    throw new TypeError("x is not there");
  });
  expect(readValue(rule, {})).toMatchObject({
    value: null,
    issues: [{ code: "computed-failed", params: { name: "breaks", message: "x is not there" } }],
  });
});

it("a computed rule that returns undefined leaves the field empty", () => {
  const rule = computed("nothing", { why: "shows what becomes of undefined here", reads: ["x"] }, () => undefined as unknown as null);
  expect(readValue(rule, {}).value).toBeNull();
});
