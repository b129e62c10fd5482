import { foldStretches } from "../../compare/fold-stretches.ts";
import { linkDifference } from "../../compare/link-difference.ts";
import type { Stretch } from "../../compare/stretch.ts";
import { wordDifference } from "../../compare/word-difference.ts";
import { wordsOfText } from "../../compare/words-of-text.ts";
import { counted } from "../../french/typography.ts";
import { frenchMember } from "../../french/values.ts";
import { type AidField, isEmptyValue } from "../../model/aid/aid.ts";
import { holdsHtml } from "../../model/aid/html-fields.ts";
import { plainValue } from "./plain-value.ts";

/** What lies between two values: members of a list, words of a text, or nothing that both have. */
export type Compared =
  | { readonly kind: "members"; readonly removed: readonly string[]; readonly added: readonly string[]; readonly kept: readonly string[] }
  | { readonly kind: "words"; readonly stretches: readonly Stretch[] }
  | { readonly kind: "same-words" }
  | { readonly kind: "values" };

const links: ReadonlySet<AidField> = new Set<AidField>(["originUrl", "applicationUrl", "importDataUrl"]);
/** Lines of which one is shorter are read faster as a whole. */
const shortest = 24;
/** Longer texts are not compared: a page has fifty of them. */
const longest = 200_000;
/** Words put in and taken out, together: time grows with its square, and 20 ms are enough for one of fifty. */
const mostEdits = 400;

/** How two values of a field differ. `isWhole`: nothing folded. */
export function compareValues(field: AidField, before: unknown, after: unknown, isWhole: boolean): Compared {
  if (isEmptyValue(before) || isEmptyValue(after)) return { kind: "values" };
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(field, before, after);
  if (typeof before !== "string" || typeof after !== "string") return { kind: "values" };
  const isLine = !holdsHtml(field) && Math.min(before.length, after.length) < shortest;
  if (isLine || Math.max(before.length, after.length) > longest) return { kind: "values" };
  const stretches = links.has(field) ? linkDifference(before, after, true) : textDifference(field, before, after);
  if (stretches === null) return { kind: "values" };
  if (stretches.every(({ style }) => style === "kept")) return { kind: "same-words" };
  return { kind: "words", stretches: isWhole || links.has(field) ? stretches : foldStretches(stretches, leftOut) };
}

function textDifference(field: AidField, before: string, after: string): Stretch[] | null {
  return wordDifference(wordsOfText(plainValue(field, before)), wordsOfText(plainValue(field, after)), mostEdits);
}

function leftOut(words: number): string {
  return `[… ${counted(words, "mot")} …]`;
}

function compareLists(field: AidField, before: readonly unknown[], after: readonly unknown[]): Compared {
  const had = new Set(before.map((member) => frenchMember(field, member)));
  const has = new Set(after.map((member) => frenchMember(field, member)));
  return {
    kind: "members",
    removed: [...had].filter((member) => !has.has(member)),
    added: [...has].filter((member) => !had.has(member)),
    kept: [...has].filter((member) => had.has(member)),
  };
}
