import type { MatchReason } from "../plan/plan.ts";
import { isPageTitle } from "../text/page-title.ts";
import { compareTitles, significantWords } from "./compare-titles.ts";
import { isSwapped } from "./contradictions.ts";
import type { Likeness } from "./likeness.ts";
import { type Known, type SharedFacts, sameTitle } from "./likeness-rules.ts";
import { sketchOverlap } from "./text-sketch.ts";

/** Facts that may be unique to an aid, with their bits in `own`. */
export const ownKinds = { link: 2, title: 4, text: 8, titleAndDate: 16, whole: 32, page: 64 } as const;

/** A title with fewer significant words is not specific: "Fonds tourisme" is usual, and "Appel à projets" proves nothing. */
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
    whole: is("whole") ? "own" : "none",
    link: comparedLinks(a, b, is("link"), linksIdentify),
    title: comparedTitles(a, b, is("title"), is("page")),
    titleAndDate: is("titleAndDate") ? "own" : "none",
    dates: comparedDates(a, b),
    text: text === "same" && is("text") ? "own" : text,
    financer,
    territory,
    amounts: known(
      a.amounts,
      b.amounts,
      (one, other) => one === other,
      (one, other) => kindOf(one) === kindOf(other),
    ),
    audience: known(a.audiences, b.audiences, (one, other) => one === other),
    place: financer === "other" || territory === "other" ? "other" : financer === "same" ? "same" : territory,
  };
}

/** Returns the facts in favour of a match. */
export function reasonsOf(facts: SharedFacts): MatchReason[] {
  const holds: Readonly<Record<Exclude<MatchReason, "same-import-id">, boolean>> = {
    "same-link": facts.link !== "none" && facts.link !== "another",
    "same-title": sameTitle.some((likeness) => likeness === facts.title),
    "similar-title": ["reworded", "similar", "variant", "named"].includes(facts.title),
    "same-dates": facts.dates === "same",
    "swapped-dates": facts.dates === "swapped",
    "same-text": facts.text === "own" || facts.text === "same",
    "similar-text": facts.text === "similar",
    "same-territory": facts.territory === "same",
    "same-financer": facts.financer === "same",
  };
  return (Object.keys(holds) as (keyof typeof holds)[]).filter((reason) => holds[reason]);
}

function comparedLinks(a: Likeness, b: Likeness, isOwn: boolean, linksIdentify: boolean): SharedFacts["link"] {
  if (isOwn) return linksIdentify ? "identifying" : "own";
  // Two pages of the source data are not compared, because all aids of a data set have the same.
  const isPage = (link: string) => link === b.sourcePage || b.links.includes(link);
  if (a.links.some(isPage) || (a.sourcePage !== null && b.links.includes(a.sourcePage))) return "shared";
  return linksIdentify && a.links.length > 0 && b.links.length > 0 ? "another" : "none";
}

const titleOrder = ["reworded", "named", "similar", "variant", "edition"] as const;

/** Compares the two most similar titles. */
function comparedTitles(a: Likeness, b: Likeness, isOwn: boolean, isOwnPage: boolean): SharedFacts["title"] {
  const same = a.titles.filter((title) => b.titles.includes(title));
  const ofPages = [...titlesOfPages(a, b), ...titlesOfPages(b, a)];
  if (same.length + ofPages.length > 0) {
    const significant = Math.max(...[...same, ...ofPages].map((title) => significantWords(title).length));
    const isUnique = same.length > 0 ? isOwn : isOwnPage;
    if (significant >= minSignificantWords) return isUnique ? "own" : "same";
    return isUnique && significant > 0 ? "usual" : "general";
  }
  const found = new Set<string>(a.titles.flatMap((title) => b.titles.map((other) => compareTitles(title, other))));
  if (found.has("similar") && a.titles.some((title) => b.titles.some((other) => isReworded(title, other)))) found.add("reworded");
  if (areNamed(a, b) || areNamed(b, a)) found.add("named");
  return titleOrder.find((likeness) => found.has(likeness)) ?? "other";
}

/** Returns true if the significant words are equal, and specific: "Aide aux manifestations littéraires", "Soutenir les manifestations littéraires". */
function isReworded(a: string, b: string): boolean {
  const [left, right] = [significantWords(a).sort(), significantWords(b).sort()];
  return left.length >= minSignificantWords && left.join(" ") === right.join(" ");
}

/** Returns the titles of an aid that are in the address of the other one's page at Aides-territoires. */
function titlesOfPages(a: Likeness, b: Likeness): string[] {
  return a.titles.filter((title) => b.pageTitles.some((pageTitle) => isPageTitle(title, pageTitle)));
}

/** Returns true if a programme in the titles of one aid is in those of the other, or is its whole title: "… - FASEP" and "FASEP". */
function areNamed({ programmes }: Likeness, { titles, programmes: others }: Likeness): boolean {
  const names = [...titles, ...others].map((title) => significantWords(title).join(" "));
  return programmes.some((programme) => {
    const words = significantWords(programme).join(" ");
    return words !== "" && names.includes(words);
  });
}

function comparedDates(a: Likeness, b: Likeness): SharedFacts["dates"] {
  if (a.submissionDeadline !== null && b.submissionDeadline !== null) {
    if (a.submissionDeadline === b.submissionDeadline) return "same";
    if (isSwapped(a.submissionDeadline, b.submissionDeadline)) return "swapped";
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

/** `isComparable`: the values are of the same kind. Returns `unknown` if none are. */
function known(
  a: readonly string[],
  b: readonly string[],
  same: (one: string, other: string) => boolean,
  isComparable: (one: string, other: string) => boolean = () => true,
): Known {
  const pairs = a.flatMap((one) => b.filter((other) => isComparable(one, other)).map((other) => [one, other] as const));
  if (pairs.length === 0) return "unknown";
  return pairs.some(([one, other]) => same(one, other)) ? "same" : "other";
}

function kindOf(amount: string): string {
  return amount.slice(0, amount.indexOf(":"));
}
