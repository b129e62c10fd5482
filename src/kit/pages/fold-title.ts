import { foldTerm } from "../values/text/fold-term.ts";

/** Longer texts are no headings and no labels. */
export const maxTitleLength = 200;

/** Folds a heading or a label for comparison, without numbering ("2.", "b)"), bullets and final punctuation. */
export function foldTitle(text: string): string {
  return foldTerm(text)
    .replace(/^(?:(?:\d{1,2}(?:\.\d{1,2})*|[a-z])\s*[.)]\s*|[-–—•>»*\s]+)+/u, "")
    .replace(/[\s:?!.…]+$/u, "");
}

/** Returns the folded titles of each field, in the order of the definition. */
export function foldedTitles(fields: Readonly<Record<string, string | readonly string[]>>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(fields).map(([field, titles]) => [field, [titles].flat().map(foldTitle)]));
}
