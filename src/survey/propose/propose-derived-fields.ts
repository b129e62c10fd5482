import type { Condition } from "../../kit/expressions/expression.ts";
import { choose, type Rule } from "../../kit/field-rules.ts";
import { constant } from "../../kit/rules/constant.ts";
import { time } from "../../kit/rules/date.ts";
import { text } from "../../kit/rules/texts.ts";
import { formatProblem } from "../../kit/values/dates/read-date.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { type Evidence, evidence } from "../../model/survey/evidence.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { countTexts, shareOf } from "../profile/field-values.ts";
import { areWrittenCodes } from "../profile/identifier-candidates.ts";
import { nameWords } from "../profile/name-words.ts";
import { type FieldProposal, proposalOf } from "./proposal.ts";

/** Proposes fields derived from other proposals: the time of the deadline, the recurrence and the short title. */
export function proposeDerivedFields(feed: FeedAnalysis, proposed: readonly FieldProposal[]): FieldProposal[] {
  const found = new Map(proposed.map((proposal) => [proposal.field, proposal]));
  const deadline = found.get("submissionDeadline");
  const made: FieldProposal[] = [];
  if (deadline?.rule.kind === "date" && deadline.from[0] !== undefined) {
    const written = feed.dates(deadline.from[0]);
    if (written?.hasHours) {
      const withHour = deadline.rule.formats.filter((format) => formatProblem(format, "hour") === undefined);
      const why = evidence("also-elsewhere", { field: "submissionDeadline" });
      const rule = time(deadline.from[0], withHour);
      made.push({ ...deadline, field: "submissionDeadlineTime", rule, evidence: [why], alternatives: [] });
    }
  }
  const deadlines = [...(deadline?.from ?? []), ...(found.get("startDate")?.from.slice(1) ?? [])];
  const areCalls = found.get("isCallForProject")?.rule.kind === "constant";
  const recurrence = found.has("recurrence") ? null : recurrenceRule(feed, deadlines, areCalls);
  if (recurrence !== null) {
    const why = [evidence("usual", { field: "recurrence" })];
    made.push({ field: "recurrence", ...recurrence, certainty: 0.7, evidence: why, examples: [], alternatives: [] });
  }
  return [...made, ...codeAsShortTitle(feed, proposed)];
}

/** Proposes the identifier of a call as its short title if people write such codes ("LIFE-2024-01"). */
function codeAsShortTitle(feed: FeedAnalysis, proposed: readonly FieldProposal[]): FieldProposal[] {
  const identifier = proposed.find(({ field }) => field === "externalId");
  const [path] = identifier?.from ?? [];
  const areCalls = proposed.some(({ field, rule }) => field === "isCallForProject" && rule.kind === "constant");
  if (identifier === undefined || path === undefined || identifier.from.length > 1 || !areCalls) return [];
  if (proposed.some(({ field }) => field === "shortTitle") || !areWrittenCodes(feed.texts(path))) return [];
  const why = evidence("also-elsewhere", { field: "externalId" });
  return [{ ...identifier, field: "shortTitle", rule: text(path), certainty: 0.6, evidence: [why], alternatives: [] }];
}

const maxWithoutDay = 10;

/** Returns the few texts of a deadline that contain no number: "permanent", "au fil de l'eau". */
function withoutDay(feed: FeedAnalysis, deadline: string): readonly string[] {
  const texts = [...countTexts(feed.texts(deadline).filter((text) => !/\d/.test(text))).values()].map(({ text }) => text);
  return texts.length <= maxWithoutDay ? texts : [];
}

interface RecurrenceWay {
  readonly rule: Rule;
  readonly from: readonly string[];
}

/**
 * Returns the rule that tells the recurrence from the deadline, or null without a deadline field: an aid with a deadline is a single call,
 * others are permanent. A date that means "no end" does not count as a deadline. A field for a future campaign or a second deadline means
 * that the aid recurs. `deadlines`: the deadline fields, in the order of the campaigns. `areCalls`: all records are calls, which are never
 * permanently open.
 */
export function recurrenceRule(feed: FeedAnalysis, deadlines: readonly string[], areCalls = false): RecurrenceWay | null {
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
    rule: areCalls ? choose(cases) : choose(cases, constant("ongoing" as const)),
    from: [...deadlines, ...(future === undefined ? [] : [future])],
  };
}

/** Proposes fields that have the same value in every aid of this publisher, and default values for fields that may be empty. */
export function proposeConstants(feed: FeedAnalysis, proposed: readonly FieldProposal[]): FieldProposal[] {
  const { publisher, isPublisherGiven, territory } = feed.context;
  const found = new Map(proposed.map((proposal) => [proposal.field, proposal]));
  const isOne = isPublisherGiven && publisher.kind !== "aggregator" && publisher.kind !== "any";
  const financer = [{ name: publisher.name, siren: publisher.siren ?? null }];
  return [
    ...(isOne ? withDefault(found, "financers", constant(financer), 0.8, evidence("given")) : []),
    ...(territory === null ? [] : withDefault(found, "perimeters", constant([territory]), 0.8, evidence("given"))),
    ...(found.has("aidTypes") || !mentionsGrants(feed)
      ? []
      : [fixed("aidTypes", constant(["grant"]), 0.35, evidence("usual", { field: "aidTypes" }))]),
    ...((publisher.kind === "european" || territory?.scale === "continent") && !found.has("europeanAid")
      ? [fixed("europeanAid", constant("sectorial"), 0.4, evidence("usual", { field: "europeanAid" }))]
      : []),
  ];
}

/** Proposes a constant if no feed field is read, otherwise a default for records in which the field is empty. */
function withDefault(
  found: ReadonlyMap<OwnField, FieldProposal>,
  field: "financers" | "perimeters",
  value: Rule,
  certainty: number,
  why: Evidence,
): FieldProposal[] {
  const read = found.get(field);
  if (read === undefined) return [fixed(field, value, certainty, why)];
  const [path] = read.from;
  if (path === undefined || read.rule.kind === "choose") return [];
  return [{ ...read, rule: choose([{ when: { field: path, isFilled: true }, use: read.rule }], value), evidence: [...read.evidence, why] }];
}

function fixed(field: OwnField, rule: Rule, certainty: number, why: Evidence): FieldProposal {
  return proposalOf(field, { rule, certainty, evidence: [why], from: [] });
}

const grantWords = /(?<![\p{L}])(?:subvention|cofinanc|grant|dotation|aide financiere|taux)/u;
const longTextKinds = new Set(["html", "markdown", "lines", "text"]);

/** Returns true if at least half of the records mention a grant. */
function mentionsGrants({ survey: { fields, records } }: FeedAnalysis): boolean {
  const paths = fields.filter(({ kind }) => longTextKinds.has(kind)).map(({ path }) => path);
  if (paths.length === 0) return false;
  return shareOf(records.slice(0, 300), (record) => grantWords.test(foldTerm(JSON.stringify(record)))) >= 0.5;
}
