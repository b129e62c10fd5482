import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runIngestion } from "../../src/ingest/run.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { applyHeld } from "../support/apply-held.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { loadedConnector } from "../support/loaded-connectors.ts";
import { testNow } from "../support/made-aids.ts";
import { realFeeds } from "../support/real-feeds.ts";
import { seeded } from "../support/seeded.ts";
import { hasSharedData, sharedData, whySkipped } from "../support/shared-data.ts";
import { testServices } from "../support/test-services.ts";
import { feedRows, type Row } from "./feed-rows.ts";
import { HealthyFeed } from "./healthy-evolution.ts";
import { workbookRows } from "./workbook-rows.ts";

const days = 30;
const seed = Number(process.env.MOISSON_SEED ?? 1);
const total = { runs: 0, holds: 0, warnings: {} as Record<string, number> };
afterAll(() => process.stdout.write(`healthy days with seed ${seed}: ${JSON.stringify(total)}\n`));

interface WritableRows {
  readonly rows: readonly Row[];
  write(rows: readonly Row[]): string | Promise<Buffer>;
}

function rowsOf(bytes: Buffer, file: string, { definition: { decode } }: LoadedConnector): WritableRows | Promise<WritableRows> {
  return decode.format === "excel" ? workbookRows(bytes, decode) : feedRows(bytes.toString("utf8"), file);
}

/** The export of TEE is rightly held when many records change, because its publisher read its dates with the month first. */
function isLyingFeed(id: string, { guards }: RunReport): boolean {
  return id === "transition-ecologique-entreprises" && guards.every(({ code }) => code === "dates-month-first");
}

describe.skipIf(!hasSharedData)(`thirty days of healthy changes hold no run${whySkipped}`, () => {
  let catalogue: TestCatalogue;
  let folder: string;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
    folder = await mkdtemp(join(tmpdir(), "moisson-healthy-"));
  });
  afterAll(async () => {
    await catalogue?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  // This form contains no aid.
  const { "modele-schema-appel-public": _, ...feeds } = realFeeds;

  it.each(Object.entries(feeds))("%s", async (id, file) => {
    const loaded = await loadedConnector(id);
    const connector: LoadedConnector = { ...loaded, definition: { ...loaded.definition, state: "active" } };
    const feed = await rowsOf(await readFile(join(sharedData, file)), file, connector);
    const evolution = new HealthyFeed(feed.rows, connector, seeded(seed));
    const path = join(folder, `${id}${extname(file)}`);
    const run = async (rows: readonly Row[], day: number) => {
      await writeFile(path, await feed.write(rows));
      const now = new Date(testNow.getTime() + day * 86_400_000);
      const clock = { now: () => now, fixed: null, elapsed: () => performance.now() };
      return runIngestion(connector, testServices(catalogue, { clock }), { file: path });
    };
    const first = await run(feed.rows, 0);
    await applyHeld(catalogue, first);
    expect(first.counts.valid).toBeGreaterThan(0);
    const held: string[] = [];
    for (let day = 1; day <= days; day++) {
      const report = await run(evolution.next(), day);
      total.runs++;
      for (const { code } of report.warnings) total.warnings[code] = (total.warnings[code] ?? 0) + 1;
      await applyHeld(catalogue, report);
      if (/^(?:applied|unchanged)/.test(report.outcome) || isLyingFeed(id, report)) continue;
      total.holds++;
      held.push(`day ${day}: ${report.outcome} ${JSON.stringify([report.error, report.counts, report.guards])}`);
    }
    expect(held).toEqual([]);
  });
});
