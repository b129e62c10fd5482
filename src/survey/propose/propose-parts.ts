import { capture, type Expression } from "../../kit/expressions/expression.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { rate } from "../../kit/rules/amounts.ts";
import { date } from "../../kit/rules/date.ts";
import { text } from "../../kit/rules/texts.ts";
import { readRateText } from "../../kit/values/money/read-rate.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { shareOf } from "../profile/field-values.ts";
import { isForMachines, isPrivate, nameScore } from "../profile/match-name.ts";
import { type FieldProposal, proposalOf } from "./proposal.ts";
import { frenchDay } from "./rule-for.ts";

export const emailPattern = "([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,4})";
export const phonePattern = "((?:\\+33 ?|0)[1-9](?:[ .-]?\\d{2}){4})(?!\\d)";
const dayPattern = "(?<!\\d)(\\d{1,2}/\\d{1,2}/\\d{4})(?!\\d)";
/** Share of the texts that must contain the part. */
const minShare = 0.3;
const minName = 0.7;
/** Longer texts contain addresses and days of other things. */
const maxLength = 300;

interface Part {
  readonly field: OwnField;
  readonly pattern: string;
  /** Our fields whose names the field of the feed may have, the likeliest first. */
  readonly named: readonly OwnField[];
  rule(part: Expression): Rule;
}

const parts: readonly Part[] = [
  { field: "contactEmail", named: ["contactEmail", "contactPhone", "contact"], pattern: emailPattern, rule: text },
  { field: "contactPhone", named: ["contactPhone", "contactEmail", "contact"], pattern: phonePattern, rule: text },
  { field: "submissionDeadline", named: ["submissionDeadline"], pattern: dayPattern, rule: (part) => date(part, ["dd/MM/yyyy"]) },
  { field: "submissionDeadline", named: ["submissionDeadline"], pattern: frenchDay, rule: (part) => date(part, ["french"]) },
];

/** Proposes parts of fields: an e-mail address in a cell, a day in a sentence, both bounds of a rate. `proposed` takes precedence. */
export function proposeParts(feed: FeedAnalysis, proposed: readonly FieldProposal[]): FieldProposal[] {
  const known = new Set<OwnField>(proposed.map(({ field }) => field));
  const title = proposed.find(({ field }) => field === "name")?.from ?? [];
  const free = feed.survey.fields.filter(
    ({ path, kind, longest }) =>
      kind !== "empty" && kind !== "link" && longest <= maxLength * 4 && !title.includes(path) && !isPrivate(path) && !isForMachines(path),
  );
  const found: FieldProposal[] = [];
  for (const { field, named, pattern, rule } of parts) {
    if (known.has(field)) continue;
    const isNamed =
      (name: OwnField) =>
      ({ path }: FieldProfile) =>
        nameScore(path, name) >= minName;
    const candidates = named.flatMap((name) => free.filter(isNamed(name)));
    const profile = candidates.find((candidate) => contains(candidate, pattern, feed));
    if (profile === undefined) continue;
    known.add(field);
    const { path, examples } = profile;
    const way = { rule: rule(capture(path, pattern)), certainty: 0.75, evidence: [evidence("part-of", { path })], from: [path] };
    found.push(proposalOf(field, way, examples.slice(0, 2)));
  }
  return [...found, ...lowerRate(feed, proposed, known)];
}

function contains({ path, medianLength }: FieldProfile, pattern: string, feed: FeedAnalysis): boolean {
  const expression = new RegExp(pattern, "u");
  return medianLength <= maxLength && shareOf(feed.texts(path).slice(0, 400), (one) => expression.test(one)) >= minShare;
}

/** Proposes the lower bound from the field of the upper one, if some of its rates are ranges. */
function lowerRate(feed: FeedAnalysis, proposed: readonly FieldProposal[], known: ReadonlySet<OwnField>): FieldProposal[] {
  const upper = proposed.find(({ field }) => field === "subventionRateUpperBound");
  const [path] = upper?.from ?? [];
  if (upper?.rule.kind !== "rate" || path === undefined || known.has("subventionRateLowerBound")) return [];
  const hasRange = feed.texts(path).some((one) => {
    const reading = readRateText(one);
    return reading.kind === "rate" && reading.lower !== null;
  });
  return hasRange ? [{ ...upper, field: "subventionRateLowerBound", rule: rate(path, { bound: "lower" }), alternatives: [] }] : [];
}
