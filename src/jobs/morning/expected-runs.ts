import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Period, RunSpan } from "../../catalogue/runs/digest-facts.ts";
import { everything } from "../../catalogue/runs/schedule-repository.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { ExpectedRuns, LateRun, MissingRun } from "../../model/run/digest.ts";
import { databasePlace } from "../../model/run/machine-fault.ts";
import { connectorNames } from "../../registry/connector-names.ts";
import { timesBetween } from "../schedule/due.ts";
import { missingAddress } from "../schedule/missing-variables.ts";
import { patternOf } from "../schedule/pattern.ts";

/** A due time younger than this may still wait for its run. */
const graceMs = 30 * 60_000;

/** Repositories that `compareRuns` reads. */
export interface ComparedCatalogue {
  readonly schedule: Pick<Catalogue["schedule"], "pauses" | "expectedSince">;
  readonly digests: Pick<Catalogue["digests"], "runSpans">;
  readonly machineFaults: Pick<Catalogue["machineFaults"], "since">;
}

/** Due times of a period compared with the runs. `late`: last due times whose run has not ended, and those without a run. */
export interface ComparedRuns extends ExpectedRuns {
  readonly late: readonly LateRun[];
}

/**
 * Compares the due times of a period, computed from the schedules, with the runs that exist. It trusts no note of a worker that a run was
 * started. While the database has a fault, no run counts as missing or late. Leaves out connectors that are inactive, paused or without an address, and due times of such a time.
 */
export async function compareRuns(
  { schedule, digests, machineFaults }: ComparedCatalogue,
  connectors: readonly LoadedConnector[],
  environment: Readonly<Record<string, string | undefined>>,
  { since, until }: Period,
): Promise<ComparedRuns> {
  const pauses = new Set((await schedule.pauses()).map(({ connector }) => connector));
  const expectedSince = await schedule.expectedSince();
  const spans = new Map<string, RunSpan[]>();
  for (const span of await digests.runSpans(since)) {
    const others = spans.get(span.connector);
    if (others === undefined) spans.set(span.connector, [span]);
    else others.push(span);
  }
  const names = connectorNames(connectors);
  const end = new Date(until.getTime() - graceMs);
  const timesOf = new Map<string, readonly Date[]>();
  const missing: MissingRun[] = [];
  const late: LateRun[] = [];
  let expected = 0;
  for (const { definition } of connectors) {
    const { id } = definition;
    const pattern = patternOf(definition);
    // Without a note, no worker has seen the connector, which is a reason for an alarm.
    const from = expectedSince.get(id) ?? null;
    if (pattern === null || pauses.has(id) || pauses.has(everything)) continue;
    if (missingAddress(definition, environment) !== null) continue;
    const known = timesOf.get(pattern) ?? timesBetween(pattern, since, end);
    timesOf.set(pattern, known);
    const due = known.filter((time) => from === null || time > from);
    const runs = spans.get(id) ?? [];
    expected += due.length;
    for (const [index, time] of due.entries()) {
      const of = { connector: id, publisher: names.get(id) ?? id, dueAt: time.toISOString() };
      const served = runs.filter((run) => isServedBy(time, due[index + 1], run));
      if (served.length === 0) missing.push(of);
      if (index === due.length - 1) late.push(...lateRun(of, served));
    }
  }
  const isWaiting = (await machineFaults.since(since)).some(({ place, endedAt }) => place === databasePlace && endedAt === null);
  return isWaiting ? { expected, missing: [], late: [] } : { expected, missing, late };
}

/** Returns true if a run existed between a due time and the next one. A run that was queued before also serves it. */
function isServedBy(due: Date, next: Date | undefined, { askedAt, endedAt }: RunSpan): boolean {
  return (next === undefined || askedAt < next.getTime()) && (endedAt === null || endedAt >= due.getTime());
}

/** Returns the run of the last due time if it is late. `runs`: the runs that serve it. */
function lateRun(of: MissingRun, runs: readonly RunSpan[]): LateRun[] {
  if (runs.length === 0) return [{ ...of, state: "not-begun", startedAt: null }];
  if (runs.some(({ state, outcome }) => state === "ended" && outcome !== "abandoned")) return [];
  const running = runs.find(({ state }) => state === "running");
  if (running !== undefined) return [{ ...of, state: "running", startedAt: new Date(running.startedAt).toISOString() }];
  return runs.some(({ state }) => state === "queued") ? [{ ...of, state: "queued", startedAt: null }] : [];
}
