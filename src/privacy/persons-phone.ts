import type { FoundPhone } from "../kit/values/text/find-phones.ts";
import type { Stretch } from "./readable-view.ts";

interface PhonePlace {
  readonly text: string;
  /** Names and personal addresses in the text. */
  readonly people: readonly Stretch[];
  readonly phones: readonly FoundPhone[];
  /** The number before it in the text. */
  readonly before: FoundPhone | undefined;
}

const notPhone = /(?:siren|siret|rna|naf|ape|iban|bic|tva|finess|dossier|référence|réf)[^\p{L}\n]{0,12}$/iu;
/** Labels of numbers that nobody owns. */
const desk = "standard|accueil|secr[ée]tariat|num[ée]ro vert|permanence";
const ofDesk = new RegExp(`(?<!\\p{L})(?:${desk})[^\\n,;–—]{0,40}$`, "iu");
/** "Secrétariat de Mme Dupont": the number is the desk's. */
const ofBoss = /^\p{L}+\s+(?:de|du|d['’])\s*(?:M\.|Mme|Mlle|Madame|Monsieur|Me)?\s*$/u;
const deskAfter = new RegExp(`^[ \\u00a0]?[,(–-]{0,2}[ \\u00a0]?(?:le )?(?:${desk})(?![\\p{L}.@_-])`, "iu");
const ofService = new RegExp(
  `(?<!\\p{L})(?:${desk}|services?|direction|mairie|bureau|p[ôo]le|r[ée]gion|d[ée]partement|conseil|chambre|agence|mission|d[ée]l[ée]gation|communaut[ée]|cci|ddt|ddtm|dreal|draaf|drac|office|syndicat|pr[ée]fecture|maison|espace|guichet|cellule|unit[ée]|gal|antenne|site|si[èe]ge|ademe|petr)(?!\\p{L})`,
  "iu",
);
/** The text before a number that has a line of its own: nothing, or a label. */
const bareLine =
  /^[\s•*·/,;:–-]*(?:(?:t[ée]l(?:[ée]phone)?|t|fixe|ligne directe|port(?:able)?|mob(?:ile)?|fax|☎️?)\.?[ \u00a0]*:?[ \u00a0]*)?(?:[\d .+()/-]{9,40}[/,;–-][ \u00a0]*)?$/iu;
/** A person right after a number: "04 00 00 00 00 (Mme Dupont)". */
const directly = /^[ \u00a0]*[(:–—-]?[ \u00a0]*(?:M\.|Mme|Madame|Monsieur|Mlle)?[ \u00a0]*$/u;
/** A service, or another way, between a number and a person. */
const alternative = new RegExp(`${ofService.source}|(?<!\\p{L})(?:ou|et)(?!\\p{L})`, "iu");
/** Number of lines between a person and a number of theirs, without the postal address: profession and service. */
const maxLines = 4;
/** Maximum number of lines between them, in all. */
const maxLinesInAll = 20;
const longestLine = 300;
const postal = /^\d|(?<!\p{L})(?:rue|route|avenue|boulevard|place|BP|CS|cedex)(?!\p{L})|(?<!\d)\d\d ?\d{3}(?!\d)/iu;

/** A number in an address of a page is a date: "/2022/07/20220703_note.pdf". */
const longestLink = 300;
const inLink = /(?:https?:|www\.)\S*$/i;

/** Returns true if a number is a person's: mobile, or of the nearest owner on its line, right after it, or on the lines before. */
export function isPersonsPhone(phone: FoundPhone, { text, people, phones, before }: PhonePlace): boolean {
  const { start, end, normalised } = phone;
  if (/\d[ \u00a0\u202f.-]?$/.test(text.slice(Math.max(0, start - 2), start)) && (before === undefined || start - before.end > 3))
    return false;
  if (normalised.startsWith("+338") || notPhone.test(text.slice(Math.max(0, start - 60), start))) return false;
  if (inLink.test(text.slice(Math.max(0, start - longestLink), start))) return false;
  if (isMobile(normalised)) return true;
  const line = text.lastIndexOf("\n", start - 1) + 1;
  if (deskAfter.test(text.slice(end, end + 30))) return false;
  const owner = ownerBefore(phone, line, { text, people, phones });
  if (owner !== null) return owner === "person";
  const next = people.find((person) => person.start >= end);
  if (next !== undefined && directly.test(text.slice(end, next.start))) return true;
  // "Tél. 04 … / Mél. prenom.nom@…": no service is on the line.
  const lineEnd = text.indexOf("\n", end);
  if (next !== undefined && (lineEnd === -1 || next.start < lineEnd) && !alternative.test(text.slice(end, next.start))) return true;
  if (!bareLine.test(text.slice(line, start))) return false;
  return followsPerson(text, line, people) || isBeforeAddress(text, phone, line, next);
}

/** Returns true if only a personal address is on the next line, and no service on the line before. */
function isBeforeAddress(text: string, { end }: Stretch, line: number, next: Stretch | undefined): boolean {
  const lineBefore =
    text
      .slice(Math.max(0, line - longestLine), line)
      .trimEnd()
      .split("\n")
      .at(-1) ?? "";
  return next !== undefined && /^[.,;]?\s*$/.test(text.slice(end, next.start)) && !ofService.test(lineBefore);
}

/** "Claire vous répond au guichet": the number is the desk's. */
const greets = /\svous\s/;

function isOfDesk(between: string): boolean {
  return greets.test(between) && ofService.test(between);
}

/** Returns who is nearest before a number on its line, or null. A number or an address in between belongs to the owner before it. */
function ownerBefore(
  { start }: FoundPhone,
  line: number,
  { text, people, phones }: Omit<PhonePlace, "before">,
): "person" | "service" | null {
  const desk = line + text.slice(line, start).search(ofDesk);
  if (desk >= line) {
    const isPersons = people.some((one) => one.end <= start && one.start > desk && !ofBoss.test(text.slice(desk, one.start)));
    return isPersons ? "person" : "service";
  }
  let from = line;
  from = Math.max(from, text.slice(line, start).search(/[;.!?](?=\s)[^;]*$/u) + line);
  for (const other of phones) if (other.start >= line && other.end < start) from = other.end;
  const owners = people.filter((one) => one.start >= line && one.end <= start && !isOfDesk(text.slice(one.end, start)));
  if (owners.some((one) => one.start >= from)) return "person";
  if (ofService.test(text.slice(from, start))) return "service";
  if (owners.length > 0) return "person";
  return ofService.test(text.slice(line, from)) ? "service" : null;
}

/** Returns true if one of the lines before names a person, unless a line in between is about a desk. */
function followsPerson(text: string, line: number, people: readonly Stretch[]): boolean {
  let end = line - 1;
  for (let [count, all] = [0, 0]; count < maxLines && all < maxLinesInAll && end > 0; all++) {
    const start = text.lastIndexOf("\n", end - 1) + 1;
    const written = text.slice(start, end).trim();
    if (people.some((one) => one.start < end && one.end > start)) return true;
    if (ofDesk.test(written)) return false;
    if (written !== "" && !postal.test(written)) count++;
    end = start - 1;
  }
  return false;
}

/** Returns true for a mobile number in E.164. */
export function isMobile(normalised: string): boolean {
  return /^\+(?:33[67]|262(?:69[23]|639)|59069[01]|594694|59669[67]|687[7-9]|6898[79])/.test(normalised);
}
