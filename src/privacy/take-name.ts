import { firstNames } from "./first-names.ts";
import { goesOn, type NameToken } from "./name-tokens.ts";
import { civilities, namesakes, notNames, particles, roles } from "./name-vocabulary.ts";

/** Words of the longest name, particles among them. */
const longest = 6;

/** True where a word, or the first part of one with hyphens, is a first name. */
export function isFirstName({ folded, style }: NameToken): boolean {
  return style !== "small" && (firstNames.has(folded) || firstNames.has(folded.split("-")[0] ?? ""));
}

/** True for words that can be a part of a name: with a capital, and none of those that organisations and headings are made of. */
export function canBeName({ folded, style }: NameToken): boolean {
  if (style === "small") return false;
  const bare = folded.replace(/^[dl]'/, "");
  if (bare !== "m" && civilities.has(bare)) return false;
  return !notNames.has(bare) && !roles.has(bare) && !namesakes.has(bare);
}

/**
 * Where a name that begins with this word ends: the place of its last word; null where none begins here. After a first name and a surname only what is written
 * as the surname is, or linked to it, goes on: "Claire DUPONT LE GOFF", "Marie Claude Dupont", not "Claire Dupont Habitat".
 */
export function takeName(tokens: readonly NameToken[], first: number): number | null {
  let last: number | null = null;
  let surnames = 0;
  for (let at = first; at < first + longest; at++) {
    const token = tokens[at];
    const before = at > first ? tokens[at - 1] : undefined;
    if (token === undefined || (before !== undefined && !goesOn(token, before))) break;
    if (isLink(token, tokens[at + 1], at === first)) continue;
    // A particle that leads to no name: "Monsieur Le Maire".
    if (particles.has(token.folded) && token.style !== "initial") break;
    const isLinked = before !== undefined && particles.has(before.folded);
    if (!(canBeName(token) || (isLinked && canBeLinked(token)))) break;
    const isGiven = isFirstName(token);
    const surname = tokens[last ?? at];
    // "Karin BERNARD" with a first name that we do not know.
    const isSurname = token.style === "capitals" && (surname?.style === "capitals" || surnames === 1);
    if (surnames > 0 && !isLinked && !isSurname) {
      // "DUPONT Claire": the first name ends it.
      if (isGiven && surname?.style === "capitals") last = at;
      break;
    }
    if (surnames > 0 || (!isGiven && token.style !== "initial")) surnames++;
    last = at;
  }
  return last;
}

/** "Anne de La Tour": behind a particle, what houses and streets are called is a name too. */
function canBeLinked({ folded, style }: NameToken): boolean {
  return style !== "small" && !notNames.has(folded) && !roles.has(folded);
}

/** A particle with a name behind it. "la" and "le" begin none: "Madame la Présidente". */
function isLink(token: NameToken, next: NameToken | undefined, isFirst: boolean): boolean {
  if (!particles.has(token.folded) || !goesOn(next, token) || next === undefined) return false;
  if (isFirst && token.style === "small" && ["la", "le", "les", "l"].includes(token.folded)) return false;
  return canBeName(next) || particles.has(next.folded) || (!isFirst && canBeLinked(next));
}
