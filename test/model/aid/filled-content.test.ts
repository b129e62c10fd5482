import fc from "fast-check";
import { expect, it } from "vitest";
import { filledBits } from "../../../src/ingest/validate/validate-draft.ts";
import { type AidContent, aidFields } from "../../../src/model/aid/aid.ts";
import { filledContentJson, wholeContent } from "../../../src/model/aid/filled-content.ts";
import { propertyRuns } from "../../support/property-runs.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom('"', "\\", "\n", "\u0000", "\u001f", "\u007f", "\u2028", "\ud800", "\udc00x", "😀", "’"),
);
const value = fc.oneof(
  text,
  fc.constantFrom<unknown>(null, [], true, false, 0, 12.5),
  fc.array(text),
  fc.array(fc.record({ name: text, siren: fc.constant(null) })),
);
const content = fc.dictionary(fc.constantFrom(...aidFields), value).map((filled) => wholeContent(filled as Partial<AidContent>));

function isFilled(found: unknown): boolean {
  return found !== null && !(Array.isArray(found) && found.length === 0);
}

it("the JSON of filled fields is that of JSON.stringify", () => {
  fc.assert(
    fc.property(content, (made) => {
      expect(filledContentJson(made)).toBe(JSON.stringify(Object.fromEntries(Object.entries(made).filter(([, found]) => isFilled(found)))));
    }),
    { numRuns: propertyRuns(1_000) },
  );
  expect(filledContentJson(wholeContent({}))).toBe("{}");
});

it("the bits of filled fields are a hexadecimal number, with the first field as lowest bit", () => {
  fc.assert(
    fc.property(content, (made) => {
      const bits = Object.values(made).reduce((sum: bigint, found, place) => (isFilled(found) ? sum | (1n << BigInt(place)) : sum), 0n);
      expect(filledBits(made)).toBe(bits.toString(16));
    }),
    { numRuns: propertyRuns(1_000) },
  );
  expect(filledBits(wholeContent({}))).toBe("0");
});
