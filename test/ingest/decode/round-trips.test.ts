import { Buffer } from "node:buffer";
import fc from "fast-check";
import Papa from "papaparse";
import { expect, it } from "vitest";
import { decodeBytes, valuesOf } from "../../support/decode-bytes.ts";
import { propertyRuns } from "../../support/property-runs.ts";

const chunk = fc.constantFrom(1, 2, 3, 7, 64, 65_536);
/** Texts with many delimiters, quotes and line breaks. */
const cell = fc
  .array(fc.constantFrom("a", "é", "€", "œ", " ", '"', '""', ",", ";", "\t", "|", "\n", "\r\n", "\r", "<b>"), { maxLength: 8 })
  .map((parts) => parts.join(""));
/** Titles are trimmed and free of other delimiters, which detection cannot handle. */
const title = fc
  .string({ unit: fc.constantFrom("a", "b", "é", "'", '"', "\n", "-"), minLength: 1, maxLength: 8 })
  .filter((text) => text.trim() === text);

const table = fc.uniqueArray(title, { minLength: 2, maxLength: 6 }).chain((titles) =>
  fc.record({
    titles: fc.constant(titles),
    rows: fc.array(fc.array(cell, { minLength: titles.length, maxLength: titles.length }), { maxLength: 6 }),
    delimiter: fc.constantFrom(",", ";", "\t", "|"),
    newline: fc.constantFrom("\n", "\r\n", "\r"),
    encoding: fc.constantFrom("utf-8", "utf-8 with a mark", "utf-16le", "utf-16be", "windows-1252"),
    chunk,
  }),
);

it("any table is read back unchanged, with any delimiter, line end, encoding and chunks", async () => {
  await fc.assert(
    fc.asyncProperty(table, async ({ titles, rows, delimiter, newline, encoding, chunk }) => {
      const text = Papa.unparse([titles, ...rows], { delimiter, newline, quotes: rows.length % 2 === 0 });
      const filled = rows.filter((row) => row.some((value) => value.trim() !== ""));
      const decoded = await decodeBytes(
        encoded(text, encoding),
        { format: "csv", delimiter, ...(encoding === "windows-1252" ? { encoding } : {}) },
        { chunk },
      );
      expect(valuesOf(decoded)).toEqual(filled.map((row) => Object.fromEntries(titles.map((name, index) => [name, row[index]]))));
    }),
    { numRuns: propertyRuns(400) },
  );
});

it("delimiter and encoding of any table of plain texts are detected", async () => {
  const word = fc.constantFrom("Aide", "été, hiver", "1 500,00 €", "œuvre; suite", "a|b", "x", "12", "Prêt\nà taux zéro");
  const plain = fc.record({
    rows: fc.array(fc.array(word, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
    delimiter: fc.constantFrom(",", ";", "\t", "|"),
    encoding: fc.constantFrom("utf-8", "utf-8 with a mark", "utf-16le", "utf-16be", "windows-1252"),
    chunk,
  });
  await fc.assert(
    fc.asyncProperty(plain, async ({ rows, delimiter, encoding, chunk }) => {
      const text = Papa.unparse([["id", "nom", "texte"], ...rows], { delimiter });
      const decoded = await decodeBytes(encoded(text, encoding), { format: "csv" }, { chunk });
      expect(valuesOf(decoded)).toEqual(rows.map(([id, nom, texte]) => ({ id, nom, texte })));
      expect(decoded.issues).toEqual([]);
    }),
    { numRuns: propertyRuns(300) },
  );
});

it("any bytes give records and issues, or a declared error", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), chunk, fc.constantFrom("csv", "json", "xml"), async (bytes, chunk, format) => {
      const decoded = await decodeBytes(bytes, format === "xml" ? { format, recordPath: "/a" } : { format }, { chunk });
      if (format !== "csv" && bytes.length > 0 && decoded.error === null)
        expect(decoded.records.length + decoded.broken.length).toBeGreaterThan(0);
    }),
    { numRuns: propertyRuns(500) },
  );
});

it("any list of JSON is read as JSON.parse reads it, with any chunks and layout", async () => {
  const list = fc.array(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 3 })));
  await fc.assert(
    fc.asyncProperty(list, chunk, fc.constantFrom(undefined, 1, "\t"), async (records, chunk, indent) => {
      const envelope = JSON.stringify({ before: { a: [1, "]"] }, results: records, after: "}" }, null, indent);
      const expected = JSON.parse(envelope).results;
      expect(valuesOf(await decodeBytes(JSON.stringify(records, null, indent), { format: "json" }, { chunk }))).toEqual(expected);
      expect(valuesOf(await decodeBytes(envelope, { format: "json", recordPath: ["nothing", "results"] }, { chunk }))).toEqual(expected);
      const lines = records.map((record) => `${JSON.stringify(record)}\n`).join("");
      expect(valuesOf(await decodeBytes(lines, { format: "json", lines: true }, { chunk }))).toEqual(expected);
    }),
    { numRuns: propertyRuns(300) },
  );
});

it("a truncated JSON document is never read as complete", async () => {
  const whole = '{"count": 2, "results": [{"id": "é1", "n": null}, {"id": 2}], "next": ""}';
  for (let length = 0; length < Buffer.byteLength(whole); length++) {
    const decoded = await decodeBytes(Buffer.from(whole).subarray(0, length), { format: "json", recordPath: "results" });
    expect(decoded.error?.code, `cut at ${length}`).toBe("malformed");
  }
});

it("a truncated XML document is never read as complete", async () => {
  const whole = '<?xml version="1.0"?><flux><aide id="1"><a>é &amp; <![CDATA[<b>]]></a></aide><!-- x --><aide/></flux>';
  for (let length = 0; length < Buffer.byteLength(whole); length++) {
    const decoded = await decodeBytes(Buffer.from(whole).subarray(0, length), { format: "xml", recordPath: "/flux/aide" }, { chunk: 5 });
    expect(decoded.error?.code, `cut at ${length}`).toBe("malformed");
  }
});

function encoded(text: string, encoding: string): Buffer {
  if (encoding === "utf-8") return Buffer.from(text);
  if (encoding === "utf-8 with a mark") return Buffer.from(`\uFEFF${text}`);
  if (encoding === "utf-16le") return Buffer.from(`\uFEFF${text}`, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(`\uFEFF${text}`, "utf16le").swap16();
  return Buffer.from(text.replaceAll("€", "\x80").replaceAll("œ", "\x9c"), "latin1");
}
