import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { applyActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { testApi } from "../support/api-client.ts";
import { ownCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { marie } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { flattened } from "../support/made-aids.ts";
import { countTables, type KeptDump, keptDumps, loadDump } from "./dump.ts";
import { releaseProblem } from "./release-problem.ts";
import { structureOf } from "./structure-of.ts";

/** Returns a catalogue that an earlier version made, upgraded by this version. `structure`: that of a new catalogue. */
async function upgraded(dump: KeptDump) {
  const catalogue = await ownCatalogue();
  const structure = await structureOf(catalogue.store);
  await catalogue.store.rows(sql`drop schema ${sql.identifier(catalogue.schema)} cascade`);
  await loadDump(catalogue.store, dump, catalogue.schema);
  await catalogue.again("always");
  return { catalogue, structure };
}

/** Imports a feed into a connector of the dump: one aid has changed, and one is new. Returns the id of its plan. */
async function runAndUndo(catalogue: TestCatalogue): Promise<void> {
  const harvest = await newHarvest(catalogue, { id: "region-pleine", guards: guardsOff });
  const before = await harvest.exported();
  const report = await harvest.day([
    { id: "p9", titre: "Un nouveau titre" },
    { id: "neuf", titre: "Une aide nouvelle" },
  ]);
  expect(report).toMatchObject({ outcome: "applied", counts: { created: 1, updated: 1 } });
  expect((await harvest.aid("p9")).name).toBe("Un nouveau titre");
  const plan = await catalogue.plans.find(report.planId ?? "");
  if (plan === null) throw new Error("the run made no plan");
  const undo = await undoRun(catalogue, marie, plan);
  if ("refused" in undo) throw new Error(undo.refused.code);
  await applyActs(catalogue, undo.planId, marie, false);
  expect(await harvest.exported()).toBe(before);
}

const dumps = await keptDumps();

describe.each(testedDatabases)("a catalogue of an earlier version, $title", ({ skipped }) => {
  it.skipIf(skipped).each(dumps)("$version: is upgraded without losing a row, and works", async (dump) => {
    const { catalogue, structure } = await upgraded(dump);
    expect(await countTables(catalogue.store)).toMatchObject(dump.counts);
    // An upgraded catalogue is made like a new one. It differs if a released migration was edited.
    expect(await structureOf(catalogue.store)).toEqual(structure);
    expect(await flattened(catalogue.aids.list())).toHaveLength(dump.counts.aids ?? 0);
    await runAndUndo(catalogue);
    const { json } = await (await testApi(catalogue)).get("/api/aids/");
    expect(Math.min(...json.results.map(({ id }: { id: number }) => id))).toBeGreaterThanOrEqual(1_000_000);
  });
});

describe("the dump of a version", () => {
  it("may be made again until the changelog names the day of the release", () => {
    const heading = (day: string) => `# Changelog\n\n## [0.2.0]${day}\n\n### Added\n`;
    expect(releaseProblem("0.2.0", heading(""), true)).toBeNull();
    expect(releaseProblem("0.3.0", heading(" - 2026-12-01"), true)).toBeNull();
    expect(releaseProblem("0.2.0", heading(" - 2026-12-01"), false)).toBeNull();
    expect(releaseProblem("0.2.0", heading(" - 2026-12-01"), true)).toContain("raise the version in package.json");
  });

  it("exists for each released version", async () => {
    const changelog = await readFile(new URL("../../CHANGELOG.md", import.meta.url), "utf8");
    const released = [...changelog.matchAll(/^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$/gm)].map(([, version]) => version);
    expect(released).toContain("0.2.0");
    expect(dumps.map((dump) => dump.version)).toEqual(expect.arrayContaining(released));
  });
});
