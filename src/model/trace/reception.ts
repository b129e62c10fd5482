import type { Reception, TracedRun, TraceFacts } from "./trace.ts";

/** Kinds of change that a record of the feed makes. */
const broughtBy: ReadonlySet<string> = new Set(["create", "update", "restore", "re-identify"]);

/** Outcomes of runs that read no feed. */
const unread: ReadonlySet<string | null> = new Set([null, "unreachable", "refused", "unreadable", "cancelled", "abandoned", "failed"]);

/**
 * Whether a run brought the aid. Runs do not write down what they found unchanged: it follows from what they changed, from the records that they rejected,
 * and from what complete feeds lacked.
 */
export function receptionIn(run: TracedRun, facts: TraceFacts): Reception {
  if (facts.rejections.some(({ runId }) => runId === run.runId)) return "rejected";
  const revision = facts.revisions.find(({ runId, origin }) => runId === run.runId && origin === "run");
  if (revision !== undefined) return broughtBy.has(revision.kind) ? "received" : "absent";
  const planned = facts.planned.find(({ runId, origin }) => runId === run.runId && origin === "run");
  if (planned !== undefined) return planned.kind !== null && broughtBy.has(planned.kind) ? "received" : "absent";
  if (unread.has(run.outcome)) return "unread";
  if (facts.aid === null || !run.countsAbsence || run.appliedAt === null || run.undoneAt !== null) return "unknown";
  return absenceSays(run, facts);
}

/** What the last absence says of a run that was applied and changed nothing of the aid. */
function absenceSays(run: TracedRun, { aid, absence, revisions }: TraceFacts): Reception {
  const isOff = aid?.status === "deleted" || aid?.status === "merged" || (aid?.withdrawnBy ?? null) !== null;
  const lastRevision = revisions.at(-1);
  if (isOff && lastRevision !== undefined && run.startedAt > lastRevision.at) return "unknown";
  if (absence === null) return "received";
  if (absence.endedToken !== null && run.token >= absence.endedToken) return "received";
  if (run.token >= absence.sinceToken) return "absent";
  // Only the last absence is kept: before it, a run that missed no aid at all is the only one that is sure to have brought this one.
  return run.missing === 0 ? "received" : "unknown";
}
