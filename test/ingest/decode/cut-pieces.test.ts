import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PieceCutter } from "../../../src/ingest/decode/csv/cut-pieces.ts";
import { RowCutter } from "../../../src/ingest/decode/csv/row-cutter.ts";
import { propertyRuns } from "../../support/property-runs.ts";

interface Row {
  readonly number: number;
  readonly text: string;
  readonly hasStray: boolean;
}

/** Cuts a text into rows by bytes, in chunks and pieces of these sizes. */
function rowsByBytes(text: string, chunk: number, piece: number): { rows: Row[]; isUnterminated: boolean } {
  const cutter = new PieceCutter(";", piece);
  const bytes = Buffer.from(text);
  const rows: Row[] = [];
  let isUnterminated = false;
  const add = (cut: ReturnType<PieceCutter["take"]>) => {
    const count = cut.extents.length / 2;
    for (let index = 0; index < count; index++) {
      const row = Buffer.from(cut.bytes.subarray(cut.extents[2 * index], cut.extents[2 * index + 1])).toString();
      rows.push({ number: cut.first + index, text: row, hasStray: cut.strays.includes(index) });
    }
    isUnterminated = cut.isUnterminated;
  };
  for (let from = 0; from < bytes.length; from += chunk) for (const cut of cutter.push(bytes.subarray(from, from + chunk))) add(cut);
  add(cutter.end());
  return { rows, isUnterminated };
}

const text = fc
  .array(fc.constantFrom('"', ";", "\n", "\r", "\r\n", "a", "é", " ", '""', ';"', '"\n'), { maxLength: 60 })
  .map((parts) => parts.join(""));

describe("a CSV cut into pieces", () => {
  it("has the rows that RowCutter finds in its text, whatever the size of chunks and pieces", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), (written, chunk, piece) => {
        const cutter = new RowCutter(";");
        const expected = [...cutter.push(written), ...cutter.end()];
        const { rows, isUnterminated } = rowsByBytes(written, chunk, piece);
        const rewritten = rows.map((row) => {
          if (!row.hasStray) return row.text;
          const single = new RowCutter(";");
          return [...single.push(row.text), ...single.end()][0]?.text;
        });
        expect(rewritten).toEqual(expected.map((row) => row.text));
        expect(rows.map((row) => row.number)).toEqual(expected.map((row) => row.number));
        expect(isUnterminated).toBe(expected.at(-1)?.unterminated ?? false);
      }),
      { numRuns: propertyRuns(2000) },
    );
  });
});
