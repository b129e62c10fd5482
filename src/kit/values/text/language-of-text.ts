import { foldTerm } from "./fold-term.ts";

/** Frequent words of each language. A word of two languages is in both lists, so that it decides nothing between them. */
const smallWords = {
  fr: /\b(?:les|des|une|pour|est|dans|du|de|la|le|un|et|aux|au|sur|par|avec|en|ou|vos|votre|ses|leurs?|qui)\b|\b[dlnsjmtcq]u?'(?=\w)/g,
  en: /\b(?:the|and|of|for|with|is|are|to|in|by|from|through|its|their|into|at|as|or|between|towards?|within|under)\b/g,
  es: /\b(?:los|las|una|para|del|con|y|el|por|de|la|en|un)\b/g,
  de: /\b(?:der|die|und|das|fur|mit|ist|des)\b/g,
};

/** A language that `languageOfText` recognises. */
export type TextLanguage = keyof typeof smallWords;

/** Returns the language whose small words are most frequent in a text or in HTML; French on a tie, null without any such word. */
export function languageOfText(text: string): TextLanguage | null {
  const folded = foldTerm(text.replace(/<[^>]*>|https?:\S+/g, " "));
  const [first] = Object.entries(smallWords)
    .map(([language, words]) => ({ language: language as TextLanguage, count: folded.match(words)?.length ?? 0 }))
    .sort((a, b) => b.count - a.count);
  return first === undefined || first.count === 0 ? null : first.language;
}

/** Length of the beginning of a text that decides its language. */
const maxRead = 4000;

/**
 * Returns the `lang` of an aid's text on a French page, or undefined for French. The words of the text decide, because people translate
 * some of an aid's texts. A short title may not have enough words: then the language of the aid decides. `declared`: that language.
 */
export function foreignLanguageOf(text: string, declared?: string | null): string | undefined {
  const language = languageOfText(text.slice(0, maxRead)) ?? declared ?? "fr";
  return language === "fr" ? undefined : language;
}
