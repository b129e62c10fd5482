import type { AidField } from "../aid/aid.ts";
import { missingForPublication } from "../aid/publishable.ts";
import { shownContent } from "../aid/shown-value.ts";
import type { Issue } from "../issue.ts";
import type { GuardFinding } from "../plan/guard.ts";
import type { Watch } from "../plan/plan.ts";
import type { Outcome } from "../run/run-error.ts";
import { receptionIn } from "./reception.ts";
import type { TracedAid, TracedPlan, TracedRevision, TracedRun, TraceFacts } from "./trace.ts";

/** Why an aid is or is not in the catalogue and online. Instants are ISO. `by` and `at` are null if unknown. */
export type Standing =
  | { readonly code: "published"; readonly by: string | null; readonly at: string | null }
  | { readonly code: "waits"; readonly missing: readonly AidField[] }
  | {
      readonly code: "unpublished" | "rejected" | "withdrawn";
      readonly by: string | null;
      readonly at: string | null;
      readonly note: string | null;
    }
  | { readonly code: "merged"; readonly into: string; readonly by: string | null; readonly at: string | null }
  | { readonly code: "suspended"; readonly watch: Watch; readonly isOver: boolean }
  /** The aid left the feed and was withdrawn automatically. `runs` counts the applied complete runs without the aid. */
  | { readonly code: "left-feed"; readonly withdrawnAt: string; readonly since: string | null; readonly runs: number }
  /** The undo of the run that created the aid has removed it. */
  | { readonly code: "removed"; readonly by: string | null; readonly at: string | null; readonly runId: string | null }
  | { readonly code: "plan-open"; readonly plan: TracedPlan }
  | { readonly code: "plan-closed"; readonly plan: TracedPlan }
  /** The record is our own aid `of` (`connector/externalId`), which returned through this feed. */
  | { readonly code: "ours"; readonly of: string; readonly at: string }
  /** `isLast` is true if `run` is the last run that read the feed. */
  | {
      readonly code: "record-rejected";
      readonly run: TracedRun;
      readonly locator: string;
      readonly reasons: readonly Issue[];
      readonly isLast: boolean;
    }
  | { readonly code: "unknown" };

/** A further problem of a stored aid. */
export type Trouble =
  | { readonly code: "record-rejected"; readonly run: TracedRun; readonly locator: string; readonly reasons: readonly Issue[] }
  | { readonly code: "absent"; readonly since: string; readonly runs: number }
  | { readonly code: "plan-open"; readonly planId: string; readonly guards: readonly GuardFinding[] }
  | { readonly code: "feed-unread"; readonly outcome: Outcome; readonly at: string }
  | { readonly code: "deadline-past"; readonly deadline: string }
  | { readonly code: "proposals"; readonly fields: readonly AidField[] };

/** Returns the standing of an aid and its problems, most severe first. `today` is the Paris day, `YYYY-MM-DD`. */
export function standingOf(facts: TraceFacts, today: string): { readonly standing: Standing; readonly troubles: readonly Trouble[] } {
  if (facts.aid === null) return { standing: standingOfUnknown(facts), troubles: [] };
  return { standing: standingOfStored(facts, facts.aid, today), troubles: troublesOf(facts, facts.aid, today) };
}

function standingOfStored(facts: TraceFacts, aid: TracedAid, today: string): Standing {
  const last = (kinds: readonly string[]) => madeBy(facts.revisions.findLast(({ kind }) => kinds.includes(kind)));
  if (aid.status === "merged") return { code: "merged", into: facts.mergedInto ?? aid.mergedInto ?? "another aid", ...last(["merge"]) };
  if (aid.status === "deleted") return { code: "rejected", ...last(["reject"]) };
  if (aid.withdrawnAt !== null) {
    if (aid.watch?.state === "suspended") return { code: "suspended", watch: aid.watch, isOver: aid.watch.until <= today };
    if (aid.withdrawnBy !== null) return { code: "withdrawn", ...last(["withdraw"]), by: aid.withdrawnBy };
    const { absence } = facts;
    return { code: "left-feed", withdrawnAt: aid.withdrawnAt, since: absence?.sinceAt ?? null, runs: runsWithout(facts) };
  }
  if (aid.status === "draft") return { code: "unpublished", ...last(["unpublish"]) };
  if (aid.status === "published") return { code: "published", ...last(["publish", "adopt"]) };
  return { code: "waits", missing: missingForPublication(shownContent(aid)) };
}

