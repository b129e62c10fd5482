import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { allTexts } from "./field-values.ts";
import type { Survey } from "./survey.ts";

/** Frequent words of one language that do not occur in the others. */
const smallWords = {
  fr: /\b(?:les|des|une|pour|est|dans|du)\b/g,
  en: /\b(?:the|and|of|for|with|is|are)\b/g,
  es: /\b(?:los|las|una|para|del|con|y)\b/g,
  de: /\b(?:der|die|und|das|fur|mit|ist)\b/g,
};
const recordsRead = 200;

/** Returns the language with the most frequent small words; French by default. */
export function languageOf({ fields, records }: Pick<Survey, "fields" | "records">): keyof typeof smallWords {
  const paths = fields
    .filter(({ kind, medianLength }) => ["html", "markdown", "lines", "text"].includes(kind) || medianLength > 60)
    .map(({ path }) => path);
  const text = foldTerm(
    paths
      .flatMap((path) => allTexts(records.slice(0, recordsRead), path))
      .join(" ")
      .slice(0, 400_000),
  );
  const counts = Object.entries(smallWords).map(([language, words]) => ({
    language: language as keyof typeof smallWords,
    count: text.match(words)?.length ?? 0,
  }));
  return counts.reduce((best, other) => (other.count > best.count ? other : best)).language;
}
