import fc from "fast-check";
import { expect, it } from "vitest";
import { SeenIds } from "../../../src/ingest/map/seen-ids.ts";
import { propertyRuns } from "../../support/property-runs.ts";

it("contains exactly the added ids, after several growths", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 3000 }), fc.array(fc.string(), { maxLength: 50 }), (added, others) => {
      const seen = new SeenIds();
      const known = new Set<string>();
      for (const id of added) {
        expect(seen.add(id)).toBe(!known.has(id));
        known.add(id);
      }
      for (const id of [...added, ...others]) expect(seen.has(id)).toBe(known.has(id));
    }),
    { numRuns: propertyRuns(30) },
  );
});

it("stores a hundred thousand ids in a few megabytes", () => {
  const seen = new SeenIds();
  for (let i = 0; i < 100_000; i++) expect(seen.add(`AIDE-${i}`)).toBe(true);
  expect(seen.has("AIDE-99999")).toBe(true);
  expect(seen.has("AIDE-100000")).toBe(false);
});
