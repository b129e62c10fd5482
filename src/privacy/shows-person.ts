import { type FoundEmail, findEmails } from "./find-emails.ts";
import { findPhones } from "./find-phones.ts";
import type { NameToken } from "./name-tokens.ts";
import { roles } from "./name-vocabulary.ts";

/** Distance within which a number or address belongs to the name before it, in characters. */
const near = 80;

const label =
  /(?:contacts?|r[ée]f[ée]rente?s?|interlocut(?:eur|rice)s?|responsables?|correspondante?s?|renseignements?|charg[ée]e?s? d[eu’'][\p{L} ’'-]{2,50}|personnes? (?:à contacter|ressource|référente)|(?:chef|cheffe|directeur|directrice|gestionnaire|instruct(?:eur|rice)|animat(?:eur|rice)|conseill(?:er|ère)|coordinat(?:eur|rice)|secr[ée]taire|pr[ée]sidente?|assistante?|technicien(?:ne)?)[\p{L} ’'/()-]{0,50}|nom(?: et pr[ée]nom)?)\s*[:–—-]\s*$/iu;
const verb =
  /(?:contacter|contactez|joindre|auprès de|s['’]adresser à|adressez-vous à|suivi par|instruit par|animé par|à l['’]attention de)\s+$/iu;

/** Returns true if the name has a line of its own. */
export function isOwnLine(text: string, start: number, end: number): boolean {
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /^[\s•*·–-]*$/.test(before) && /^[ \t\u00a0,;:]*(?:\n|$)/.test(text.slice(end));
}

/** "Contact : Claire Dupont", "contacter Claire Dupont". */
export function isLabelled(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 90), start);
  return label.test(before) || verb.test(before);
}

/** "Claire Dupont, chargée de mission". */
export function isRole(next: NameToken | undefined): boolean {
  return next !== undefined && (roles.has(next.folded) || roles.has(next.folded.replace(/s$/, ""))) && /^\s*[,(–—:/-]?\s*$/.test(next.gap);
}

/** Finds an address made of the name anywhere near, or any number or address right after it, on its line or the next. */
export function hasOwnAddress(text: string, end: number, heads: readonly NameToken[], emails: readonly FoundEmail[]): boolean {
  const lines = text
    .slice(end, end + near)
    .split("\n")
    .filter((line) => line.trim() !== "");
  const behind = lines.slice(0, 2).join("\n");
  if (findEmails(behind).length > 0 || findPhones(behind).length > 0) return true;
  const parts = heads.map(({ folded }) => folded.replace(/[^a-z]/g, ""));
  return emails.some(({ local }) => {
    const letters = local.replace(/[^a-z]/g, "");
    return parts.every((part) => letters.includes(part));
  });
}
