import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PieceCutter } from "../../../src/ingest/decode/csv/cut-pieces.ts";
import { rewriteStrayQuotes } from "../../../src/ingest/decode/csv/raw-row.ts";
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

/** Reads rows character by character, and rewrites `"a"b` as `"ab"`. */
function referenceRows(written: string): { texts: string[]; isUnterminated: boolean } {
  const texts: string[] = [];
  let row = "";
  let place: "start" | "plain" | "quoted" | "after" = "start";
  const endStray = () => {
    if (place === "after") row += '"';
    place = "start";
  };
  for (let at = 0; at < written.length; at++) {
    const character = written[at] ?? "";
    if (place === "quoted") {
      const isDoubled = character === '"' && written[at + 1] === '"';
      const next = written[at + 1] ?? "\n";
      if (isDoubled) at++;
      else if (character === '"') place = ";\r\n".includes(next) ? "plain" : "after";
      row += isDoubled ? '""' : place === "after" ? "" : character;
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && written[at + 1] === "\n") at++;
      endStray();
      texts.push(row);
      row = "";
    } else if (character === ";") {
      endStray();
      row += character;
    } else if (place === "start") {
      place = character === '"' ? "quoted" : "plain";
      row += character;
    } else row += place === "after" && character === '"' ? '""' : character;
  }
  const isUnterminated = place === "quoted";
  endStray();
  if (row !== "") texts.push(row);
  return { texts, isUnterminated };
}

const text = fc
  .array(fc.constantFrom('"', ";", "\n", "\r", "\r\n", "a", "é", " ", '""', ';"', '"\n'), { maxLength: 60 })
  .map((parts) => parts.join(""));

describe("a CSV cut into pieces", () => {
  it("has the same rows, whatever the size of chunks and pieces", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), (written, chunk, piece) => {
        const { texts, isUnterminated } = referenceRows(written);
        const cut = rowsByBytes(written, chunk, piece);
        expect(cut.rows.map((row) => (row.hasStray ? rewriteStrayQuotes(row.text, ";") : row.text))).toEqual(texts);
        expect(cut.rows.map((row) => row.number)).toEqual(texts.map((_, index) => index + 1));
        expect(cut.isUnterminated).toBe(isUnterminated);
      }),
      { numRuns: propertyRuns(8000) },
    );
  });
});
