import { characterCount, limits } from "./aid.ts";
import titleNouns from "./title-nouns.json" with { type: "json" };

/** Result of checking a title by the team's rule: an infinitive verb first ("Rénover une école"), and at most 180 characters. */
export interface TitleRule {
  readonly characters: number;
  readonly isShort: boolean;
  readonly beginsWithVerb: boolean;
}

/** Checks a title. A person decides, because the check of the verb is sometimes wrong. */
export function titleRule(title: string): TitleRule {
  const characters = characterCount(title.trim());
  return { characters, isShort: characters <= limits.nameToPublish, beginsWithVerb: beginsWithVerb(title) };
}

/** Words in -re and -oir are nouns ("Offre", "Territoire"), except these verbs and their derivatives. */
const irregular =
  /(?:^(?:faire|dire|lire|vivre|[eê]tre|boire|croire|vouloir|valoir)|(?:re|satis|dé)faire|(?:dis|ex|abs|sous)traire|(?:re|inter|contre)dire|élire|[dn]uire|truire|crire|cuire|suivre|[ae]ndre|ondre|ordre|perdre|mettre|battre|vaincre|rompre|clure|[aeo]indre|soudre|aître|croître|[^t]evoir|(?:pré|re|entre|pour|mou)voir|seoir)$/;

/** Nouns with a verb's ending that occur at the beginning of titles. */
const nouns: ReadonlySet<string> = new Set(titleNouns);

function beginsWithVerb(title: string): boolean {
  const begins = title
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("’", "'")
    .trim()
    // "Ne pas gaspiller", "Mieux trier", "Se former", "S'équiper".
    .replace(/^(?:(?:ne pas|mieux|bien|se) )?(?:s'|y )?/, "");
  const word = /^[\p{L}-]+/u.exec(begins)?.[0] ?? "";
  if (word.length < 3 || nouns.has(word)) return false;
  return /(?:er|[^o]ir)$/.test(word) || irregular.test(word);
}
