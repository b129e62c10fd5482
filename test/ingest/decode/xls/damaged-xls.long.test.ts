import fc from "fast-check";
import { expect, test } from "vitest";
import { FeedUnreadable } from "../../../../src/model/run/run-error.ts";
import { propertyRuns } from "../../../support/property-runs.ts";
import { readBytes } from "../excel/decode-workbook.ts";
import { rowOf } from "../excel/handwritten-workbook.ts";
import { xlsOf } from "./xls-of.ts";

/** Maximum memory that reading a damaged file adds to this process. */
const maxMegabytes = 600;
/** The thread ends after 20 seconds. Starting it and reading the result take longer on a busy machine. */
const maxMs = 40_000;

const original = xlsOf({
  rows: `${rowOf(1, ["thème", "aide", "lien", "fin", "taux"])}${Array.from({ length: 40 }, (_, index) =>
    rowOf(index + 2, [index % 3 === 0 ? `Thème ${index}` : null, `Aide à l’œuvre n° ${index}`, "voir"]).replace(
      "</row>",
      `<c s="1"><v>${45_000 + index}</v></c><c s="2"><f>1/${index + 1}</f><v>0.5</v></c></row>`,
    ),
  ).join("")}`,
  formats: ["dd/mm/yyyy", "0%"],
  links: ["https://aides.example/1"],
  behind:
    '<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="A5:A7"/></mergeCells><hyperlinks><hyperlink ref="C2:C9" r:id="rId1"/></hyperlinks>',
});

/** Bytes that a length, a position or a chain of sectors has at its limits. */
const byte = fc.oneof(fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xfe, 0xff), fc.integer({ min: 0, max: 255 }));
const changes = fc.array(fc.tuple(fc.nat(original.length - 1), byte), { minLength: 1, maxLength: 20 });
const damaged = fc.oneof(
  { weight: 4, arbitrary: changes.map((changed) => withBytes(changed)) },
  { weight: 1, arbitrary: fc.nat(original.length - 1).map((length) => original.subarray(0, Math.max(8, length))) },
);

function withBytes(changed: readonly (readonly [position: number, byte: number])[]): Buffer {
  const bytes = Buffer.from(original);
  // The signature stays: other files are not read by this decoder.
  for (const [position, value] of changed) if (position >= 8) bytes[position] = value;
  return bytes;
}

// MOISSON_TEST_RUNS=10 tries 600 files.
test("a damaged .xls file is read or refused, in bounded time and memory", { timeout: 3_600_000 }, async () => {
  const before = process.memoryUsage().rss;
  await fc.assert(
    fc.asyncProperty(damaged, async (bytes) => {
      const started = performance.now();
      try {
        await readBytes(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(FeedUnreadable);
      }
      expect(performance.now() - started).toBeLessThan(maxMs);
      expect((process.memoryUsage().rss - before) / 1024 ** 2).toBeLessThan(maxMegabytes);
    }),
    { numRuns: propertyRuns(60), endOnFailure: true },
  );
});
