import type { Condition } from "../../kit/expressions/expression.ts";
import { choose } from "../../kit/field-rules.ts";
import { constant } from "../../kit/rules/constant.ts";
import { time } from "../../kit/rules/date.ts";
import { text } from "../../kit/rules/text.ts";
import { formatProblem } from "../../kit/values/dates/read-date.ts";
import { evidence } from "./evidence.ts";
import type { FeedAnalysis } from "./feed-analysis.ts";
import { countTexts } from "./field-values.ts";
import { areWrittenCodes } from "./identifier-candidates.ts";
import { nameWords } from "./name-words.ts";
import type { FieldProposal } from "./proposal.ts";

/** Proposes fields derived from other proposals: the time of the deadline, the recurrence and the short title. */
export function proposeDerivedFields(feed: FeedAnalysis, proposed: readonly FieldProposal[]): FieldProposal[] {
  const found = new Map(proposed.map((proposal) => [proposal.field, proposal]));
  const deadline = found.get("submissionDeadline");
  const made: FieldProposal[] = [];
  if (deadline?.rule.kind === "date" && deadline.from[0] !== undefined) {
    const written = feed.dates(deadline.from[0]);
    if (written?.hasHours) {
      const withHour = deadline.rule.formats.filter((format) => formatProblem(format, "hour") === undefined);
      const rule = time(deadline.from[0], withHour);
      made.push({
        ...deadline,
        field: "submissionDeadlineTime",
        rule,
        evidence: [evidence("also-elsewhere", { field: "submissionDeadline" })],
        alternatives: [],
      });
    }
  }
  const deadlines = [...(deadline?.from ?? []), ...(found.get("startDate")?.from.slice(1) ?? [])];
  const areCalls = found.get("isCallForProject")?.rule.kind === "constant";
  const recurrence = found.has("recurrence") ? null : proposeRecurrence(feed, deadlines, areCalls);
  if (recurrence !== null) made.push(recurrence);
  return [...made, ...codeAsShortTitle(feed, proposed)];
}

/** Proposes the identifier of a call as its short title if people write such codes ("LIFE-2024-01"). */
function codeAsShortTitle(feed: FeedAnalysis, proposed: readonly FieldProposal[]): FieldProposal[] {
  const identifier = proposed.find(({ field }) => field === "externalId");
  const [path] = identifier?.from ?? [];
  const areCalls = proposed.some(({ field, rule }) => field === "isCallForProject" && rule.kind === "constant");
  if (identifier === undefined || path === undefined || identifier.from.length > 1 || !areCalls) return [];
  if (proposed.some(({ field }) => field === "shortTitle") || !areWrittenCodes(feed.texts(path))) return [];
  return [
    {
      ...identifier,
      field: "shortTitle",
      rule: text(path),
      certainty: 0.6,
      evidence: [evidence("also-elsewhere", { field: "externalId" })],
      alternatives: [],
    },
  ];
}

const maxWithoutDay = 10;

/** Returns the few texts of a deadline that contain no number: "permanent", "au fil de l'eau". */
function withoutDay(feed: FeedAnalysis, deadline: string): readonly string[] {
  const texts = [...countTexts(feed.texts(deadline).filter((text) => !/\d/.test(text))).values()].map(({ text }) => text);
  return texts.length <= maxWithoutDay ? texts : [];
}

/**
 * Proposes the recurrence from the deadline, or returns null without a deadline field. A date that means "no end" does not count as a
 * deadline. A field for a future campaign or a second deadline means that the aid recurs. `deadlines`: the deadline fields, in the order of
 * the campaigns. `areCalls`: all records are calls, which are never permanently open.
 */
function proposeRecurrence(feed: FeedAnalysis, deadlines: readonly string[], areCalls: boolean): FieldProposal | null {
  const [deadline, ...later] = deadlines;
  if (deadline === undefined) return null;
  const { fields } = feed.survey;
  const future = fields.find(({ path, kind }) => (kind === "date" || kind === "empty") && nameWords(path).includes("futur"))?.path;
  const again = [...later, ...(future === undefined ? [] : [future])].map((field): Condition => ({ field, isFilled: true }));
  const noEnd = [...(feed.dates(deadline)?.noEnd ?? []), ...withoutDay(feed, deadline)];
  const hasDeadline: Condition = { field: deadline, isFilled: true };
  const cases = [
    ...(again.length === 0
      ? []
      : [{ when: again.length === 1 && again[0] !== undefined ? again[0] : { any: again }, use: constant("recurring" as const) }]),
    {
      when: noEnd.length === 0 ? hasDeadline : { all: [hasDeadline, { not: { field: deadline, isOneOf: [...noEnd] } }] },
      use: constant("oneoff" as const),
    },
  ];
  return {
    field: "recurrence",
    rule: areCalls ? choose(cases) : choose(cases, constant("ongoing" as const)),
    certainty: 0.7,
    evidence: [evidence("usual", { field: "recurrence" })],
    from: [...deadlines, ...(future === undefined ? [] : [future])],
    examples: [],
    alternatives: [],
  };
}
