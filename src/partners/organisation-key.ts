import { comparableText } from "../model/text/comparable-text.ts";

/** The same authority under the name of its council: « Conseil départemental de la Drôme » and « Département de la Drôme ». */
const councils: readonly (readonly [RegExp, string])[] = [
  [/^conseil regional\b/, "region"],
  [/^conseil (departemental|general)\b/, "departement"],
];
const articles = /\b(de la|de l|du|des|de|d|l|la|le|les)\b/g;

/**
 * Returns a key that is equal for the usual ways to write an organisation's name: without accents, case, articles and a final acronym in
 * brackets, and with councils under the name of their authority.
 */
export function organisationKey(name: string): string {
  const folded = comparableText(name.replace(/\s*\([A-Z]{2,}\)\s*$/, ""));
  const named = councils.reduce((text, [council, authority]) => text.replace(council, authority), folded);
  return named.replace(articles, " ").replace(/\s+/g, " ").trim();
}
