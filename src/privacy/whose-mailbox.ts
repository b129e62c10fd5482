import { foldWord, nameWords } from "./fold-name.ts";
import { firstNames, mailboxWords, namesakes, notNames, particles, roles, surnameNouns } from "./name-vocabulary.ts";

/** Whose mailbox it is. `doubtful`: one unknown word, such as `pnom` of somebody whom the text does not name. */
export type MailboxOwner = "service" | "person" | "doubtful";

interface Mailbox {
  /** Lower case. */
  readonly local: string;
  readonly domain: string;
}

/** Every French surname contains one of these letters. */
const vowel = /[aeiouy]/;
const provider = /^(?:gmail|orange|wanadoo|free|sfr|laposte|hotmail|outlook|live|yahoo|icloud|neuf|bbox|numericable|protonmail)\./;
/** Minimum length of a word that shows a service anywhere in a local part: "plansdechets". */
const minInside = 5;
const minFirstName = 4;
/** Longer words are words of services: "directiondestransports". */
const maxName = 16;
/** Words before a first name that is a place: "lycee.jean-moulin", "mairie.saint-florent". */
const places: ReadonlySet<string> = new Set([...namesakes, "cc", "commune", "mairie", "saint", "sainte", "st", "ste", "ville"]);
const longWords = [...mailboxWords].filter((word) => word.length >= minInside);
const stems: ReadonlySet<string> = new Set(longWords.map((word) => word.slice(0, minInside + 1)));

/**
 * Tells from an address whose mailbox it is. `person`: it contains a first name, an initial with a name, or one of the surnames of the text,
 * even beside words of a service, or it has the form `prenom.nom`. `service`: other words of services (`contact`, `drac.bretagne`).
 */
export function ownerOfMailbox({ local, domain }: Mailbox, surnames: ReadonlySet<string>): MailboxOwner {
  const parts = partsOf(local);
  const [first = "", second = ""] = parts;
  if (holdsFirstName(local) || hasInitial(parts, local)) return "person";
  if (parts.some((part) => !mailboxWords.has(part) && knowsSurname(part, surnames))) return "person";
  if (parts.some((part) => mailboxWords.has(part))) return "service";
  if (parts.length === 1 && isInitialWithNoun(first)) return "doubtful";
  if (/\d/.test(local) || namesService(local) || (first.length > 3 && domain.includes(first))) return "service";
  if (parts.length === 1) {
    if (first.length < minInside || !vowel.test(first)) return "service";
    if (first.length > maxName) return "service";
    return provider.test(domain) ? "person" : "doubtful";
  }
  if (parts.length === 2 && first.length <= 2) return second.length < 3 || !vowel.test(second) ? "service" : "person";
  // A single hyphen joins a service and a place ("mlo-nantes") more often than two names.
  if (!/[._]/.test(local) || parts.length > 3) return "service";
  return parts.some((part) => part.length < 3 || !vowel.test(part)) ? "service" : "person";
}

/** Returns the folded words of a local part, without particles inside. */
function partsOf(local: string): string[] {
  const words = nameWords(local).map(({ folded }) => folded);
  return words.filter((part, at, all) => !particles.has(part) || at === 0 || at === all.length - 1);
}

/** Returns true if a word is a first name, or begins with one (`clairedupont`), unless it is that of a place. */
export function holdsFirstName(local: string): boolean {
  return partsOf(local).some((part, at, all) => {
    if (places.has(all[at - 1] ?? "")) return false;
    return firstNames.has(part) || (beginsWithFirstName(part) && !mailboxWords.has(part) && !namesService(part) && !isInflected(part));
  });
}

function namesService(local: string): boolean {
  return longWords.some((word) => local.includes(word));
}

/** Returns true for an inflected word of services: "territoriaux". */
function isInflected(word: string): boolean {
  return word.length > minInside && stems.has(word.slice(0, minInside + 1));
}

/** Returns true for an initial beside a name: `j.dupont.ddt`, `j.vigne`, `dupont.j`. */
function hasInitial(parts: readonly string[], local: string): boolean {
  if (/\d[._-]?\p{L}/u.test(local)) return false;
  const [first = "", second = ""] = parts;
  if (parts.length === 2 && second.length === 1 && canBeSurname(first)) return true;
  return parts.some((part, at) => part.length === 1 && canBeSurname(parts[at + 1] ?? ""));
}

function canBeSurname(word: string): boolean {
  if (word.length < 3 || !vowel.test(word)) return false;
  return surnameNouns.has(word) || !(mailboxWords.has(word) || notNames.has(word) || namesakes.has(word) || roles.has(word));
}

/** Returns true for `jvigne` and `jlegrand`. */
function isInitialWithNoun(word: string): boolean {
  const noun = word.slice(1);
  return noun.length > 3 && (surnameNouns.has(noun) || surnameNouns.has(noun.replace(/^(?:le|la|du|de|des|dela)(?=\p{L}{3})/u, "")));
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

/** Words that begin the name of an aid. */
const aidWords =
  "aap|aides?|ami|appels?|avance|bourse|cheque|concours|contrat|convention|dispositif|fonds?|garantie|guichet|label|mesure|operation|pacte|pass|plan|plateforme|pret|prime|prix|programme|projets?|reseau|tremplin|trophees?";
const beginsAid = new RegExp(`^(?:${aidWords})(?=\\p{L}{3})`, "u");

/** Words before the name of an aid that the text mentions: "le Plan Vert", "programme « Advenir »". */
const beforeAid = `(?:(?<!\\p{L})(?:${aidWords})\\s(?:(?:de|du|la|le|des)\\s|[dl][’'])*[«"“]?\\s?|[«"“]\\s?)`;
const article = "(?:(?<!\\p{L})(?:le|la|du|au)\\s|(?<!\\p{L})l[’'])";

/** The texts that may name an aid. */
interface AidMentions {
  readonly namesOfAid: string;
  readonly foldedText: string;
}

/** Returns true if a local part is a name of the aid, its programme or its funder, or an aid that the text names: `planvert`, `advenir`. */
export function namesAid({ local }: Pick<Mailbox, "local">, { namesOfAid, foldedText }: AidMentions): boolean {
  const words = nameWords(local).map(({ folded }) => folded);
  const letters = words.join("");
  const isFirstName = words.some((word) => firstNames.has(word) || beginsWithFirstName(word));
  if (letters.length < 4 || (isFirstName && words.length > 1)) return false;
  const name = [...letters].join("[ .’'-]?");
  const isIn = (where: string, prefix: string) =>
    new RegExp(`${prefix}${name}(?!\\p{L}|\\s?(?:@|[([]\\s?(?:at?|@)|arobase))`, "u").test(where);
  if (isIn(foldWord(namesOfAid), "(?<!\\p{L})") || isIn(foldedText, beforeAid)) return true;
  return !isFirstName && isIn(foldedText, beginsAid.test(letters) ? "(?<!\\p{L})" : article);
}
