import type { PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import type { GuardFinding } from "../../model/plan/guard.ts";
import type { ApplyRequest } from "../../model/plan/plan.ts";
import { guardMessage } from "../english/guards.ts";
import { shortId } from "../english/words.ts";
import { inert, oneLine } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { changedCounts, countsInWords, otherCounts } from "./counts-in-words.ts";
import { parisTime } from "./paris-time.ts";
import { nextStep, stateWords } from "./plan-words.ts";

/** Renders the head of a plan: state and reasons, counts, who did what, and the next step while it is open. */
export function renderPlanHead(head: PlanRecord, publisherName: string, colors: Terminal["colors"]): string {
  const { connector, state, note } = head;
  const isOpen = state === "open" || state === "part-applied";
  const isHeld = isOpen && head.guards.length > 0;
  const of = connector === null ? "" : ` of ${colors.bold(inert(connector))} (${oneLine(publisherName)})`;
  const paint = isHeld ? colors.red : isOpen ? colors.yellow : state === "applied" ? colors.green : colors.dim;
  return [
    `plan ${colors.bold(shortId(head.planId))}${of}: ${paint(`${isHeld ? "HELD, " : ""}${stateWords[state]}`)}`,
    ...head.guards.map((finding) => `  ${colors.red(label(isHeld ? "held because" : "was held"))}${sentence(finding)}`),
    ...head.warnings.map((finding) => `  ${colors.yellow(label("look at"))}${sentence(finding)}`),
    ...countLines(head),
    `  ${label("made")}${parisTime(head.createdAt)}${makers(head)}`,
    ...(head.asked === null || head.origin === "undo" ? [] : [`  ${label("asked for")}${askedFor(head.asked)}`]),
    ...(head.applyRequest === null ? [] : [`  ${label("requested")}${requested(head.applyRequest)}`]),
    ...(head.appliedAt === null ? [] : [`  ${label("applied")}${parisTime(head.appliedAt)}${by(head.appliedBy)}`]),
    ...(head.closedAt === null || state === "applied" ? [] : [`  ${label(state)}${parisTime(head.closedAt)}${by(head.closedBy)}`]),
    ...(head.undoneBy === null ? [] : [`  ${label("undone")}by plan ${shortId(head.undoneBy)}`]),
    ...(note === null ? [] : [`  ${label("note")}${oneLine(note)}`]),
    ...(isOpen ? [`  ${colors.bold(label("next"))}${nextStep(head.planId, head.guards)}`] : []),
  ].join("\n");
}

function label(word: string): string {
  return word.padEnd("held because".length + 2);
}

function sentence(finding: GuardFinding): string {
  return oneLine(guardMessage(finding));
}

function by(name: string | null): string {
  return name === null ? "" : ` by ${oneLine(name)}`;
}

function requested({ by: person, at, note }: ApplyRequest): string {
  return `${parisTime(new Date(at))}${by(person)}, to apply it${note === null ? "" : `: ${oneLine(note)}`}`;
}

function makers({ origin, runId, madeBy }: PlanRecord): string {
  const run = runId === null ? "" : ` run ${shortId(runId)}`;
  if (origin === "run") return ` by${run}`;
  if (origin === "undo") return `${by(madeBy)}, to undo${run === "" ? " a plan" : run}`;
  const purposes: Partial<Record<PlanRecord["origin"], string>> = {
    adopt: ", to take over a live catalogue",
    move: ", to move aids to another connector",
    territories: ", to take a new edition of the territories",
  };
  return `${by(madeBy)}${purposes[origin] ?? ""}`;
}

function askedFor(asked: Readonly<Record<string, unknown>>): string {
  return Object.entries(asked)
    .map(([name, value]) => oneLine(`${name}=${typeof value === "string" ? value : JSON.stringify(value)}`))
    .join("  ");
}

/** Returns the lines of counts, changes first. */
function countLines({ counts, state }: PlanRecord): string[] {
  const tense = state === "applied" ? "done" : state === "part-applied" ? "in all" : "would be";
  const nothing = counts.missing > 0 ? "no aid changed yet" : "nothing to do";
  const texts = [countsInWords(counts, changedCounts) || nothing, countsInWords(counts, otherCounts)];
  return texts.flatMap((words, place) => (words === "" ? [] : [`  ${label(place === 0 ? tense : "")}${words}`]));
}
