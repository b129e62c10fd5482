import { roles } from "./name-vocabulary.ts";

/** Labels before a person's name: "Contact : Claire Dupont". */
export const labels =
  /(?:contacts?|r[ée]f[ée]rente?s?|interlocut(?:eur|rice)s?|responsables?|correspondante?s?|renseignements?|suivi(?: du dossier)?|laur[ée]ate?s?(?: \d{4})?|photograph(?:e|ie)|auteure?|témoignage de|charg[ée]e?s? d[eu’'][\p{L} ’'-]{2,50}|personnes? (?:à contacter|ressource|référente)|(?:chef|cheffe|directeur|directrice|gestionnaire|instruct(?:eur|rice)|animat(?:eur|rice)|conseill(?:er|ère)|coordinat(?:eur|rice)|secr[ée]taire|pr[ée]sidente?|assistante?|technicien(?:ne)?)[\p{L} ’'/()-]{0,50}|nom(?: et pr[ée]nom)?)/iu;

/** Verbs before a person to whom one writes or speaks: "contacter Claire Dupont". */
export const requestVerbs =
  /(?:contacter|contactez|joindre|auprès de|s['’]adresser à|adressez-vous à|suivi par|instruit par|animé par|à l['’]attention de)/iu;

/** Verbs of speech before their subject: "explique Claire Dupont". */
export const speechVerbs =
  /(?<!\p{L})(?:explique|souligne|témoigne|déclare|raconte|précise|affirme|confie|se réjouit|conclut|indique|ajoute|selon)/iu;

/** Returns true for a folded profession, also in the plural. */
export function isRoleWord(folded: string): boolean {
  return roles.has(folded) || roles.has(folded.replace(/s$/, ""));
}
