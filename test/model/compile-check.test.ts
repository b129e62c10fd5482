import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AidContent, type AidField, aidFields } from "../../src/model/aid/aid.ts";
import { compileCheck } from "../../src/model/compile-check.ts";
import { madeContent } from "../support/made-aids.ts";
import { propertyRuns } from "../support/property-runs.ts";

const isContent = compileCheck(AidContent);

const region = { scale: "region", code: "11", name: "Île-de-France" };
const organisation = { name: "Ville", siren: "123456789" };
const valid: Partial<Record<AidField, readonly unknown[]>> = {
  name: ["🎭".repeat(255)],
  description: ["<p>x</p>"],
  contactPhone: ["x".repeat(35)],
  originUrl: ["https://a.fr"],
  isCharged: [true, false],
  europeanAid: ["sectorial"],
  startDate: ["2024-02-29"],
  submissionDeadlineTime: ["23:59"],
  recurrence: ["oneoff"],
  aidTypes: [["grant"], ["grant", "loan"]],
  keywords: [["eau", "été"]],
  financers: [[organisation, { name: "Région", siren: null }]],
  perimeters: [[region]],
  subventionRateLowerBound: [0, -0, 100, 33.3],
  loanAmount: [0, 1e21],
  language: ["fr"],
};
const odd = [
  ...["", "x", "x".repeat(256), "é".repeat(901), "2024-13-01", "2024-02-29\n", "24:00", "\ud800", "grnt", 0, -1, 100.5, Number.NaN],
  ...[
    Number.POSITIVE_INFINITY,
    true,
    null,
    undefined,
    [],
    [""],
    ["x"],
    [null],
    [undefined],
    Array(1),
    ["grnt"],
    [1],
    {},
    [{}],
    new Date(0),
  ],
  ...[[{ ...organisation, siren: "12" }], [{ ...organisation, siret: "1" }], [{ name: "Ville" }], [{ siren: null, name: "Ville" }]],
  ...[
    [{ ...region, code: "" }],
    [{ ...region, code: "x".repeat(17) }],
    [{ ...region, scale: "world" }],
    [{ name: "x", scale: "region", code: "1" }],
  ],
];
const everyValue = [...odd, ...Object.values(valid).flat()];

/** Returns true if the schema accepts the value and returns it unchanged, with its keys in the same order. */
function isAccepted(schema: z.ZodType, value: unknown): boolean {
  const parsed = schema.safeParse(value);
  return parsed.success && JSON.stringify(parsed.data) === JSON.stringify(value);
}

describe("the compiled check of an aid's content", () => {
  it.each(aidFields)("accepts exactly what the schema accepts and leaves unchanged: %s", (field) => {
    const check = compileCheck(AidContent.shape[field]);
    for (const value of everyValue) expect([value, check(value)]).toEqual([value, isAccepted(AidContent.shape[field], value)]);
  });

  it("accepts whole contents exactly if the schema does", () => {
    const changes = fc.array(fc.tuple(fc.constantFrom(...aidFields), fc.constantFrom<unknown>(...everyValue)), { maxLength: 3 });
    fc.assert(
      fc.property(changes, (changed) => {
        const content = { ...madeContent(), ...Object.fromEntries(changed) };
        expect(isContent(content)).toBe(isAccepted(AidContent, content));
      }),
      { numRuns: propertyRuns(2_000) },
    );
  });

  it("accepts valid values in every kind of field", () => {
    for (const [field, values] of Object.entries(valid)) {
      for (const value of values) expect([field, isContent({ ...madeContent(), [field]: value })]).toEqual([field, true]);
    }
  });

  it("refuses missing, unknown and reordered fields", () => {
    const content = madeContent();
    const { outOfScope, ...missing } = content;
    expect(isContent(content)).toBe(true);
    expect(isContent(missing)).toBe(false);
    expect(isContent({ ...content, colour: "blue" })).toBe(false);
    expect(isContent({ ...missing, colour: null })).toBe(false);
    expect(isContent({ outOfScope, ...missing })).toBe(false);
    expect(isContent(null)).toBe(false);
  });
});

it("a schema that changes values, or that the check does not know, is refused", () => {
  for (const schema of [
    z.string().trim(),
    z.string().transform(Number),
    z.string().default("x"),
    z.email(),
    z.int(),
    z.object({}),
    z.any(),
  ]) {
    expect(compileCheck(schema)("x")).toBe(false);
    expect(compileCheck(schema)(1)).toBe(false);
    expect(compileCheck(schema)({})).toBe(false);
  }
  expect(compileCheck(z.number().gt(1))(2)).toBe(false);
});
