import { goesOn, type NameToken } from "./name-tokens.ts";
import { civilities, firstNames, namesakes, notNames, particles, roles, surnameNouns } from "./name-vocabulary.ts";

/** Maximum number of words in a name, including particles. */
const longest = 6;

/** "Abdelaziz", "Abderrahim", "Abdoulaye". */
const arabicCompound = /^abd(?:el|al|ou|er|es|en)[a-z]{2,}$/;

/** Returns true for a capitalised first name. */
export function isFirstName({ folded, style }: NameToken): boolean {
  return style !== "small" && isGivenName(folded);
}

/** Returns true if a folded word, or the first part of a hyphenated one, is a first name. */
export function isGivenName(folded: string): boolean {
  if (firstNames.has(folded)) return true;
  const hyphen = folded.indexOf("-");
  return (hyphen !== -1 && firstNames.has(folded.slice(0, hyphen))) || (folded.startsWith("abd") && arabicCompound.test(folded));
}

/** Returns true for a word that may be part of a name: capitalised, and not a word of organisations or headings. */
export function canBeName({ folded, style }: NameToken): boolean {
  if (style === "small") return false;
  const bare = folded.replace(/^[dl]'/, "");
  // "MJC" is no surname.
  if ((bare !== "m" && civilities.has(bare)) || (style === "capitals" && !/[aeiouy]/.test(bare))) return false;
  return !notNames.has(bare) && !roles.has(bare) && !namesakes.has(bare);
}

/**
 * Returns the index of the last word of a name that begins at `first`, or null. After the surname, a word continues the name only if both
 * are in capitals or a particle links them: "Claire DUPONT LE GOFF", but not "Claire Dupont Habitat".
 */
export function takeName(tokens: readonly NameToken[], first: number): number | null {
  let last: number | null = null;
  let surnames = 0;
  for (let at = first; at < first + longest; at++) {
    const token = tokens[at];
    const before = at > first ? tokens[at - 1] : undefined;
    if (token === undefined || (before !== undefined && !goesOn(token, before))) break;
    if (isLink(token, tokens[at + 1], at === first)) continue;
    // "Monsieur Le Maire": the particle belongs to no name.
    if (particles.has(token.folded) && token.style !== "initial") break;
    const isLinked = before !== undefined && particles.has(before.folded);
    if (!(canBeName(token) || (isLinked && canBeLinked(token)) || isNoun(tokens, at, first))) break;
    const isGiven = isFirstName(token);
    const surname = tokens[last ?? at];
    // "Karin BERNARD": the first name may be unknown.
    const isSurname = token.style === "capitals" && (surname?.style === "capitals" || surnames === 1);
    if (surnames > 0 && !isLinked && !isSurname) {
      // "DUPONT Claire", "DUPONT C.": the first name ends the name.
      if (surname?.style === "capitals" && (isGiven || (token.style === "initial" && token.hasDot))) last = at;
      break;
    }
    if (surnames > 0 || (!isGiven && token.style !== "initial")) surnames++;
    last = at;
  }
  return last;
}

/**
 * Returns true for a surname that is a noun too, after a civility or a first name: "Mme MAIRE", "Claire Montagne", "FORÊT Claire". Never for
 * "Claire, maire de" and "Claire Maire de".
 */
function isNoun(tokens: readonly NameToken[], at: number, first: number): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (token === undefined || token.style === "small" || token.style === "initial" || !surnameNouns.has(token.folded)) return false;
  if (goesOn(next, token) && particles.has(next?.folded ?? "")) return false;
  if (
    at === first &&
    token.style === "capitals" &&
    next !== undefined &&
    next.style === "capital" &&
    isFirstName(next) &&
    goesOn(next, token)
  )
    return true;
  return before !== undefined && goesOn(token, before) && (at === first ? civilities.has(before.folded) : isFirstName(before));
}

/** Offices that are surnames even without evidence: "Claire Maire". */
export const surnamesOfOffice: ReadonlySet<string> = new Set(["maire", "prefet", "president"]);

/** Returns true for a word that may be a name after a particle, even a word of places: "Anne de La Tour". */
function canBeLinked({ folded, style }: NameToken): boolean {
  return style !== "small" && !notNames.has(folded) && !roles.has(folded);
}

/** Returns true for a particle before a name. A name cannot begin with "la" or "le": "Madame la Présidente". */
function isLink(token: NameToken, next: NameToken | undefined, isFirst: boolean): boolean {
  if (!particles.has(token.folded) || !goesOn(next, token) || next === undefined) return false;
  if (isFirst && token.style === "small" && ["la", "le", "les", "l"].includes(token.folded)) return false;
  return canBeName(next) || particles.has(next.folded) || (!isFirst && canBeLinked(next));
}
