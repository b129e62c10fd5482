import { foldWord, nameWords } from "./fold-name.ts";
import { firstNames, mailboxWords, particles } from "./name-vocabulary.ts";

/** Every French surname contains one of these letters. */
const vowel = /[aeiouy]/;
/** Providers of personal mailboxes. */
const provider = /^(?:gmail|orange|wanadoo|free|sfr|laposte|hotmail|outlook|live|yahoo|icloud|neuf|bbox|numericable|protonmail)\./;
/** Minimum length of a word that shows a service anywhere in a local part: "plansdechets". */
const minInside = 5;
const minFirstName = 4;
/** Longer words are words of services: "directiondestransports". */
const maxName = 16;

const longWords = [...mailboxWords].filter((word) => word.length >= minInside);

/**
 * Tells from an address whose mailbox it is. `service`: the local part names a service (`contact`, `aides.culture`, `drac.bretagne`).
 * `person`: it has the form `prenom.nom` or `p.nom`, contains a first name, or one of the surnames of the text. `doubtful`: one unknown
 * word, such as `pnom` of somebody whom the text does not name.
 */
export function kindOfMailbox(
  { local, domain }: { readonly local: string; readonly domain: string },
  surnames: ReadonlySet<string> = new Set(),
): "service" | "person" | "doubtful" {
  const parts = nameWords(local)
    .map(({ folded }) => folded)
    .filter((part, at, all) => !particles.has(part) || at === 0 || at === all.length - 1);
  const [first = "", second = ""] = parts;
  if (parts.some((part) => mailboxWords.has(part))) return "service";
  if (parts.some((part) => firstNames.has(part))) return "person";
  if (parts.some((part) => knowsSurname(part, surnames))) return "person";
  const isOfService = /\d/.test(local) || longWords.some((word) => local.includes(word)) || (first.length > 3 && domain.includes(first));
  if (isOfService) return "service";
  if (parts.length === 1) {
    if (first.length < minInside || !vowel.test(first)) return "service";
    if (beginsWithFirstName(first)) return "person";
    if (first.length > maxName) return "service";
    return provider.test(domain) ? "person" : "doubtful";
  }
  if (parts.length === 2 && first.length <= 2) return second.length < 3 || !vowel.test(second) ? "service" : "person";
  // A single hyphen joins a service and a place ("mlo-nantes") more often than two names.
  if (!/[._]/.test(local) || parts.length > 3) return "service";
  return parts.some((part) => part.length < 3 || !vowel.test(part)) ? "service" : "person";
}

/** Returns true for `cdupont`, `dupontc` and `dupont` if one of the surnames is Dupont. */
function knowsSurname(word: string, surnames: ReadonlySet<string>): boolean {
  for (const surname of surnames) {
    if (surname.length < 3) continue;
    const folded = foldWord(surname).replace(/[^a-z]/g, "");
    if (word === folded || (word.length <= folded.length + 2 && (word.endsWith(folded) || word.startsWith(folded)))) return true;
  }
  return false;
}

/** Returns true for `clairedupont`. */
function beginsWithFirstName(word: string): boolean {
  for (let length = minFirstName; length <= word.length - 3; length++) if (firstNames.has(word.slice(0, length))) return true;
  return false;
}
