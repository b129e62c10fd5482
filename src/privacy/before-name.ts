import { isRoleWord } from "./evidence-of-person.ts";
import { goesOn, type NameToken } from "./name-tokens.ts";
import { civilities, namesakes, particles, ranks, shortCivilities, titles } from "./name-vocabulary.ts";
import { isFirstName } from "./take-name.ts";

/** Number of words before a name that may show that it names a street or a prize. */
const wordsBefore = 5;
/** Maximum number of words between a civility and the name of the person in office: "M. le Préfet de la région Exemple, Jean Dupont". */
const officeWords = 8;
/** The gap before a word that begins a line. */
const ownLine = /(?:^|\n)\s*$/;
/** Civilities that are words too, or too short to be sure in small letters. */
export const onlyCapital: ReadonlySet<string> = new Set(["m", "mm", "mr", "me", "ms", "pr", "dr", "maitre"]);
/** "Maître Restaurateur", "Maître d’Œuvre". */
const trades = /^(?:[dl]'.*|artisan|composteur|restaurateur|nageur|ouvrage|chien|mot)$/;
/** Ranks follow an article, or begin a clause: not in "Conseil Général Meuse". */
const articles: ReadonlySet<string> = new Set(["le", "la", "du", "au", "par", "et", "excellence"]);
const plural: ReadonlySet<string> = new Set(["mm", "mmes", "mlles", "messieurs", "mesdames"]);
/** "Saint Martin d’Exemple" is a place. */
const saints: ReadonlySet<string> = new Set(["saint", "sainte", "st", "ste"]);
const legalForms: ReadonlySet<string> = new Set("earl eurl gaec sarl sas sasu scea scic scop snc".split(" "));
/** Adjectives and purposes of places that are named after people. */
const ofPlaces =
  /(?:ale?|elle?|if|ive|ique|aire|oire|icole|prive|privee)s?$|^(?:activites|congres|danse|jeunes|loisirs|musique|quartier|recherche|retraite|sante|services|soins|solidarites)$/;
/** Maximum number of words between "MM." and the last name of its list. */
const listWords = 8;

/** Returns true after a civility or a rank: "Mme Dupont", "le capitaine Dupont". */
export function followsCivility(tokens: readonly NameToken[], at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (before === undefined || token === undefined) return false;
  const isCivility = civilities.has(before.folded) && (before.style !== "small" || !onlyCapital.has(before.folded));
  if (!isCivility) return token.style !== "small" && ranks.has(before.folded) && goesOn(token, before) && isRank(tokens, at - 1);
  if (!goesOn(token, before) && !(ownLine.test(before.gap) && /^\.?\s*\n\s*$/.test(token.gap) && isFirstName(token))) return false;
  // "5 M. Euros" means millions, and "M" alone may be a size.
  if (before.folded === "m") return (before.hasDot || token.style !== "initial") && !/\d\s*$/.test(before.gap);
  if (before.folded === "ms") return before.text === "Ms";
  if (before.folded === "maitre") return !trades.test(token.folded);
  return before.folded !== "me" || (before.text === "Me" && !/^[dl]'/.test(token.folded));
}

function isRank(tokens: readonly NameToken[], at: number): boolean {
  const [before, rank] = [tokens[at - 1], tokens[at]];
  return rank !== undefined && (before === undefined || !goesOn(rank, before) || articles.has(before.folded));
}

/** Returns true for the second and later surnames after a civility in the plural: "MM. Durand et Dupont". */
export function isInList(tokens: readonly NameToken[], at: number): boolean {
  if (tokens[at - 1]?.folded !== "et" && !/[,/&]/.test(tokens[at]?.gap ?? "")) return false;
  for (let back = at - 1; back >= Math.max(0, at - listWords); back--) {
    const [word, after] = [tokens[back], tokens[back + 1]];
    if (word === undefined || after === undefined || !/^[.,/& \t\u00a0\u202f]{1,4}$/.test(after.gap)) return false;
    if (plural.has(word.folded) && word.style !== "small") return goesOn(after, word);
    if (word.style === "small" && word.folded !== "et" && !particles.has(word.folded)) return false;
  }
  return false;
}

/** Returns true after a person's office with a civility: "Mme la Maire Claire Dupont". */
export function followsOffice(tokens: readonly NameToken[], at: number): boolean {
  const gaps = tokens[at]?.gap ?? "";
  if (!/^,?[ \t\u00a0\u202f]{1,3}$/.test(gaps) || tokens[at]?.style === "small") return false;
  for (let back = at - 1, office = false; back >= Math.max(0, at - officeWords); back--) {
    const [word, after] = [tokens[back], tokens[back + 1]];
    if (word === undefined || (back < at - 1 && !goesOn(after, word))) return false;
    office ||= isRoleWord(word.folded);
    if (office && civilities.has(word.folded)) return true;
    // Right before the name, the office is enough: "la présidente Claire Dupont".
    if (back === at - 1 && office && word.style === "small") return true;
  }
  return false;
}

/** Returns true for the name of a street, a school or a prize: "rue du Général Leclerc", "Prix Marie Curie". */
export function isNamesake(tokens: readonly NameToken[], at: number): boolean {
  for (let back = at - 1; back >= Math.max(0, at - wordsBefore); back--) {
    const [word, after] = [tokens[back], tokens[back + 1]];
    if (word === undefined || after === undefined || !/^\.?[ \t\u00a0\u202f«"“]{1,4}$/.test(after.gap)) return false;
    const bare = word.folded.replace(/^[dl]'/, "");
    if (saints.has(bare) && word.style !== "small") return true;
    if (namesakes.has(bare) || legalForms.has(bare)) return true;
    if (isOfPlace(tokens, back, at)) continue;
    if (!particles.has(bare) && !titles.has(bare) && !ranks.has(bare)) return false;
  }
  return false;
}

/** Returns true for a word between a namesake and a name: "Maison du Rhône Marie Curie", "lycée agricole Marie Curie", "Fondation Marie et Pierre Curie". */
function isOfPlace(tokens: readonly NameToken[], back: number, at: number): boolean {
  const [before, word] = [tokens[back - 1], tokens[back]];
  if (before === undefined || word === undefined) return false;
  if (isFirstName(word)) return tokens[back + 1]?.folded === "et";
  if (ofPlaces.test(word.folded)) return true;
  return back === at - 1 && word.style === "capital" && particles.has(before.folded);
}

/** Returns true for "dispositif de Mme Claire Dupont", and false for "place Madame de Staël", which is only a place. */
export function refersToPerson(tokens: readonly NameToken[], at: number): boolean {
  const [particle, before, token] = [tokens[at - 2], tokens[at - 1], tokens[at]];
  if (before === undefined || token === undefined || !followsCivility(tokens, at)) return false;
  if (before.folded === "me" || before.folded === "maitre") return true;
  return shortCivilities.has(before.folded) && (isFirstName(token) || particle?.folded === "de");
}
