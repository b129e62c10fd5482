import type { Reception, TracedRun, TraceFacts } from "./trace.ts";

/** Kinds of change that a received record makes. */
const broughtBy: ReadonlySet<string> = new Set(["create", "update", "restore", "re-identify"]);

/** Outcomes of runs that read no feed. */
const unread: ReadonlySet<string | null> = new Set([null, "unreachable", "refused", "unreadable", "cancelled", "abandoned", "failed"]);

/**
 * Returns whether a run received the aid. Runs do not record unchanged aids, so this follows from their changes, their rejected records
 * and the absences of complete feeds.
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

/** Judges an applied run that changed nothing about the aid by the last absence. */
function absenceSays(run: TracedRun, { aid, absence, revisions }: TraceFacts): Reception {
  const isOff = aid?.status === "deleted" || aid?.status === "merged" || (aid?.withdrawnBy ?? null) !== null;
  const lastRevision = revisions.at(-1);
  if (isOff && lastRevision !== undefined && run.startedAt > lastRevision.at) return "unknown";
  if (absence === null) return "received";
  if (absence.endedToken !== null && run.token >= absence.endedToken) return "received";
  if (run.token >= absence.sinceToken) return "absent";
  // Only the last absence is stored. Before it, only a run without missing aids is sure to have received this one.
  return run.missing === 0 ? "received" : "unknown";
}
