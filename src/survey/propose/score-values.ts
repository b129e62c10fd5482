import type { TermFileName } from "../../kit/rules/rule-context.ts";
import { readAmount } from "../../kit/values/money/read-amount.ts";
import { readRateText } from "../../kit/values/money/read-rate.ts";
import { type FieldKind, fieldsOfKind, kindOf } from "../../model/aid/field-table.ts";
import type { FieldProfile } from "../../model/survey/field-profile.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { shareKnown } from "../profile/feed-labels.ts";
import { shareOf } from "../profile/field-values.ts";
import { nameScore } from "../profile/match-name.ts";
import { nameWords } from "../profile/name-words.ts";
import { isEmail, isLink, isMadeByMachine, isPhone } from "../profile/single-values.ts";
import { suggestionFor } from "./suggestion-for.ts";
import { wayOfTerritory } from "./territory-way.ts";

type Fit = (profile: FieldProfile, feed: FeedAnalysis) => number;

const maxLabelLength = 160;
const labelKinds = new Set<FieldProfile["kind"]>(["line", "lines", "text", "html", "json", "markdown"]);
const picture = /image|logo|illustration|visuel|photo|picto|banner|thumbnail|vignette|icon/i;

/** Returns how well the values of a field fit one of our fields, 0 to 1. */
export function fitOf(field: OwnField, profile: FieldProfile, feed: FeedAnalysis): number {
  return (fits[field] ?? fitsOfKind[kindOf(field)] ?? asLine)(profile, feed);
}

const asLine: Fit = ({ kind, longest, isList }) =>
  isList || (kind !== "line" && kind !== "text" && kind !== "html") || longest > 300 ? 0 : 0.8;
const asTitle: Fit = ({ kind, medianLength, distinct, filled, fill, isList }) => {
  if (isList || !["line", "text", "html", "lines"].includes(kind) || medianLength < 4 || medianLength > 220) return 0;
  return (0.5 + 0.5 * Math.min(1, distinct / filled)) * Math.sqrt(fill);
};
const asShortTitle: Fit = ({ kind, longest, isList, distinct, filled, examples }) => {
  if (isList || (kind !== "line" && kind !== "html") || examples.every(isMadeByMachine)) return 0;
  return (longest <= 80 ? 0.9 : 0.4) * (0.6 + 0.4 * Math.min(1, (2 * distinct) / filled));
};
const asDay: Fit = ({ kind, datesRead, medianLength, isList }) => {
  if (kind === "date") return Math.max(0.6, datesRead) * (isList ? 0.8 : 1);
  return datesRead > 0 && medianLength <= 60 ? 0.3 + 0.5 * datesRead : 0;
};
const asLink: Fit = ({ isList, path }, feed) => {
  if (picture.test(path)) return 0;
  const texts = feed.texts(path);
  const share = shareOf(texts, isLink);
  if (share >= 0.3) return (0.3 + 0.7 * share) * (isList ? 0.5 : 1);
  return !isList && shareOf(texts, (text) => /^\/[\w-]+\/\S+$/.test(text)) >= 0.9 ? 0.5 : 0;
};
const asFlag: Fit = ({ kind, distinct, examples }) => {
  if (kind === "yes-no") return 1;
  return kind === "number" && distinct <= 2 && examples.every((example) => /^[01]$/.test(example)) ? 0.9 : 0;
};
const asOrganisation: Fit = ({ kind, medianLength, path }) => {
  if (kind === "json") return 0.7;
  if (!labelKinds.has(kind) || medianLength > maxLabelLength) return kind === "number" ? 0.3 : 0;
  return /email|mail|url|link|href|tel/i.test(path) ? 0 : 0.75;
};
const asLabels: Fit = (profile, feed) => {
  if (!areLabels(profile, feed, "financers")) return 0;
  return profile.isList || profile.separator !== null || profile.kind === "json" ? 0.85 : 0.6;
};
const asRate: Fit = ({ path, kind, medianLength }, feed) => {
  if (kind === "text" || kind === "html" || medianLength > 60) return 0;
  return shareOf(feed.texts(path), (text) => isRate(text));
};
const asMoney: Fit = ({ path, medianLength }, feed) =>
  medianLength > 60 ? 0 : shareOf(feed.texts(path), (text) => readAmount(text).kind === "amount");

function isRate(text: string): boolean {
  const reading = readRateText(text);
  return reading.kind === "rate" && (reading.upper ?? reading.lower ?? 101) <= 100;
}

/** Known labels fit well, and labels with a suggestion fit less. Unknown codes may also be labels. */
function asTerms(vocabulary: VocabularyName): Fit {
  return (profile, feed) => {
    if (!areLabels(profile, feed, vocabulary)) return 0;
    const labels = feed.labels(profile, vocabulary);
    const known = shareKnown(labels);
    const suggested = shareOf(labels, ({ label, isKnown }) => !isKnown && suggestionFor(feed.context, vocabulary, label) !== null);
    const areCodes = labels.every(({ label }) => /^[A-Z0-9_-]{2,8}$/.test(label));
    const areProse = feed.isSection(profile.path) && labels.some(({ label }) => label.length > maxSectionLabel);
    const isNamed = labels.length <= maxUnknown && !areProse && isNamedClearly(profile.path, vocabulary);
    if (known === 0 && suggested < 0.7 && !isNamed && !areCodes) return 0;
    return Math.max(0.15 + 0.85 * known + 0.35 * suggested, areCodes && profile.isList ? 0.4 : 0, isNamed ? 0.4 : 0);
  };
}

/** Maximum number of labels of a list without a known one. */
const maxUnknown = 40;
/** A section of a page with a longer label is prose if no label is known. */
const maxSectionLabel = 40;

/** Returns true for a name that is clear even if no label is known, such as "Zielgruppe". "Type" alone is not. */
function isNamedClearly(path: string, field: VocabularyName): boolean {
  if (field !== "targetedAudiences" && field !== "categories" && field !== "aidTypes") return false;
  const isVague = field === "aidTypes" && nameWords(path).length === 1;
  return nameScore(path, field) >= (isVague ? 0.9 : 0.8);
}

function areLabels(profile: FieldProfile, feed: FeedAnalysis, file: TermFileName): boolean {
  if (!labelKinds.has(profile.kind)) return false;
  const labels = feed.labels(profile, file);
  if (labels.length === 0 || shareOf(labels, ({ label }) => label.length <= maxLabelLength) < 0.9) return false;
  // Labels occur several times. A field with another value in each record contains no labels.
  return labels.length <= Math.max(12, profile.filled * 0.7);
}

const asTerritory: Fit = (profile, feed) => {
  if (profile.kind === "number") return wayOfTerritory(profile, feed) === null ? 0 : 0.8;
  if (!labelKinds.has(profile.kind)) return 0;
  const way = wayOfTerritory(profile, feed);
  return way === null ? 0 : 0.3 + 0.7 * way.share;
};

const fits: Partial<Record<OwnField, Fit>> = {
  name: asTitle,
  nameInitial: asTitle,
  shortTitle: asShortTitle,
  contactEmail: ({ path }, feed) => shareOf(feed.texts(path), isEmail),
  contactPhone: ({ path }, feed) => shareOf(feed.texts(path), isPhone),
};
const fitsOfKind: Partial<Record<FieldKind, Fit>> = {
  link: asLink,
  flag: asFlag,
  date: asDay,
  list: asLabels,
  organisations: asOrganisation,
  places: asTerritory,
  percent: asRate,
  euros: asMoney,
};
for (const field of ["recurrence" as const, ...fieldsOfKind("terms")]) fits[field] = asTerms(field);
