import type { FoundRecord } from "../../ingest/find-records.ts";
import { aidFields, isEmptyValue } from "../../model/aid/aid.ts";
import type { Issue } from "../../model/issue.ts";
import { type LifeEvent, lifeOfAid } from "../../model/trace/life-of-aid.ts";
import { receptionIn } from "../../model/trace/reception.ts";
import { standingOf } from "../../model/trace/standing.ts";
import type { TracedAid, TraceFacts, TraceHit } from "../../model/trace/trace.ts";
import { issueMessage } from "../english/issues.ts";
import { lifeMessage, standingMessage } from "../english/trace.ts";
import { inert, oneLine } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { parisTime } from "./paris-time.ts";
import { readableValue } from "./readable-value.ts";

/** Maximum length of a value, in characters. */
const maxValueLength = 100;

/** Renders the history of an aid: why it is or is not online, its record, then events, oldest first. */
export function renderTrace(facts: TraceFacts, today: string, colors: Terminal["colors"]): string {
  const { standing, troubles } = standingOf(facts, today);
  const sentence = standingMessage(standing, troubles, parisTime);
  return [
    `${colors.bold(oneLine(nameOf(facts.hit)))}  ${oneLine(facts.aid === null ? (facts.hit.title ?? "") : readableValue("name", shownName(facts.aid)))}`,
    `${inert(sentence.charAt(0).toUpperCase())}${oneLine(sentence.slice(1))}.`,
    ...lastReception(facts),
    ...(facts.aid === null ? [] : aidLines(facts.aid)),
    "",
    ...lifeOfAid(facts).map((event) => eventLine(event, colors.dim)),
  ].join("\n");
}

/** Returns `connector/externalId`, or the record's position. */
function nameOf({ connector, externalId, seen }: TraceHit): string {
  return `${connector}/${externalId ?? `(no identifier, ${seen?.locator})`}`;
}

/** Renders a search hit on one line. */
export function hitLine(hit: TraceHit): string {
  const where = {
    catalogue: "aid",
    plan: "waits in a plan",
    removed: "taken out by undo",
    rejected: "rejected record",
    ours: "an aid of our own",
  }[hit.place];
  return oneLine(`${nameOf(hit)}  ${hit.title ?? hit.seen?.locator ?? ""}  (${where})`);
}

/** Renders a record as received, why it is skipped, and its issues. */
export function renderRecord({ locator, skipped, issues, record }: FoundRecord, colors: Terminal["colors"]): string {
  return [
    `${colors.bold("record")}  ${oneLine(locator)}${skipped === null ? "" : `, left out: ${oneLine(skipped)}`}`,
    ...issues.map(({ code, field, params }) => `  ${oneLine(`${field ? `${field}: ` : ""}${issueMessage(code, params)}`)}`),
    inert(typeof record === "string" ? record : JSON.stringify(record, null, 2)),
  ].join("\n");
}

function shownName({ edits, kept, imported }: TracedAid): unknown {
  return edits.name?.value ?? kept.name ?? imported.name;
}

function lastReception(facts: TraceFacts): string[] {
  const run = facts.runs.findLast((candidate) => ["received", "rejected"].includes(receptionIn(candidate, facts)));
  if (run === undefined) return [];
  const locator = [...facts.rejections, ...facts.planned].find((place) => place.runId === run.runId && place.locator !== null)?.locator;
  return [labelled("last received", `${parisTime(run.startedAt)}, run ${run.runId.slice(0, 8)}${locator ? `, ${locator}` : ""}`)];
}

function aidLines(aid: TracedAid): string[] {
  const read = aidFields.filter((field) => !isEmptyValue(aid.imported[field]));
  return [
    labelled("aid id", aid.aidId),
    labelled("read", `${read.length} fields: ${read.join(", ")}`),
    ...aid.memo.issues.map(({ code, field, value, params }) =>
      labelled("issue", `${field ? `${field}: ` : ""}${issueMessage(code, params)}${value === null ? "" : ` (${JSON.stringify(value)})`}`),
    ),
    ...aidFields.flatMap((field) => {
      const edit = aid.edits[field];
      const note = edit?.note ? ` ("${edit.note}")` : "";
      return edit === undefined
        ? []
        : [labelled("edit", `${field} by ${edit.by} on ${parisTime(edit.at)}${note}: ${short(readableValue(field, edit.value))}`)];
    }),
    ...aidFields.flatMap((field) => {
      const proposal = aid.proposals[field];
      return proposal === undefined
        ? []
        : [labelled("proposal", `${field} of ${parisTime(proposal.at)}: ${short(readableValue(field, aid.imported[field]))}`)];
    }),
  ];
}

function eventLine(event: LifeEvent, dim: (text: string) => string): string {
  const line = oneLine(`${parisTime(event.at)}  ${lifeMessage(event)}`);
  return `  ${event.what === "runs" ? dim(line) : line}`;
}

function labelled(label: string, text: string): string {
  return `  ${label.padEnd(14)} ${oneLine(text)}`;
}

function short(text: string): string {
  return text.length > maxValueLength ? `${text.slice(0, maxValueLength)}…` : text;
}

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
