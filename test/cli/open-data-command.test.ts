import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import { catalogueOn } from "../../src/catalogue/open-catalogue.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import { exportDispositifAide } from "../../src/publish/exports/export-dispositif-aide.ts";
import { applyHeld } from "../support/apply-held.ts";
import { ownCatalogue, postgresql, type TestCatalogue } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { joined } from "../support/example-aid.ts";
import { importLiveAids } from "../support/live-aids.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { startMoisson } from "../support/moisson.ts";
import { publicAids } from "../support/public-aids.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";
import { ownDatabase } from "../support/test-databases.ts";
import { testServices } from "../support/test-services.ts";
import { until } from "../support/until.ts";

const now = "2026-11-25T04:00:00Z";
const reader = "transition-ecologique-entreprises";

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-open-data-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function catalogueOf(): Promise<TestCatalogue> {
  const catalogue = await ownCatalogue();
  return catalogue;
}

describe("open-data", () => {
  it("creates the dump, and says what it contains and what it leaves out", async () => {
    const catalogue = await catalogueOf();
    await importLiveAids(catalogue, "region-exemple", [{ externalId: "1" }, { externalId: "2", importShareLicence: "agreement" }]);
    const said = await runCommandAt(now, catalogue, ".", ["open-data"]);
    expect(said.error).toBeUndefined();
    expect(said.stdout).toMatch(/^open data: 1 aids, 1 of them in the national schema; served under \/open-data\/ from now on/);
    expect(said.stdout).toMatch(/^source: region-exemple, 1 aid, .*, last updated 2025-10-06$/m);
    expect(said.stdout).toMatch(/^left out: 1 for their publisher's licence/m);
    const latest = await catalogue.openData.latest();
    expect(latest).toMatchObject({ startedAt: "2026-11-25T04:00:00.000Z", facts: { aids: 1, leftOut: { licence: 1 } } });
  });

  it("--out writes the files beside, whole, with the description, and touches nothing that is served", async () => {
    const catalogue = await catalogueOf();
    await importLiveAids(catalogue, "region-exemple", [{ externalId: "1" }]);
    const out = join(await temporaryFolder(), "new");
    const said = await runCommandAt(now, catalogue, ".", ["open-data", "--out", out, "--json"]);
    const told = JSON.parse(said.stdout) as { aids: number; files: { name: string; sha256: string }[] };
    expect(told.aids).toBe(1);
    expect((await readdir(out)).sort()).toEqual(told.files.map(({ name }) => name).sort());
    for (const { name, sha256 } of told.files) {
      expect(
        createHash("sha256")
          .update(await readFile(join(out, name)))
          .digest("hex"),
      ).toBe(sha256);
    }
    expect(JSON.parse(await readFile(join(out, "catalogue.jsonld"), "utf8"))).toMatchObject({ "@type": "dcat:Catalog" });
    expect(await catalogue.openData.latest()).toBeNull();
  });

  it.skipIf(!hasSharedData)(`aides.csv is read back by the connector of the national schema to the same values${whySkipped}`, async () => {
    const first = await catalogueOf();
    const connector = await loadedConnector(reader);
    const file = join(sharedData, "aids/tee_data_gouv_export_2025-10.csv");
    await applyHeld(first, await runIngestion(connector, testServices(first), { file }));
    await first.store.rows(sql`update aids set status = 'published'`);
    await first.store.rows(sql`update contents set content = content || '{"importShareLicence":"openlicence20"}'`);
    const out = await temporaryFolder();
    expect((await runCommandAt(now, first, ".", ["open-data", "--out", out])).error).toBeUndefined();
    const written = await readFile(join(out, "aides.csv"), "utf8");
    const second = await catalogueOf();
    const report = await runIngestion(connector, testServices(second), { file: join(out, "aides.csv") });
    await applyHeld(second, report);
    expect(report.counts).toMatchObject({ rejected: 0, skipped: 0 });
    expect(report.counts.valid).toBeGreaterThan(150);
    const again = exportDispositifAide(publicAids(second.aids.inSchemaOrder()), { anyLicence: true, publishedOnly: false });
    expect(await joined(again.pieces)).toBe(written);
  });

  it.skipIf(postgresql.skipped)("a process that is killed in the middle leaves the old dump served, whole", async () => {
    const url = await ownDatabase();
    const connection = await connectPostgresql({ url, schema: "moisson" });
    const catalogue = { ...(await catalogueOn(connection, "moisson", "if-empty")), store: connection.store };
    onTestFinished(() => catalogue.close());
    const many = Array.from({ length: 1500 }, (_, index) => ({
      externalId: `${index}`,
      description: `<p>${"Un toit à refaire. ".repeat(200)}</p>`,
    }));
    await importLiveAids(catalogue, "region-exemple", [{ externalId: "1" }]);
    await runCommandAt(now, catalogue, ".", ["open-data"]);
    const before = await catalogue.openData.latest();
    await importLiveAids(catalogue, "region-autre", many);
    const child = startMoisson(["open-data"], { DATABASE_URL: url, MOISSON_HOME: await temporaryFolder() });
    const ended = new Promise((resolve) => child.once("close", resolve));
    await until("a piece of the new dump is written", async () => {
      const [row] = await catalogue.store.rows(sql`
        select 1 from open_data_chunks chunk join open_data_dumps dump on dump.id = chunk.dump where dump.finished_at is null limit 1`);
      return row !== undefined;
    });
    child.kill("SIGKILL");
    await ended;
    expect(await catalogue.openData.latest()).toEqual(before);
    const files = await catalogue.openData.files(before?.dumpId ?? "");
    expect(files.map(({ name }) => name)).toContain("SHA256SUMS");
    expect((await runCommandAt(now, catalogue, ".", ["open-data"])).error).toBeUndefined();
    expect((await catalogue.openData.latest())?.facts.aids).toBe(1501);
  });
});
