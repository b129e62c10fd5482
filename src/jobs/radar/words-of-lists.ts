import { comparableText } from "../../model/text/comparable-text.ts";

/** Words that name lists of aids in titles, descriptions and addresses. */
const words = [
  "aides?",
  "appels? a (?:projets?|candidatures?|manifestations?)",
  "dispositifs?",
  "subventions?",
  "financements?",
  "accompagnements?",
  "fonds de concours",
];
const inText = new RegExp(`\\b(?:${words.join("|")})\\b`, "g");

/** Returns the words of a text that name aids, each once, without accents. */
export function aidWords(text: string): string[] {
  return [...new Set(comparableText(text).match(inText) ?? [])];
}
