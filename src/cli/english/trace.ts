import type { Issue } from "../../model/issue.ts";
import type { GuardFinding } from "../../model/plan/guard.ts";
import type { RevisionKind } from "../../model/plan/plan.ts";
import type { RemarkCode } from "../../model/plan/remark.ts";
import type { LifeEvent } from "../../model/trace/life-of-aid.ts";
import type { Standing, Trouble } from "../../model/trace/standing.ts";
import type { Reception, TracedPlan, TracedRevision } from "../../model/trace/trace.ts";
import { guardMessage } from "./guards.ts";
import { issueMessage } from "./issues.ts";
import { outcomeMessages } from "./runs.ts";
import { counted, shortId } from "./words.ts";

/** Formats an ISO instant. */
export type When = (instant: string) => string;

type SentenceOf<Kind extends { readonly code: string }> = {
  readonly [Code in Kind["code"]]: (fact: Extract<Kind, { readonly code: Code }>, when: When) => string;
};

const standings: SentenceOf<Standing> = {
  published: ({ by, at }, when) => `published and online${doneBy(by, at, when)}`,
  waits: ({ missing }) =>
    `in the catalogue, not online: it waits for review${missing.length === 0 ? "; nothing is missing" : `, and ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing`}`,
  unpublished: ({ by, at, note }, when) => `in the catalogue, not online: unpublished${doneBy(by, at, when)}${noted(note)}`,
  rejected: ({ by, at, note }, when) =>
    `not online: rejected${doneBy(by, at, when)}${noted(note)}; it stays offline whatever its feed says`,
  withdrawn: ({ by, at, note }, when) =>
    `not online: withdrawn${doneBy(by, at, when)}${noted(note)}; it stays offline whatever its feed says`,
  merged: ({ into, by, at }, when) => `not online: merged into ${into}${doneBy(by, at, when)}`,
  suspended: ({ watch, isOver }) =>
    `not online: suspended by ${watch.by} until ${watch.until}${isOver ? ", which has come: somebody should look again" : ""}${noted(watch.reason)}`,
  "left-feed": ({ withdrawnAt, since, runs }, when) =>
    `not online: withdrawn on ${withdrawnAt} because it left its feed${since === null ? "" : `, absent since ${when(since)} (${counted(runs, "run")})`}; it returns with its feed`,
  removed: ({ by, at, runId }, when) =>
    `not in the catalogue: removed${doneBy(by, at, when)}, who undid ${runId === null ? "what created it" : `run ${shortId(runId)}`}`,
  "plan-open": ({ plan }, when) =>
    `not in the catalogue yet: received on ${when(plan.createdAt)}, but its plan ${shortId(plan.planId)} waits for a person${heldBecause(plan.guards)}`,
  "plan-closed": ({ plan }, when) =>
    `not in the catalogue: received on ${when(plan.createdAt)}, but its plan ${shortId(plan.planId)} was ${plan.state}${doneBy(plan.closedBy, plan.closedAt, when)}${noted(plan.note)}`,
  ours: ({ of, at }, when) => `not imported: it is our own aid ${of}, which came back through this feed on ${when(at)}`,
  "record-rejected": ({ run, locator, reasons, isLast }, when) =>
    `not in the catalogue: its record was rejected in the ${isLast ? "last run" : "run"} of ${when(run.startedAt)} (${locator}): ${reasonsOf(reasons)}${isLast ? "" : "; no run has rejected it since"}`,
  unknown: () => "not in the catalogue, for an unknown reason",
};

const troubles: SentenceOf<Trouble> = {
  "record-rejected": ({ run, locator, reasons }, when) =>
    `its record was rejected in the last run of ${when(run.startedAt)} (${locator}): ${reasonsOf(reasons)}`,
  absent: ({ since, runs }, when) => `it is no longer in its feed since ${when(since)} (${counted(runs, "run")})`,
  "plan-open": ({ planId, guards }) => `plan ${shortId(planId)}, which concerns it, waits for a person${heldBecause(guards)}`,
  "feed-unread": ({ outcome, at }, when) => `the last run of ${when(at)} read no feed: ${outcomeMessages[outcome]}`,
  "deadline-past": ({ deadline }) => `its deadline was ${deadline}`,
  proposals: ({ fields }) =>
    `${counted(fields.length, "change")} of its publisher's ${fields.length === 1 ? "waits" : "wait"} for a curator (${fields.join(", ")})`,
};

/** Explains why an aid is or is not in the catalogue and online. Problems follow after "but". */
export function standingMessage(standing: Standing, beside: readonly Trouble[], when: When): string {
  const main = (standings[standing.code] as (fact: Standing, when: When) => string)(standing, when);
  const texts = beside.map((trouble) => (troubles[trouble.code] as (fact: Trouble, when: When) => string)(trouble, when));
  return texts.length === 0 ? main : `${main}; but ${texts.join("; ")}`;
}

