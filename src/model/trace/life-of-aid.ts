import type { Issue } from "../issue.ts";
import { receptionIn } from "./reception.ts";
import type { Reception, TracedPlan, TracedRevision, TracedRun, TraceFacts } from "./trace.ts";

/** An event in the life of an aid. `at` is the ISO instant of its start. */
export type LifeEvent =
  /** Consecutive runs without another event. */
  | {
      readonly what: "runs";
      readonly at: string;
      readonly until: string;
      readonly reception: Reception;
      readonly runs: number;
      readonly lastRunId: string;
      readonly outcomes: readonly string[];
    }
  /** Consecutive runs that rejected the record for the same reasons. `locator` is from the last run. */
  | {
      readonly what: "rejected";
      readonly at: string;
      readonly until: string;
      readonly runs: number;
      readonly lastRunId: string;
      readonly locator: string;
      readonly reasons: readonly Issue[];
    }
  /** An applied plan or a person changed the aid. */
  | { readonly what: "changed"; readonly at: string; readonly revision: TracedRevision }
  /** A plan would change the aid. It was not applied, or not yet. */
  | { readonly what: "planned"; readonly at: string; readonly plan: TracedPlan }
  /** A plan has a remark about the aid. */
  | { readonly what: "remark"; readonly at: string; readonly remark: TraceFacts["remarks"][number] };

/** Returns the events in the life of an aid, oldest first. Groups runs without another event. */
export function lifeOfAid(facts: TraceFacts): LifeEvent[] {
  const runsWithChange = new Set([...facts.revisions, ...facts.planned].filter(({ origin }) => origin === "run").map(({ runId }) => runId));
  const born = bornAt(facts);
  const events: LifeEvent[] = [
    ...facts.revisions.map((revision) => ({ what: "changed" as const, at: revision.at, revision })),
    ...facts.planned.map((plan) => ({ what: "planned" as const, at: plan.createdAt, plan })),
    ...facts.remarks.map((remark) => ({ what: "remark" as const, at: remark.at, remark })),
    ...facts.runs.filter(({ runId, startedAt }) => !runsWithChange.has(runId) && startedAt >= born).map((run) => runEvent(run, facts)),
  ];
  return merged(events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)));
}

/** Returns the time when the aid first occurred. Earlier runs are not part of its life. */
function bornAt({ runs, revisions, planned, rejections, remarks }: TraceFacts): string {
  const runsWithAid = new Set([...revisions, ...planned, ...rejections].map(({ runId }) => runId));
  const first = runs.find(({ runId }) => runsWithAid.has(runId))?.startedAt;
  return first ?? revisions[0]?.at ?? planned[0]?.createdAt ?? remarks[0]?.at ?? "";
}

function runEvent(run: TracedRun, facts: TraceFacts): LifeEvent {
  const { runId, startedAt: at, outcome } = run;
  const reception = receptionIn(run, facts);
  const rejection = facts.rejections.find((candidate) => candidate.runId === runId);
  const span = { at, until: at, runs: 1, lastRunId: runId };
  if (rejection !== undefined) return { what: "rejected", ...span, locator: rejection.locator, reasons: rejection.reasons };
  return { what: "runs", ...span, reception, outcomes: [outcome ?? "running"] };
}

function merged(events: readonly LifeEvent[]): LifeEvent[] {
  const result: LifeEvent[] = [];
  for (const event of events) {
    const last = result.at(-1);
    const joined = last === undefined ? null : join(last, event);
    if (joined === null) result.push(event);
    else result[result.length - 1] = joined;
  }
  return result;
}

/** Joins two events of the same kind. Returns null if they must stay apart. */
function join(last: LifeEvent, event: LifeEvent): LifeEvent | null {
  if (last.what === "runs" && event.what === "runs" && last.reception === event.reception) {
    return { ...event, at: last.at, runs: last.runs + event.runs, outcomes: [...new Set([...last.outcomes, ...event.outcomes])] };
  }
  if (last.what === "rejected" && event.what === "rejected" && sameReasons(last.reasons, event.reasons)) {
    return { ...event, at: last.at, runs: last.runs + event.runs };
  }
  return null;
}

function sameReasons(some: readonly Issue[], others: readonly Issue[]): boolean {
  const keyOf = (reasons: readonly Issue[]) => reasons.map(({ code, field }) => `${code} ${field}`).join("\n");
  return keyOf(some) === keyOf(others);
}
