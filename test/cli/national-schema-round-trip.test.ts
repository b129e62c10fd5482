import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { projectRoot } from "../support/loaded-connectors.ts";
import { linesOf, moisson } from "../support/moisson.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";

const connector = "transition-ecologique-entreprises";

/** Reads a file into an empty home and writes what the catalogue then holds. */
async function readAndWrite(
  file: string,
): Promise<{ report: { outcome: string; counts: Record<string, number> }; written: string; leftOut: string[] }> {
  const home = await mkdtemp(join(tmpdir(), "moisson-round-trip-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const run = await moisson(["run", connector, "--file", file, "--json"], { MOISSON_HOME: home });
  const aids = await moisson(["aids", "--format", "dispositif-aide", "--any-licence"], { MOISSON_HOME: home });
  expect([run.code, aids.code]).toEqual([0, 0]);
  return { report: JSON.parse(run.stdout), written: aids.stdout, leftOut: linesOf(aids.stderr) };
}

/** Writes, reads, writes again: the second file must be the first. */
async function roundTrip(file: string) {
  const first = await readAndWrite(file);
  const folder = await mkdtemp(join(tmpdir(), "moisson-round-trip-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const copy = join(folder, "written.csv");
  await writeFile(copy, first.written);
  return { first, second: await readAndWrite(copy) };
}

describe("what is written in the national schema is read back as the same", { timeout: 120_000 }, () => {
  it("the fixtures of its connector", async () => {
    const folder = join(projectRoot, "fixtures", connector);
    const feeds = (await readdir(folder)).filter((name) => name.endsWith(".csv"));
    expect(feeds.length).toBeGreaterThan(0);
    for (const feed of feeds) {
      const { first, second } = await roundTrip(join(folder, feed));
      expect(linesOf(first.written).length).toBeGreaterThan(2);
      expect(second.report.counts).toMatchObject({ rejected: 0, skipped: 0 });
      expect(second.written).toBe(first.written);
      expect(second.leftOut).toEqual([]);
    }
  });

  it.skipIf(!hasSharedData)(`the real file, 190 aids${whySkipped}`, async () => {
    const { first, second } = await roundTrip(join(sharedData, "aids/tee_data_gouv_export_2025-10.csv"));
    expect(first.report.counts).toMatchObject({ received: 190, valid: 190 });
    expect(second.report.counts.valid).toBeGreaterThan(100);
    expect(second.report.counts.rejected).toBe(0);
    expect(second.written).toBe(first.written);
    expect(second.leftOut).toEqual([]);
  });
});
