import { issueMessage } from "../../english/messages.ts";
import { lifeMessage, standingMessage } from "../../english/trace.ts";
import type { Issue } from "../../model/issue.ts";
import { type LifeEvent, lifeOfAid } from "../../model/trace/life-of-aid.ts";
import { receptionIn } from "../../model/trace/reception.ts";
import { standingOf } from "../../model/trace/standing.ts";
import type { TraceFacts } from "../../model/trace/trace.ts";

/** Returns the history of an aid for `--json`: codes and parameters with their messages. Instants are ISO. */
export function traceJson(facts: TraceFacts, today: string): unknown {
  const { standing, troubles } = standingOf(facts, today);
  return {
    connector: facts.hit.connector,
    externalId: facts.aid?.externalId ?? facts.hit.externalId,
    aidId: facts.hit.aidId,
    message: standingMessage(standing, troubles, (instant) => instant),
    standing,
    troubles,
    aid: facts.aid === null ? null : aidJson(facts.aid),
    runs: facts.runs.map((run) => runJson(run, facts)),
    life: lifeOfAid(facts).map((event: LifeEvent) => ({ ...event, message: lifeMessage(event) })),
  };
}

function aidJson({ memo, recordHash: _, fingerprint: __, ...aid }: NonNullable<TraceFacts["aid"]>): unknown {
  return { ...aid, issues: memo.issues.map(withMessage), unmappedTerms: memo.unmapped };
}

function runJson(run: TraceFacts["runs"][number], facts: TraceFacts): unknown {
  const { runId, startedAt, outcome } = run;
  const rejection = facts.rejections.find((candidate) => candidate.runId === runId);
  const planned = facts.planned.find((candidate) => candidate.runId === runId);
  return {
    runId,
    startedAt,
    outcome,
    reception: receptionIn(run, facts),
    locator: rejection?.locator ?? planned?.locator ?? null,
    ...(rejection !== undefined && { reasons: rejection.reasons.map(withMessage) }),
  };
}

function withMessage<T extends Pick<Issue, "code" | "params">>(found: T): T & { readonly message: string } {
  return { ...found, message: issueMessage(found.code, found.params) };
}