const done: Record<RevisionKind, string> = {
  create: "created",
  update: "updated",
  withdraw: "withdrawn",
  restore: "restored",
  "re-identify": "recognised under a new identifier",
  remove: "removed",
  edit: "edited",
  publish: "published",
  unpublish: "unpublished",
  reject: "rejected",
  merge: "merged",
  split: "split off again",
  accept: "proposal accepted",
  refuse: "proposal refused",
  confirm: "confirmed",
  suspend: "suspended",
  adopt: "taken over from the live catalogue",
  "choose-source": "given another source for a field",
  combine: "combined with its other sources",
};

const receptions: Record<Reception, string> = {
  received: "received, nothing to change",
  absent: "not in the feed",
  rejected: "record rejected",
  unread: "no feed read",
  unknown: "not known whether it was in the feed",
};

const remarks: Record<RemarkCode, string> = {
  spared: "undo left it unchanged, because it was changed since",
  "doubtful-pair": "perhaps the same aid as another one",
  "our-own": "an aid of our own catalogue that came back through a feed",
  "renamed-rejected": "came under a new identifier after it was rejected or merged",
  "linked-elsewhere": "linked to an aid of another connector",
  "known-elsewhere": "another connector has already brought this aid",
  "contradicts-elsewhere": "contradicts another source of the aid",
  "maybe-elsewhere": "another connector may have brought this aid",
  "no-match": "no aid of ours matches this live aid",
  "not-in-file": "not in the feed to which the other aids have moved",
  "territory-changed": "a territory that a new edition changes",
};

/** Describes an event in the history of an aid. */
export function lifeMessage(event: LifeEvent): string {
  if (event.what === "changed") return changedMessage(event.revision);
  if (event.what === "planned") return plannedMessage(event.plan);
  if (event.what === "remark") return remarkedMessage(event.remark);
  const { runs, lastRunId } = event;
  const inRuns = runs === 1 ? `run ${shortId(lastRunId)}` : `${runs} runs, the last ${shortId(lastRunId)}`;
  if (event.what === "rejected") return `record rejected (${event.locator}): ${reasonsOf(event.reasons)} (${inRuns})`;
  const outcomes = event.reception === "unread" || event.reception === "unknown" ? `, ${event.outcomes.join(", ")}` : "";
  return `${receptions[event.reception]} (${inRuns}${outcomes})`;
}

function remarkedMessage({ code, planId, externalId, params }: Extract<LifeEvent, { what: "remark" }>["remark"]): string {
  const other = code === "doubtful-pair" ? (externalId ?? params.with) : (params.of ?? params.was);
  const { fields } = params;
  const about = typeof other === "string" ? `: ${other}` : Array.isArray(fields) && fields.length > 0 ? `: ${fields.join(", ")}` : "";
  return `${remarks[code]}${about} (plan ${shortId(planId)})`;
}

function changedMessage({ kind, fields, by, note, runId, origin, before }: TracedRevision): string {
  const was = kind === "re-identify" && before !== null ? `, before ${before.externalId}` : "";
  const run = runId === null ? "" : ` (${origin === "undo" ? "undo of run" : "run"} ${shortId(runId)})`;
  const who = by === null || by === "run" ? "" : ` by ${by}`;
  return `${done[kind]}${was}${who}${fieldsOf(fields)}${run}${noted(note)}`;
}

function plannedMessage({ planId, kind, fields, state, guards, closedBy, note, locator }: TracedPlan): string {
  const what = kind === null ? "not in the feed" : `would be ${done[kind]}${fieldsOf(fields)}`;
  const place = locator === null ? "" : `, ${locator}`;
  const became =
    state === "open" || state === "part-applied"
      ? `waits for a person${heldBecause(guards)}`
      : `${state}${closedBy === null ? "" : ` by ${closedBy}`}`;
  return `${what}${place}: plan ${shortId(planId)} ${became}${noted(note)}`;
}

function fieldsOf(fields: TracedRevision["fields"]): string {
  const named = Object.entries(fields);
  const of = (...actions: readonly string[]) => named.filter(([, { action }]) => actions.includes(action)).map(([field]) => field);
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ["", of("apply", "fill")],
    ["proposed ", of("propose")],
    ["kept ", of("keep")],
  ];
  const texts = groups.filter(([, names]) => names.length > 0).map(([word, names]) => `${word}${names.join(", ")}`);
  return texts.length === 0 ? "" : `: ${texts.join("; ")}`;
}

function reasonsOf(reasons: readonly Issue[]): string {
  const errors = reasons.filter(({ severity }) => severity === "error");
  return (errors.length > 0 ? errors : reasons).map(({ code, params }) => issueMessage(code, params)).join("; ");
}

function heldBecause(guards: readonly GuardFinding[]): string {
  return guards.length === 0 ? "" : `, held because ${guards.map(guardMessage).join("; ")}`;
}

function doneBy(by: string | null, at: string | null, when: When): string {
  return `${by === null || by === "run" ? "" : ` by ${by}`}${at === null ? "" : ` on ${when(at)}`}`;
}

function noted(note: string | null): string {
  return note === null ? "" : ` ("${note}")`;
}
