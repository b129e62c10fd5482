import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { applyPlanPart } from "../../src/curation/apply-plan-part.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { gatherDigest } from "../../src/jobs/digest/gather-digest.ts";
import { defaultRetention } from "../../src/model/run/retention.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { explainStatements, takeExplained } from "../bench/explained-statements.ts";
import { publishAll, record } from "../console/review/waiting-aids.ts";
import { newCatalogue, postgresql, type TestCatalogue } from "../support/catalogues.ts";
import { marie } from "../support/curate.ts";
import { guardsOff, type Harvest, newHarvest } from "../support/harvest.ts";
import { flattened, testNow } from "../support/made-aids.ts";

/** By statement, the rows that its plans have processed, and the step that executed it first. */
type Work = Map<string, { readonly step: string; readonly rows: number }>;

const text = "<p>Cette aide accompagne les communes rurales dans leurs travaux, de l’étude à la réception.</p>".repeat(8);

/** Nine in ten aids of the second day are changed, one in ten is missing, and as many are new. One in a hundred records is rejected. */
function records(connector: string, day: number, count: number) {
  return Array.from({ length: count }, (_, n) => {
    const id = day === 2 && n % 10 === 0 ? `nouveau-${n}` : `aide-${n}`;
    return record(id, {
      titre: n % 100 === 99 ? "" : `Aide ${id} ${connector}`,
      lien: `https://example.org/${connector}/${id}`,
      texte: `${text}<p>Jour ${day}</p>`,
      fin: `2027-0${day}-15`,
    });
  });
}

/** Does what a night, its readers and the morning after do with a feed. Returns their work. */
async function night(catalogue: TestCatalogue, harvest: Harvest, count: number): Promise<Work> {
  const work: Work = new Map();
  const { plans, planPages, absences } = catalogue;
  const step = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    takeExplained();
    const result = await act();
    for (const { text: statement, rows } of takeExplained()) {
      // COPY has no parameters.
      const key = statement.replace(/\s+/g, " ").replace(/(?<=^ ?copy .*)'[^']*'/g, "''");
      const known = work.get(key) ?? { step: name, rows: 0 };
      work.set(key, { ...known, rows: known.rows + rows });
    }
    return result;
  };
  const index = async () => {
    while ((await catalogue.search.catchUp()) > 0);
  };
  const read = async (planId: string) => {
    await flattened(plans.changes(planId));
    await planPages.changes(planId, {}, { limit: 50, offset: count / 2 }, 5000);
    await planPages.changes(planId, { words: "nouveau" }, { limit: 50, offset: 0 }, 5000);
    await planPages.countByField(planId);
    await planPages.movedAids(planId, {}, 10);
    await planPages.countMoved(planId, 5000);
    await plans.countByKind(planId);
    await plans.countLeft(planId);
    await plans.moved(planId, 5);
    await plans.aidsNamed(planId, "aide-1");
    await plans.remarks(planId);
    await absences.list(planId, { limit: 50, offset: 50 });
    await absences.newlyMissing(planId, 5);
  };
  const undo = async (planId: string) => {
    const plan = await plans.find(planId);
    if (plan === null) throw new Error(planId);
    const undone = await step("plan the undo", () => undoRun(catalogue, marie, plan));
    if ("refused" in undone) throw new Error(undone.refused.code);
    await step("read the undo", () => read(undone.planId));
    await step("apply the undo", () => applyPlanPart(catalogue, undone.planId, marie, {}));
    await step("index the undo", index);
  };
  await step("first import", () => harvest.day(records(harvest.connector, 1, count)));
  await step("index the first import", index);
  await step("publish", () => publishAll(catalogue, harvest));
  const held = await step("dry run", () => harvest.day(records(harvest.connector, 2, count), { dryRun: true }));
  await step("read the plan", () => read(held.planId ?? ""));
  await step("apply a field", () => applyPlanPart(catalogue, held.planId ?? "", marie, { part: { fields: ["submissionDeadline"] } }));
  await step("apply the rest", () => applyPlanPart(catalogue, held.planId ?? "", marie, { skipMoved: true }));
  await step("index the plan", index);
  await undo(held.planId ?? "");
  const second = await step("second day", () => harvest.day(records(harvest.connector, 2, count)));
  expect(second.outcome).toBe("applied-with-rejects");
  await step("digest", async () => {
    const registry = await readConnectors([harvest.folder]);
    const since = new Date(testNow.getTime() - 86_400_000);
    await gatherDigest(catalogue, { ...registry, environment: {} }, { since, until: testNow }, testNow);
  });
  await undo(second.planId ?? "");
  const discarded = await step("another dry run", () => harvest.day(records(harvest.connector, 2, count), { dryRun: true }));
  await step("discard", () => plans.close(discarded.planId ?? "", "discarded", marie));
  const years = new Date(testNow.getTime() + 20 * 365 * 86_400_000);
  await step("survey", () => catalogue.retention.survey(defaultRetention, years));
  await step("prune", async () => {
    for await (const _ of catalogue.retention.prune(defaultRetention, years));
  });
  return work;
}

/** The larger night has four times the records: linear statements process four times the rows, quadratic ones sixteen times. */
const [few, many] = [500, 2000];
const most = 12;

/** `stale`: PostgreSQL knows the rows of a small night only, of another connector. */
async function worked(state: "missing" | "stale", count: number): Promise<Work> {
  const created = await newCatalogue(postgresql);
  try {
    const { store } = created;
    await store.rows(sql`do $$ declare one regclass; begin
      for one in select oid from pg_class where relkind = 'r' and relnamespace = 'moisson'::regnamespace loop
        execute format('alter table %s set (autovacuum_enabled = off)', one);
      end loop; end $$`);
    await explainStatements(store);
    const catalogue = { ...created, ...(await created.again()) };
    const options = { guards: guardsOff, absence: { runs: 1, days: 0 } };
    if (state === "stale") {
      await night(catalogue, await newHarvest(catalogue, options), 300);
      await store.rows(sql`analyze`);
    }
    return await night(catalogue, await newHarvest(catalogue, options), count);
  } finally {
    await created.drop();
  }
}

describe.skipIf(postgresql.skipped)(`statements with misleading statistics, ${postgresql.title}`, () => {
  const states = ["missing", "stale"] as const;
  it.each(states)("process no more rows than grow with the night, if they are %s", { timeout: 900_000 }, async (state) => {
    const [small, large] = [await worked(state, few), await worked(state, many)];
    expect(large.size).toBeGreaterThan(100);
    const grown = [...large].flatMap(([statement, { step, rows }]) => {
      const before = small.get(statement)?.rows ?? 0;
      return rows > most * before + 10 * many ? [`${step}: ${before} -> ${rows} rows: ${statement.slice(0, 500)}`] : [];
    });
    expect(grown).toEqual([]);
  });
});
