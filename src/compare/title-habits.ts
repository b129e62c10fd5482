import { comparableText } from "../model/text/comparable-text.ts";

/**
 * Habits of Aides-territoires' titles. Its curators begin a title with a verb ("Financer…", "Obtenir…"), and add the programme's name at the
 * end: "Financer des études de faisabilité - FASEP", "… (Fonds chaleur)". `title-words.json` lists the verbs.
 */

/** Parts of a title that may be a programme's name: in brackets, in quotation marks, after a dash or a colon. */
const named = /\(([^()]{3,80})\)|«\s*([^«»]{3,80}?)\s*»|"([^"]{3,80})"|(?:\s[-–—]\s+|\s?:\s)(?=([^-–—:]{3,100})$)/g;

/** Returns the names of programmes in a title, in comparable form: "fasep". */
export function programmeNames(title: string): string[] {
  return [...title.matchAll(named)].map((found) => withoutArticle(comparableText(found.slice(1).find((part) => part !== undefined) ?? "")));
}

function withoutArticle(text: string): string {
  return text.replace(/^(?:l|le|la|les|un|une|du|des) /, "");
}
