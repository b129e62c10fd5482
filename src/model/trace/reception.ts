import type { Reception, TracedRun, TraceFacts } from "./trace.ts";

/** Kinds of change that a received record causes. */
const kindsOfReceived: ReadonlySet<string> = new Set(["create", "update", "restore", "re-identify"]);

/** Outcomes of runs that read no feed. */
const unread: ReadonlySet<string | null> = new Set([null, "unreachable", "refused", "unreadable", "cancelled", "abandoned", "failed"]);

/** Returns whether a run received the aid: concluded from changes, rejects and absences, because unchanged aids are not recorded. */
export function receptionIn(run: TracedRun, facts: TraceFacts): Reception {
  if (facts.rejections.some(({ runId }) => runId === run.runId)) return "rejected";
  const revision = facts.revisions.find(({ runId, origin }) => runId === run.runId && origin === "run");
  if (revision !== undefined) return kindsOfReceived.has(revision.kind) ? "received" : "absent";
  const planned = facts.planned.find(({ runId, origin }) => runId === run.runId && origin === "run");
  if (planned !== undefined) return planned.kind !== null && kindsOfReceived.has(planned.kind) ? "received" : "absent";
  if (unread.has(run.outcome)) return "unread";
  if (facts.aid === null || !run.countsAbsence || run.appliedAt === null || run.undoneAt !== null) return "unknown";
  const reception = receptionByAbsence(run, facts);
  return reception === "received" && run.areRejectsCut ? "unknown" : reception;
}

/** Returns the reception by an applied run that did not change the aid, concluded from the last absence. */
function receptionByAbsence(run: TracedRun, { aid, absence, revisions }: TraceFacts): Reception {
  const isOff = aid?.status === "deleted" || aid?.status === "merged" || (aid?.withdrawnBy ?? null) !== null;
  const lastRevision = revisions.at(-1);
  if (isOff && lastRevision !== undefined && run.startedAt > lastRevision.at) return "unknown";
  if (absence === null) return "received";
  if (absence.endedToken !== null && run.token >= absence.endedToken) return "received";
  if (run.token >= absence.sinceToken) return "absent";
  // Only the last absence is stored. For an earlier run, it is certain that it received the aid only if it had no missing aids.
  return run.missing === 0 ? "received" : "unknown";
}
