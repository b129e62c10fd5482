import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { guardMessage } from "../../src/cli/english/guards.ts";
import { decidePublish } from "../../src/curation/decide-status.ts";
import type { Curator } from "../../src/curation/person-plan.ts";
import { applyActs, planActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import { runFixture } from "../../src/ingest/run-fixture.ts";
import type { AidField } from "../../src/model/aid/aid.ts";
import { goodOutcomes } from "../../src/model/run/run-error.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import type { Row } from "../real-files/feed-rows.ts";
import { testServices } from "../support/test-services.ts";
import { differenceOf, isSamePicture, pictureOf } from "./catalogue-picture.ts";
import { type DriftKind, type DriftRequest, drifted } from "./drift-kind.ts";
import type { LoadedFeed } from "./load-feed.ts";
import { daysAfter } from "./written-date.ts";

/**
 * What became of a drift:
 * - `held`: a guard held the run, or it failed;
 * - `proposed`: at least 90 % of the changed values wait for a person;
 * - `mended`: readers see the same values as before, and no aid is missing;
 * - `same`: like `mended`, but the connector reads the same values from the drifted records, without an issue. There was nothing to catch;
 * - `warned`: the run applied changes and warned about them;
 * - `silent`: the run applied changes without a warning.
 */
export const fates = ["held", "proposed", "mended", "same", "warned", "silent"] as const;
export type Fate = (typeof fates)[number];

/** The result of a drift. */
export interface DriftResult {
  readonly fate: Fate;
  /** Night on which the run was held, or the last one. */
  readonly night: number;
  /** Messages of guards and warnings that the clean feed does not cause. */
  readonly messages: readonly string[];
  readonly applied: number;
  readonly proposed: number;
  readonly created: number;
  /** Aids that the last run did not find. */
  readonly missing: number;
  readonly byField: Readonly<Partial<Record<AidField, number>>>;
  /** Codes of issues that the clean feed does not cause as often. They do not count as a warning. */
  readonly issues: readonly string[];
  /** Whether the undo of the applied runs brings back the state before, and a held run changes nothing. */
  readonly isUndoExact: boolean;
}

/** A feed whose clean file is in the catalogue. */
export interface CleanFeed {
  readonly loaded: LoadedFeed;
  /** Number of published aids. */
  readonly published: number;
}

const ops = "ops";

function nightOf({ feed: { day } }: LoadedFeed, night: number): Date {
  return new Date(`${daysAfter(day, night)}T03:00:00Z`);
}

/** Imports the clean file of a feed. A person applies it if it is held, and publishes all aids that can be published. */
export async function importClean(catalogue: Catalogue, loaded: LoadedFeed, publishes: boolean): Promise<CleanFeed> {
  const now = nightOf(loaded, 0);
  const report = await runAt(catalogue, loaded, now, loaded.file);
  if (report.outcome === "held") await catalogue.plans.apply(report.planId ?? "", { token: null, now, appliedBy: ops, note: "seen" });
  else if (!goodOutcomes.has(report.outcome)) throw new Error(`${loaded.id}: ${report.outcome} ${JSON.stringify(report.error)}`);
  return { loaded, published: publishes ? await publishAll(catalogue, loaded.id, { by: ops, now }) : 0 };
}

async function publishAll(catalogue: Catalogue, connector: string, curator: Curator): Promise<number> {
  const pages = catalogue.aids.curated({ connector, isWithdrawn: false });
  const { plan } = await planActs(catalogue, curator, { connector, asked: {} }, pages, (aid) => decidePublish(aid, curator));
  if (plan === null) return 0;
  await applyActs(catalogue, plan.planId, curator, true);
  return plan.changes;
}

async function runAt(catalogue: Catalogue, { connector }: LoadedFeed, now: Date, file: string): Promise<RunReport> {
  const clock = { now: () => now, fixed: now.toISOString(), elapsed: () => performance.now() };
  return runIngestion(connector, testServices(catalogue, { clock }), { file });
}

/** Runs these records as the feed of a night. */
export async function runNight(catalogue: Catalogue, loaded: LoadedFeed, night: number, rows: readonly Row[]): Promise<RunReport> {
  return withFile(loaded, rows, (file) => runAt(catalogue, loaded, nightOf(loaded, night), file));
}

async function withFile<T>(loaded: LoadedFeed, rows: readonly Row[], use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-drift-"));
  try {
    const file = join(folder, `feed${extname(loaded.file)}`);
    await writeFile(file, await loaded.write(rows));
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns true if the connector maps these records to the same aids as those of the clean feed. */
async function readsTheSame(loaded: LoadedFeed, rows: readonly Row[]): Promise<boolean> {
  const mapped = (of: readonly Row[]) =>
    withFile(loaded, of, async (file) => JSON.stringify((await runFixture(loaded.connector, file)).aids));
  return (await mapped(rows)) === (await mapped(loaded.feed.rows));
}

/**
 * Runs a drift night after night until a run is held, and then undoes it. `control`: the report of the clean feed in its place, whose
 * warnings and issues do not count. Returns null if the drift does not fit the feed.
 */
export async function runDrift(
  catalogue: Catalogue,
  loaded: LoadedFeed,
  kind: DriftKind,
  control: RunReport,
  request: Omit<DriftRequest, "night">,
): Promise<DriftResult | null> {
  const { nights = 1 } = kind;
  const before = await pictureOf(catalogue);
  const reports: RunReport[] = [];
  let rows: readonly Row[] = [];
  for (let night = 1; night <= nights && reports.every(isApplied); night++) {
    const found = drifted(kind, loaded.feed, { ...request, night });
    if (found === null) return null;
    rows = found;
    reports.push(await runNight(catalogue, loaded, night, rows));
  }
  const last = reports.at(-1) ?? control;
  const difference = differenceOf(before, await pictureOf(catalogue));
  const isUndoExact = await undoAll(catalogue, reports, nightOf(loaded, nights + 1)).then(async () =>
    isSamePicture(before, await pictureOf(catalogue)),
  );
  const known = new Set(control.warnings.map(({ code }) => code));
  const warnings = reports.flatMap((report) => report.warnings).filter(({ code }) => !known.has(code));
  const missing = last.counts.missing - control.counts.missing;
  const { applied, proposed, created, byField } = difference;
  const issues = newIssues(last, control);
  const fate = fateOf(last, { applied, proposed, missing }, warnings.length > 0);
  const isSame = fate === "mended" && issues.length === 0 && (await readsTheSame(loaded, rows));
  return {
    fate: isSame ? "same" : fate,
    night: reports.length,
    messages: [...new Set([...last.guards, ...warnings].map(guardMessage)), ...(last.error === null ? [] : [last.error.code])],
    applied,
    proposed,
    created,
    missing,
    byField,
    issues,
    isUndoExact,
  };
}

function isApplied({ outcome }: RunReport): boolean {
  return goodOutcomes.has(outcome);
}

function fateOf(last: RunReport, counts: Pick<DriftResult, "applied" | "proposed" | "missing">, isWarned: boolean): Fate {
  const { applied, proposed, missing } = counts;
  if (!isApplied(last)) return "held";
  if (applied + proposed === 0 && missing <= 0) return "mended";
  if (proposed > 0 && proposed >= 0.9 * (applied + proposed)) return "proposed";
  return isWarned ? "warned" : "silent";
}

function newIssues({ issues }: RunReport, control: RunReport): string[] {
  const countOf = (report: Pick<RunReport, "issues">, code: string) =>
    report.issues.filter((group) => group.code === code).reduce((sum, { count }) => sum + count, 0);
  return [...new Set(issues.map(({ code }) => code))].filter((code) => countOf({ issues }, code) > countOf(control, code));
}

/** Undoes applied runs, the last one first. */
async function undoAll(catalogue: Catalogue, reports: readonly RunReport[], now: Date): Promise<void> {
  const curator = { by: ops, now, note: "a drift" };
  for (const report of reports.toReversed()) {
    const plan = report.planId === null ? null : await catalogue.plans.find(report.planId);
    if (plan === null || !isApplied(report)) continue;
    const undo = await undoRun(catalogue, curator, plan);
    if (!("refused" in undo) && !undo.isDiscarded) await applyActs(catalogue, undo.planId, curator, false);
  }
}
