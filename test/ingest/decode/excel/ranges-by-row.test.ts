import fc from "fast-check";
import { expect, test } from "vitest";
import { RangesByRow } from "../../../../src/ingest/decode/excel/cell-ranges.ts";

test("finds the same ranges as a linear search (property)", () => {
  const anyRow = fc.integer({ min: 1, max: 30 });
  const range = fc
    .tuple(anyRow, anyRow)
    .map(([one, other]) => ({ top: Math.min(one, other), bottom: Math.max(one, other), left: 1, right: 1 }));
  fc.assert(
    fc.property(fc.array(range), fc.array(anyRow), (ranges, rows) => {
      const byRow = new RangesByRow(ranges);
      for (const row of rows.toSorted((one, other) => one - other)) {
        const expected = ranges.filter(({ top, bottom }) => top <= row && row <= bottom);
        expect(new Set(byRow.covering(row))).toEqual(new Set(expected));
      }
    }),
  );
});

test("returns nothing for a row out of order", () => {
  const byRow = new RangesByRow([{ top: 1, bottom: 9, left: 1, right: 1 }]);
  expect(byRow.covering(5)).toHaveLength(1);
  expect(byRow.covering(4)).toEqual([]);
});
