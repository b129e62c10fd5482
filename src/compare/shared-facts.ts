import type { MatchReason } from "../model/plan/plan.ts";
import { compareTitles, significantWords, type TitleLikeness } from "./compare-titles.ts";
import type { Likeness } from "./likeness.ts";
import { type Known, type SharedFacts, sameTitle } from "./likeness-rules.ts";
import { sketchOverlap } from "./text-sketch.ts";

/** Facts that may be unique to an aid, with their bits in `own`. */
export const ownKinds = { importId: 1, link: 2, title: 4, text: 8, titleAndDate: 16, whole: 32 } as const;

/**
 * Minimum number of significant words in a specific title. A title with one ("Fonds tourisme") is usual. A title without any ("Appel à
 * projets") proves nothing.
 */
const minSignificantWords = 2;

/** Maximum extension of a deadline. Recurring calls return after half a year or a year. */
const extensionDays = 92;
/** Minimum share of common word runs in similar texts. */
const similarFrom = 0.5;
/** Texts with a lower share of common word runs are different. */
const otherBelow = 0.125;

/** Compares the facts of two aids. `own` contains the bits of the facts that no other aid on either side has. */
export function sharedFacts(a: Likeness, b: Likeness, own: number, linksIdentify: boolean): SharedFacts {
  const is = (kind: keyof typeof ownKinds) => (own & ownKinds[kind]) !== 0;
  const text = comparedTexts(a, b);
  const financer = known(a.financers, b.financers, isSameFinancer);
  const territory = comparedTerritories(a, b);
  return {
    importId: is("importId") ? "own" : "none",
    whole: is("whole") ? "own" : "none",
    link: comparedLinks(a, b, is("link"), linksIdentify),
    title: comparedTitles(a, b, is("title")),
    titleAndDate: is("titleAndDate") ? "own" : "none",
    dates: comparedDates(a, b),
    text: text === "same" && is("text") ? "own" : text,
    financer,
    territory,
    place: financer === "other" || territory === "other" ? "other" : financer === "same" ? "same" : territory,
  };
}

/** Returns the facts in favour of a match. */
export function reasonsOf(facts: SharedFacts): MatchReason[] {
  const holds: Readonly<Record<MatchReason, boolean>> = {
    "same-import-id": facts.importId === "own",
    "same-link": facts.link !== "none" && facts.link !== "another",
    "same-title": sameTitle.some((likeness) => likeness === facts.title),
    "similar-title": facts.title === "similar" || facts.title === "variant",
    "same-dates": facts.dates === "same",
    "same-text": facts.text === "own" || facts.text === "same",
    "similar-text": facts.text === "similar",
    "same-territory": facts.territory === "same",
    "same-financer": facts.financer === "same",
  };
  return (Object.keys(holds) as MatchReason[]).filter((reason) => holds[reason]);
}

function comparedLinks(a: Likeness, b: Likeness, isOwn: boolean, linksIdentify: boolean): SharedFacts["link"] {
  if (isOwn) return linksIdentify ? "identifying" : "own";
  if (a.links.some((link) => b.links.includes(link))) return "shared";
  return linksIdentify && a.links.length > 0 && b.links.length > 0 ? "another" : "none";
}

const titleOrder: readonly TitleLikeness[] = ["similar", "variant", "edition"];

/** Compares the two most similar titles. */
function comparedTitles(a: Likeness, b: Likeness, isOwn: boolean): SharedFacts["title"] {
  const same = a.titles.filter((title) => b.titles.includes(title));
  if (same.length > 0) {
    const significant = Math.max(...same.map((title) => significantWords(title).length));
    if (significant >= minSignificantWords) return isOwn ? "own" : "same";
    return isOwn && significant > 0 ? "usual" : "general";
  }
  const found = new Set(a.titles.flatMap((title) => b.titles.map((other) => compareTitles(title, other))));
  return titleOrder.find((likeness) => found.has(likeness)) ?? "other";
}

function comparedDates(a: Likeness, b: Likeness): SharedFacts["dates"] {
  if (a.submissionDeadline !== null && b.submissionDeadline !== null) {
    if (a.submissionDeadline === b.submissionDeadline) return "same";
    const days = Math.abs(Date.parse(a.submissionDeadline) - Date.parse(b.submissionDeadline)) / 86_400_000;
    return days <= extensionDays ? "moved" : "other";
  }
  if (a.submissionDeadline !== null || b.submissionDeadline !== null) return "unknown";
  return a.startDate !== null && a.startDate === b.startDate ? "same" : "unknown";
}

function comparedTexts(a: Likeness, b: Likeness): "same" | "similar" | "other" | "unknown" {
  if (a.textHash !== null && a.textHash === b.textHash) return "same";
  const overlap = sketchOverlap(a.textSketch, b.textSketch);
  if (overlap === null) return "unknown";
  if (overlap >= similarFrom) return "similar";
  return overlap < otherBelow ? "other" : "unknown";
}

/** Compares territories. Returns `unknown` if their scales differ, because one may contain the other. */
function comparedTerritories(a: Likeness, b: Likeness): Known {
  const scales = new Set(a.perimeters.map(scaleOf));
  const met = known(a.perimeters, b.perimeters, (one, other) => one === other);
  return met === "other" && !b.perimeters.some((perimeter) => scales.has(scaleOf(perimeter))) ? "unknown" : met;
}

function scaleOf(perimeter: string): string {
  return perimeter.slice(0, perimeter.indexOf(":"));
}

/** Returns true if one name contains the significant words of the other: "ADEME" and "Agence de la transition écologique (ADEME)". */
function isSameFinancer(a: string, b: string): boolean {
  if (a === b) return true;
  const left = new Set(significantWords(a));
  const right = new Set(significantWords(b));
  return left.size > 0 && right.size > 0 && ([...left].every((word) => right.has(word)) || [...right].every((word) => left.has(word)));
}

function known(a: readonly string[], b: readonly string[], same: (one: string, other: string) => boolean): Known {
  if (a.length === 0 || b.length === 0) return "unknown";
  return a.some((one) => b.some((other) => same(one, other))) ? "same" : "other";
}
