import { firstNames } from "./first-names.ts";
import { foldWord, nameWords } from "./fold-name.ts";
import { mailboxWords } from "./name-vocabulary.ts";

/** Every French surname contains one of these letters. */
const vowel = /[aeiouy]/;

/**
 * Returns true for an address that belongs to no single person, by its local part: `contact`, `aides.culture`, `drac.bretagne`. A
 * person's: `prenom.nom`, `p.nom`, `pnom` if `surnames` has the name, a first name alone.
 */
export function isMailbox(local: string, surnames: ReadonlySet<string> = new Set()): boolean {
  const parts = nameWords(local).map(({ folded }) => folded);
  const [first = ""] = parts;
  if (parts.some((part) => mailboxWords.has(part))) return true;
  if (parts.some((part) => firstNames.has(part))) return false;
  if (parts.length === 1) return !knowsSurname(first, surnames);
  if (parts.some((part) => surnames.has(part))) return false;
  const [, second = ""] = parts;
  if (parts.length === 2 && first.length <= 2) return second.length < 3 || !vowel.test(second);
  // "mlo-nantes": a single hyphen joins a place and a service more often than two names.
  return parts.length > 3 || !/[._]/.test(local) || parts.some((part) => part.length < 3 || !vowel.test(part));
}

/** `cdupont`, `dupontc`, `dupont` with the surname Dupont. */
function knowsSurname(word: string, surnames: ReadonlySet<string>): boolean {
  for (const surname of surnames) {
    if (surname.length < 3) continue;
    const folded = foldWord(surname);
    if (word === folded || (word.length <= folded.length + 2 && (word.endsWith(folded) || word.startsWith(folded)))) return true;
  }
  return false;
}
