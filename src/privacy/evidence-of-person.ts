import { type FoundEmail, findEmails } from "../kit/values/text/find-emails.ts";
import { findPhones } from "../kit/values/text/find-phones.ts";
import { nameWords } from "./fold-name.ts";
import type { NameToken } from "./name-tokens.ts";
import { roles } from "./name-vocabulary.ts";
import { isMobile } from "./persons-phone.ts";
import type { Stretch } from "./readable-view.ts";

/** Labels before a person's name that are no professions: "Contact : Claire Dupont". */
const label =
  /(?:contacts?|renseignements?|suivi(?: du dossier)?|laur[ée]ate?s?(?: \d{4})?|photo(?:s|graph(?:e|ie))?|cr[ée]dits?(?: photos?)?|textes?|illustrations?|dessins?|auteure?|témoignages?(?: de)?|charg[ée]e?s? d[eu’'][\p{L} ’'-]{2,50}|personnes? (?:à contacter|ressource|référente)|nom(?: et pr[ée]nom)?)\s*[:–—-]\s*$/iu;
/** The words of a line before a colon or a dash. */
const heading = /(?:^|[\n\t;|•:,(]|\.\s)([^\n\t;|•:]{3,80}?)\s*[:–—-]\s*$/u;
/** Verbs before a person to whom one writes or speaks: "contacter Claire Dupont". */
const requestVerb =
  /(?:contacter|contactez|joindre|joignez|demande[rz]|appele[rz]|[ée]cri(?:re|vez) à|voir(?: avec)?|interview de|©|auprès de|s['’]adresser à|adressez-vous à|(?:suivi|instruit|animé|présidé|rédigé|dirigé)e?s? par|à l['’]attention de)\s+$/iu;
/** Verbs of speech before their subject: "explique Claire Dupont". */
const speechVerb =
  /(?<!\p{L})(?:explique|souligne|témoigne|déclare|raconte|précise|affirme|confie|se réjouit|conclut|indique|ajoute|selon|rappelle|estime|résume|sourit)\s+$/iu;
const act = /^\s+(?:est (?:votre|l['’])|vous (?:répond|accompagne|re[çc]oi|accueille|conseille))/u;
/** Longest label or verb, with the blanks around it. */
const longestLabel = 90;
const longestVerb = 25;
/** Maximum number of characters between a name and its number or address. */
const near = 80;

/** Returns true for a folded profession, also in the plural. */
export function isRoleWord(folded: string): boolean {
  return roles.has(folded) || roles.has(folded.replace(/s$/, ""));
}

/** Returns true after a label, a profession with a colon, or a verb: "Élu référent : Claire Dupont", "contacter Claire Dupont". */
export function isLabelled(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - longestLabel), start);
  if (requestVerb.test(before.slice(-longestVerb))) return true;
  if (!/[:–—-]\s*$/u.test(before)) return false;
  return label.test(before) || nameWords(heading.exec(before)?.[1] ?? "").some(({ folded }) => isRoleWord(folded));
}

/** Returns true after a verb of speech: "explique Claire Dupont". */
export function isSpeaker(text: string, start: number): boolean {
  return speechVerb.test(text.slice(Math.max(0, start - 20), start));
}

/** Returns true before the act of a contact: "Claire Dupont vous accompagne", "Claire Dupont est votre interlocutrice". */
export function isActing(text: string, end: number): boolean {
  return act.test(text.slice(end, end + 25));
}

/** Returns true for a profession after a name: "Claire Dupont, chargée de mission". */
export function isRole(next: Pick<NameToken, "folded" | "gap"> | undefined): boolean {
  return next !== undefined && isRoleWord(next.folded) && /^\s*[,(–—:/-]?\s*$/.test(next.gap);
}

/** Returns true if the name has a line of its own. */
export function isOwnLine(text: string, start: number, end: number): boolean {
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /(?:^|\t)[\s•*·–-]*$/.test(before) && /^[ \u00a0,;:]*(?:[\t\n]|$)/.test(text.slice(end, end + 20));
}

/** Returns true if the name has a cell of a table of its own. */
export function isOwnCell(text: string, start: number, end: number): boolean {
  return /\t\s*$/.test(text.slice(Math.max(0, start - 10), start)) && /^\s*\t/.test(text.slice(end, end + 10));
}

/** Returns true if the name begins its line, and only a mobile number follows. */
export function hasOwnMobile(text: string, { start, end }: Stretch): boolean {
  if (!/(?:^|\n)[\s•*·–-]*$/.test(text.slice(Math.max(0, start - 10), start))) return false;
  const behind = text.slice(end, end + near);
  const [phone] = findPhones(behind);
  return phone !== undefined && isMobile(phone.normalised) && /^[\s,:(–—-]*$/.test(behind.slice(0, phone.start));
}

/**
 * Returns true if a number or an address follows on the name's line or the next, or is right before it, or if an address of the text
 * contains the name.
 */
export function hasOwnAddress(text: string, { start, end }: Stretch, heads: readonly NameToken[], emails: readonly FoundEmail[]): boolean {
  const lines = text
    .slice(end, end + near)
    .split("\n")
    .filter((line) => line.trim() !== "");
  const behind = lines.slice(0, 2).join("\n");
  if (findEmails(behind).length > 0 || findPhones(behind).length > 0) return true;
  const before = text.slice(Math.max(0, start - near), start).replace(/[\s(,:–—-]+$/u, "");
  if (/\d$/.test(before) && findPhones(before).at(-1)?.end === before.length) return true;
  return isSpelled(heads, emails);
}

/** Returns true if an address contains the name, or an initial and the surname. */
export function isSpelled(heads: readonly NameToken[], emails: readonly FoundEmail[]): boolean {
  const parts = heads.map(({ folded }) => folded.replace(/[^a-z]/g, ""));
  return emails.some(({ local }) => {
    const letters = local.replace(/[^a-z]/g, "");
    return parts.every((part) => letters.includes(part)) || isInitialWithName(letters, parts);
  });
}

/** Returns true for `jdupont` and `dupontj` of "Jean Dupont" or "Dupont Jean". */
function isInitialWithName(letters: string, [one = "", other = ""]: readonly string[]): boolean {
  const pairs = [
    [one, other],
    [other, one],
  ] as const;
  return pairs.some(
    ([given, surname]) => given !== "" && surname.length > 2 && [given.charAt(0) + surname, surname + given.charAt(0)].includes(letters),
  );
}
