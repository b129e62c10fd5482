import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Catalogue, type CatalogueOptions, openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";
import { newCatalogue, postgresql, testDatabase } from "../support/catalogues.ts";
import { startScript } from "../support/child-process.ts";
import { smallDefinition } from "../support/harvest.ts";
import { exported } from "../support/made-aids.ts";
import type { Ask } from "../support/run-feed.ts";
import { testServices } from "../support/test-services.ts";

const connector = "region-exemple";
const records = 3000;

/** When a run is killed: this many milliseconds after it reports a stage. */
interface Point {
  readonly stage: "read" | "apply";
  readonly done: number;
  readonly afterMs: number;
}
const early: Point = { stage: "read", done: 500, afterMs: 0 };
const late: Point = { stage: "read", done: 2500, afterMs: 0 };
const atOnce: Point = { stage: "apply", done: 0, afterMs: 0 };
const midway: Point = { stage: "apply", done: 0, afterMs: 30 };

describe("kill -9 in the middle of a run, then a rerun", { timeout: 120_000 }, () => {
  let folder: string;
  let undisturbed: { readonly yesterday: string; readonly today: string };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "moisson-killed-"));
    await mkdir(join(folder, "connectors"));
    await writeFile(join(folder, "connectors", `${connector}.json`), JSON.stringify(smallDefinition(connector, { guards: { gone: 0.2 } })));
    for (const day of ["yesterday", "today"] as const) await writeFile(feedOf(day), JSON.stringify(recordsOf(day)));
    const catalogue = await newCatalogue(testDatabase);
    expect((await run(catalogue, "yesterday")).counts).toMatchObject({ created: records });
    const yesterday = await exported(catalogue);
    expect((await run(catalogue, "today")).counts).toMatchObject({ created: 300, updated: 2700, missing: 300 });
    undisturbed = { yesterday, today: await exported(catalogue) };
    await catalogue.drop();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("embedded: the catalogue equals that of an undisturbed run", async () => {
    await killAndRerun({ home: join(folder, "home") }, [late, atOnce, midway]);
  });

  it.skipIf(postgresql.skipped)(`${postgresql.title}: likewise`, async () => {
    const { databaseUrl, drop } = await newCatalogue(postgresql);
    onTestFinished(drop);
    await killAndRerun({ home: "", databaseUrl: databaseUrl ?? undefined }, [early, late, atOnce, midway]);
  });

  async function killAndRerun(place: CatalogueOptions, points: readonly Point[]): Promise<void> {
    let catalogue = await openCatalogue(place);
    await run(catalogue, "yesterday");
    for (const point of points) {
      await catalogue.close();
      await runUntil(point, place);
      catalogue = await openCatalogue(place);
      const found = await exported(catalogue);
      // The plan is applied completely or not at all.
      const possible = point.stage === "apply" ? Object.values(undisturbed) : [undisturbed.yesterday];
      expect(possible.includes(found), `killed at ${JSON.stringify(point)}`).toBe(true);
    }
    const rerun = await run(catalogue, "today");
    expect(["applied", "unchanged"]).toContain(rerun.outcome);
    expect((await exported(catalogue)) === undisturbed.today, "as if nothing had happened").toBe(true);
    expect(await run(catalogue, "today")).toMatchObject({ outcome: "unchanged", counts: { unchanged: records } });

    const killed = (await catalogue.runs.list()).slice(2, -1);
    expect(killed).toHaveLength(points.length);
    // A written plan has a written report.
    for (const { state, outcome, report } of killed) expect([state, outcome]).toEqual(["ended", report === null ? "abandoned" : "applied"]);
    expect(killed.filter(({ outcome }) => outcome === "abandoned").length).toBeGreaterThanOrEqual(points.length - 1);
    await catalogue.close();
  }

  async function run(catalogue: Catalogue, day: "yesterday" | "today"): Promise<RunReport> {
    const [loaded] = await loadConnectors([folder]);
    if (loaded === undefined) throw new Error("no connector");
    return runIngestion(loaded, testServices(catalogue), { file: feedOf(day) });
  }

  /** Starts today's run in its own process and kills it. */
  async function runUntil({ stage, done, afterMs }: Point, place: CatalogueOptions): Promise<void> {
    const ask: Ask = { folder, connector, file: feedOf("today"), catalogue: place };
    const script = startScript("run-feed.ts", [JSON.stringify(ask)], { TMPDIR: folder }); // where what it leaves behind goes with the test
    onTestFinished(() => script.kill());
    for (let line = await script.nextLine(); ; line = await script.nextLine()) {
      const [reached, number] = (line ?? "ended").split(" ");
      expect(reached, "it is killed before its end").not.toBe("ended");
      if (reached === stage && Number(number) >= done) break;
    }
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await script.kill();
    expect(script.child.signalCode).toBe("SIGKILL");
  }

  function feedOf(day: "yesterday" | "today"): string {
    return join(folder, `${day}.json`);
  }
});

/** Overnight every aid gets a new title, a tenth is removed and as many are added. */
function recordsOf(day: "yesterday" | "today"): unknown[] {
  const first = day === "yesterday" ? 0 : records / 10;
  return Array.from({ length: records }, (_, index) => ({
    id: `aide-${first + index}`,
    titre: `Aide ${first + index}, ${day}`,
    texte: `<p>${"Une aide aux communes. ".repeat(20)}</p>`,
    fin: index % 5 === 0 ? "2026-02-30" : "2026-06-30",
  }));
}
