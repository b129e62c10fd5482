import { capture } from "../../kit/expressions/expression.ts";
import { usualRule } from "../../kit/platforms/usual-rule.ts";
import { rate } from "../../kit/rules/amounts.ts";
import { date } from "../../kit/rules/date.ts";
import { identifier } from "../../kit/rules/identifier.ts";
import { list } from "../../kit/rules/list.ts";
import { perimeters } from "../../kit/rules/perimeters.ts";
import { terms } from "../../kit/rules/terms.ts";
import { text } from "../../kit/rules/texts.ts";
import { factsOf } from "../../model/aid/field-table.ts";
import { type Evidence, evidence } from "../../model/survey/evidence.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { shareOf } from "../profile/field-values.ts";
import type { Match } from "./assign-fields.ts";
import { organisationsRule } from "./organisations-rule.ts";
import type { Way } from "./proposal.ts";
import { recurrenceRule } from "./propose-derived-fields.ts";
import { wayOfTerritory } from "./territory-way.ts";

/** Date formats for a field without a value. */
const usualFormats = ["iso", "dd/MM/yyyy"];
/** Date formats with a time. */
const usualTimes = ["iso", "dd/MM/yyyy HH:mm"];
const usualTerritories = {
  written: "name" as const,
  scales: ["region" as const, "department" as const, "country" as const, "epci" as const, "commune" as const],
};

/** Returns the rule that fills an aid field from a field of the feed. The values of the feed determine its options. */
export function ruleFor(match: Match, feed: FeedAnalysis): Way {
  const { field, profile, certainty } = match;
  const { rule, evidence: found } = madeRule(match, feed);
  return { rule, certainty, from: [profile.path], evidence: [...matchEvidence(match, field), ...found] };
}

function matchEvidence({ name, fit, profile }: Match, field: OwnField): Evidence[] {
  if (profile.kind === "empty") return [evidence("name-only", { path: profile.path, field })];
  if (name > 0) return [evidence("name-known", { path: profile.path, field })];
  return [evidence("values-fit", { path: profile.path, share: Math.round(fit * 100) })];
}

const months = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre";
/** Pattern of "31 mars 2027" in a sentence. */
export const frenchDay = `(\\d{1,2}(?:er)?\\s(?:${months})\\s\\d{4})`;
/** Share of the texts that must contain a day. Others say "toute l'année". */
const minDays = 0.3;

/** Returns true if a field says days in a few words: "avant le 31 mars 2027". */
function saysDay(path: string, feed: FeedAnalysis): boolean {
  const pattern = new RegExp(frenchDay, "su");
  return shareOf(feed.texts(path), (text) => text.length <= maxDayText && pattern.test(text)) >= minDays;
}

const maxDayText = 80;

type MadeRule = Pick<Way, "rule" | "evidence">;

function madeRule({ field, profile }: Match, feed: FeedAnalysis): MadeRule {
  const { path } = profile;
  if (field === "externalId") return { rule: identifier(path), evidence: [] };
  if (field === "recurrence") {
    // A person who says that a date tells the recurrence means: an aid with a deadline is a single call.
    const derived = feed.dates(path) !== null || saysDay(path, feed) ? recurrenceRule(feed, [path]) : null;
    return derived === null ? termsRule(profile, feed, field) : { rule: derived.rule, evidence: [] };
  }
  const facts = factsOf(field);
  switch (facts.kind) {
    case "date": {
      const written = feed.dates(path);
      if (written === null && saysDay(path, feed)) return { rule: date(capture(path, frenchDay), ["french"]), evidence: [] };
      return { rule: date(path, [...(written?.formats ?? usualFormats)]), evidence: written?.evidence ?? [] };
    }
    case "term":
    case "licence":
    case "terms":
      return termsRule(profile, feed, field as VocabularyName);
    case "list":
      return { rule: list(feed.listOf(profile)), evidence: listEvidence(profile, feed) };
    case "organisations":
      return organisationsRule(profile, feed);
    case "places":
      return territoriesRule(profile, feed);
    case "percent":
      return { rule: rate(path, { bound: facts.bound }), evidence: [] };
    default:
      return { rule: usualRule(field, path, { days: usualFormats, hours: usualTimes, prose: text }), evidence: [] };
  }
}

function termsRule(profile: FieldProfile, feed: FeedAnalysis, vocabulary: VocabularyName): MadeRule {
  const labels = feed.labels(profile, vocabulary);
  const known = labels.filter(({ isKnown }) => isKnown).length;
  return {
    rule: terms(feed.listOf(profile), vocabulary),
    evidence: [...(labels.length === 0 ? [] : [evidence("terms-known", { known, of: labels.length })]), ...listEvidence(profile, feed)],
  };
}

function territoriesRule(profile: FieldProfile, feed: FeedAnalysis): MadeRule {
  if (profile.kind === "empty") return { rule: perimeters(profile.path, usualTerritories), evidence: [] };
  const way = wayOfTerritory(profile, feed);
  if (way === null) return { rule: perimeters(profile.path, { written: "terms" }), evidence: [] };
  const { of, written, scales, share } = way;
  return {
    rule: perimeters(of, { written, ...(scales !== undefined && { scales }) }),
    evidence: [
      evidence("values-fit", { path: profile.path, share: Math.round(share * 100) }),
      ...(of.kind === "split" ? [evidence("separated", { separator: of.separator })] : []),
    ],
  };
}

function listEvidence(profile: FieldProfile, feed: FeedAnalysis): Evidence[] {
  const list = feed.listOf(profile);
  if (list.kind === "split") return [evidence("separated", { separator: list.separator })];
  return list.kind === "json" ? [evidence("json-in-cell")] : [];
}
