import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const program = join(import.meta.dirname, "../../support/decode-large-feeds.ts");

/** Decodes feeds of this size in a process whose heap is smaller than one of them. */
async function decodeLarge(megabytes: number): Promise<Record<string, number>> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--max-old-space-size=40",
    "--import",
    "tsx",
    program,
    String(megabytes),
  ]);
  return JSON.parse(stdout);
}

it("memory is constant: 60 MB of CSV, JSON and XML are read with a heap of 40 MB and little more memory than a tenth of their size", async () => {
  const [small, large] = [await decodeLarge(6), await decodeLarge(60)];
  for (const format of ["csv", "json", "xml"]) expect(large[format]).toBeGreaterThan(9 * (small[format] ?? Number.NaN));
  expect(large.peakMb).toBeLessThan(1.3 * (small.peakMb ?? 0));
});