/** Returns the standing of an aid that is not in the catalogue. */
function standingOfUnknown(facts: TraceFacts): Standing {
  const open = facts.planned.findLast(({ state, kind }) => isOpen(state) && kind === "create");
  if (open !== undefined) return { code: "plan-open", plan: open };
  const removal = facts.revisions.findLast(({ kind }) => kind === "remove");
  const rejection = facts.rejections.at(-1);
  const run = facts.runs.find(({ runId }) => runId === rejection?.runId);
  if (rejection !== undefined && run !== undefined && run.startedAt > (removal?.at ?? "")) {
    const isLast = facts.runs.findLast((candidate) => receptionIn(candidate, facts) !== "unread") === run;
    return { code: "record-rejected", run, locator: rejection.locator, reasons: rejection.reasons, isLast };
  }
  if (removal !== undefined) return { code: "removed", ...madeBy(removal), runId: removal.runId };
  const ours = facts.remarks.findLast(({ code }) => code === "our-own");
  if (ours !== undefined) return { code: "ours", of: String(ours.params.of), at: ours.at };
  const closed = facts.planned.at(-1);
  return closed === undefined ? { code: "unknown" } : { code: "plan-closed", plan: closed };
}

function troublesOf(facts: TraceFacts, aid: TracedAid, today: string): Trouble[] {
  if (aid.status === "deleted" || aid.status === "merged") return [];
  const troubles: Trouble[] = [];
  const lastRun = facts.runs.at(-1);
  const lastRead = facts.runs.findLast((run) => receptionIn(run, facts) !== "unread");
  const rejection = facts.rejections.findLast(({ runId }) => runId === lastRead?.runId);
  if (rejection !== undefined && lastRead !== undefined) {
    troubles.push({ code: "record-rejected", run: lastRead, locator: rejection.locator, reasons: rejection.reasons });
  }
  const isAbsent = facts.absence !== null && facts.absence.endedToken === null && aid.withdrawnAt === null;
  if (isAbsent) troubles.push({ code: "absent", since: facts.absence.sinceAt, runs: runsWithout(facts) });
  for (const { planId, guards, state } of facts.planned) if (isOpen(state)) troubles.push({ code: "plan-open", planId, guards });
  if (lastRun?.outcome && receptionIn(lastRun, facts) === "unread") {
    troubles.push({ code: "feed-unread", outcome: lastRun.outcome, at: lastRun.startedAt });
  }
  if (aid.withdrawnAt !== null) return troubles;
  const { submissionDeadline } = shownContent(aid);
  if (submissionDeadline !== null && submissionDeadline < today) troubles.push({ code: "deadline-past", deadline: submissionDeadline });
  const proposed = Object.keys(aid.proposals) as AidField[];
  if (proposed.length > 0) troubles.push({ code: "proposals", fields: proposed });
  return troubles;
}

/** Counts the applied complete runs since the beginning of the aid's absence. */
function runsWithout({ runs, absence }: TraceFacts): number {
  if (absence === null || absence.endedToken !== null) return 0;
  return runs.filter((run) => run.token >= absence.sinceToken && run.countsAbsence && run.appliedAt !== null && run.undoneAt === null)
    .length;
}

function madeBy(revision: TracedRevision | undefined): { by: string | null; at: string | null; note: string | null } {
  return { by: revision?.by ?? null, at: revision?.at ?? null, note: revision?.note ?? null };
}

/** Returns true if a plan, or a part of it, can still be applied. */
function isOpen(state: TracedPlan["state"]): boolean {
  return state === "open" || state === "part-applied";
}
