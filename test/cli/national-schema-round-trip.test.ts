import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { runIngestion } from "../../src/ingest/run.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { exportDispositifAide } from "../../src/publish/exports/export-dispositif-aide.ts";
import { fixturesOf } from "../../src/survey/write/check-fixtures.ts";
import { applyHeld } from "../support/apply-held.ts";
import { newCatalogue, testDatabase } from "../support/catalogues.ts";
import { joined } from "../support/example-aid.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { commandPlace, linesOf, moisson } from "../support/moisson.ts";
import { publicAids } from "../support/public-aids.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";
import { testServices } from "../support/test-services.ts";

const connector = "transition-ecologique-entreprises";

/** Imports a file into an empty home and exports the catalogue. */
async function readAndWrite(file: string) {
  const { environment, drop } = await commandPlace(await temporaryFolder());
  onTestFinished(drop);
  const run = await moisson(["run", connector, "--file", file, "--json"], environment);
  const aids = await moisson(["aids", "--format", "dispositif-aide", "--any-licence"], environment);
  expect([run.code, aids.code]).toEqual([0, 0]);
  return {
    report: JSON.parse(run.stdout) as RunReport,
    written: aids.stdout,
    leftOut: linesOf(aids.stderr).filter((line) => line.startsWith("left out: ")),
  };
}

/** The same in this process, which is faster for many aids. */
async function readAndWriteHere(file: string) {
  const catalogue = await newCatalogue(testDatabase);
  const report = await runIngestion(await loadedConnector(connector), testServices(catalogue), { file });
  await applyHeld(catalogue, report);
  const written = await joined(
    exportDispositifAide(publicAids(catalogue.aids.inSchemaOrder()), { anyLicence: true, publishedOnly: false }).pieces,
  );
  await catalogue.drop();
  return { report, written };
}

async function fixtures(): Promise<string[]> {
  const { fixtures } = await fixturesOf(await loadedConnector(connector));
  return fixtures.map(({ feed }) => feed);
}

async function fileOf(written: string): Promise<string> {
  const file = join(await temporaryFolder(), "written.csv");
  await writeFile(file, written);
  return file;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-round-trip-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe("an export in the national schema is read back unchanged", () => {
  it("by the command line", async () => {
    const [fixture = "none"] = await fixtures();
    const first = await readAndWrite(fixture);
    const second = await readAndWrite(await fileOf(first.written));
    expect(linesOf(first.written).length).toBeGreaterThan(2);
    expect(second.report.counts).toMatchObject({ rejected: 0, skipped: 0 });
    expect(second.written).toBe(first.written);
    expect(second.leftOut).toEqual([]);
  });

  it("every fixture of its connector", async () => {
    for (const fixture of await fixtures()) {
      const { written } = await readAndWriteHere(fixture);
      expect((await readAndWriteHere(await fileOf(written))).written).toBe(written);
    }
  });

  it.skipIf(!hasSharedData)(`the real file, 190 aids${whySkipped}`, async () => {
    const first = await readAndWriteHere(join(sharedData, "aids/tee_data_gouv_export_2025-10.csv"));
    const second = await readAndWriteHere(await fileOf(first.written));
    expect(first.report.counts).toMatchObject({ received: 190, valid: 190 });
    expect(second.report.counts.valid).toBeGreaterThan(100);
    expect(second.report.counts.rejected).toBe(0);
    expect(second.written).toBe(first.written);
  });
});
