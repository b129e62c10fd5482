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
/** Words that are a mailbox alone: "cabinet". */
const wholeWords: ReadonlySet<string> = new Set([
  ...[...notNames, ...namesakes, ...roles].filter((word) => !surnameNouns.has(word)),
  ..."alertes antigaspi bus cimetiere compta covoiturage creche creches cycles droits elections etatcivil famille familles fibre intendance laureats ludotheque natation newsletter nuisances patrimoines permis piscine planning postulez presidence radio reclamations recours referents replay reservation reservations retraites risque risques sciences secours sinistres tri urgence urgences visites webinaire webinaires zan".split(
    " ",
  ),
]);
/** Endings of words of services that surnames lack. */
const serviceEnding = /^.{3,}(?:tions?|ements|ismes?|ites|iques|logie|graphie|theque)$/;
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
  if (parts.some((part) => !mailboxWords.has(part) && isInitialWithNoun(part))) return "doubtful";
  if (parts.some((part) => mailboxWords.has(part) || (namesakes.has(part) && !surnameNouns.has(part)))) return "service";
  if (parts.length === 1 && (wholeWords.has(first) || serviceEnding.test(first))) return "service";
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
function holdsFirstName(local: string): boolean {
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
  const isNoun = (noun: string) => noun.length > 4 && surnameNouns.has(noun);
  const rest = word.slice(1);
  return (
    isNoun(rest) ||
    [rest, word.slice(0, -1)].some((one) => /^(?:le|la|du|des?)\p{L}/u.test(one) && isNoun(one.replace(/^(?:le|la|dela|du|des?)/, "")))
  );
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
  "aap|aides?|ami|appels?|avance|bourse|cheque|concours|contrat|convention|dispositif|fonds?|garantie|guichet|label|mesure|mission|operation|outil|pacte|pass|plan|parcours|plateforme|pret|prime|prix|programme|projets?|reseau|tremplin|trophees?";
const beginsAid = new RegExp(`^(?:${aidWords})(?=\\p{L}{3})`, "u");

/** Words before the name of an aid that the text mentions: "le Plan Vert", "programme « Advenir »". */
const beforeAid = `(?:(?<!\\p{L})(?:${aidWords})\\s(?:(?:de|du|la|le|des)\\s|[dl][’'])*[«"“]?\\s?|[«"“]\\s?)`;
const article = "(?:(?<!\\p{L})(?:le|la|du|au)\\s|(?<!\\p{L})l[’'])";

/** The texts that may name an aid. */
interface AidMentions {
  readonly namesOfAid: string;
  readonly foldedText: string;
  readonly text: string;
}

/** What shows that the name before it is no person's: "Emma, plateforme de la Région". */
const afterName = `\\s?[,(–:-]\\s?(?:l[’']|la |le |une? |votre |notre )?(?:${aidWords}|agence|assistante?|logiciel|service)(?!\\p{L})`;

/** Returns true if a text contains a word in capitals, and no name with it: "EMMA (entreprises et mobilités)". */
function isAcronym(letters: string, text: string): boolean {
  if (!/\p{Lu}{3}/u.test(text)) return false;
  const unaccented = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return new RegExp(`(?<![\\p{L}-]|\\p{Lu}\\p{L}*\\s)${letters.toUpperCase()}(?![\\p{L}-]|\\s+\\p{Lu})`, "u").test(unaccented);
}

/** Returns true if a local part is a name of the aid, its programme or its funder, or an aid that the text names: `planvert`, `advenir`. */
export function namesAid({ local }: Pick<Mailbox, "local">, { namesOfAid, foldedText, text }: AidMentions): boolean {
  const words = nameWords(local).map(({ folded }) => folded);
  const letters = words.join("");
  const isFirstName = words.some((word) => firstNames.has(word) || beginsWithFirstName(word));
  if (letters.length < 4 || (isFirstName && words.length > 1)) return false;
  const name = [...letters].join("[ .’'-]?");
  const isIn = (where: string, prefix: string) =>
    new RegExp(`${prefix}${name}(?!\\p{L}|\\s?(?:@|[([]\\s?(?:at?|@)|arobase))`, "u").test(where);
  if (isIn(foldWord(namesOfAid), "(?<!\\p{L})") || isIn(foldedText, beforeAid)) return true;
  if (new RegExp(`(?<!\\p{L})${name}${afterName}`, "u").test(foldedText) || isAcronym(letters, text)) return true;
  return !isFirstName && isIn(foldedText, beginsAid.test(letters) ? "(?<!\\p{L})" : article);
}
