import { type AidField, isEmptyValue } from "../../model/aid/aid.ts";
import { holdsHtml, kindOf } from "../../model/aid/field-table.ts";
import { foldStretches, wordCount } from "../../model/compare/fold-stretches.ts";
import { linkDifference } from "../../model/compare/link-difference.ts";
import { type Stretch, stretch, type Word } from "../../model/compare/stretch.ts";
import { wordDifference, wordsOfText } from "../../model/compare/word-difference.ts";
import { readableMember, readableValue } from "./readable-value.ts";

/** One-line texts shorter than this are shown as `old → new`. */
const minLengthToCompare = 24;
/** A rewritten text with more words shows the old text above the new, with word counts. */
const manyWords = 40;
const lineBreak: Stretch = { style: "kept", words: [{ text: "\n", spaced: false }] };

/** Returns the difference of two values, by the field's type: list members, parts of a link, words, or `old → new`. `whole`: shows complete texts. */
export function fieldDifference(field: AidField, before: unknown, after: unknown, whole: boolean): Stretch[] {
  const isNeitherEmpty = !isEmptyValue(before) && !isEmptyValue(after);
  if (isNeitherEmpty && Array.isArray(before) && Array.isArray(after)) return listDifference(before, after, whole);
  if (isNeitherEmpty && typeof before === "string" && typeof after === "string") return textDifference(field, before, after, whole);
  return [...valueStretches("old", field, before, whole), stretch("kept", "→"), ...valueStretches("new", field, after, whole)];
}

/** Returns one value in a style; folds long texts unless `whole`. */
export function valueStretches(style: "shown" | "old" | "new", field: AidField, value: unknown, whole: boolean): Stretch[] {
  if (isEmptyValue(value)) return [stretch("faint", "(empty)")];
  return stretchesOf(style, wordsOfText(readableValue(field, value)), whole);
}

function stretchesOf(style: "shown" | "old" | "new", words: readonly Word[], whole: boolean): Stretch[] {
  return whole ? [{ style, words }] : foldStretches([{ style, words }]);
}

function textDifference(field: AidField, before: string, after: string, whole: boolean): Stretch[] {
  const old = wordsOfText(readableValue(field, before));
  const now = wordsOfText(readableValue(field, after));
  if (kindOf(field) === "link") return linkDifference(before, after, whole) ?? rewritten(old, now, whole);
  if (!holdsHtml(field) && Math.min(before.length, after.length) < minLengthToCompare) return rewritten(old, now, whole);
  const stretches = wordDifference(old, now);
  if (stretches === null) return rewritten(old, now, whole);
  if (stretches.every(({ style }) => style === "kept")) return [stretch("faint", "the same words, written otherwise")];
  return whole ? stretches : foldStretches(stretches);
}

function rewritten(old: readonly Word[], now: readonly Word[], whole: boolean): Stretch[] {
  const before = stretchesOf("old", old, whole);
  const after = stretchesOf("new", now, whole);
  const arrow = stretch("kept", "→");
  const [had, has] = [wordCount(old), wordCount(now)];
  if (Math.max(had, has) <= manyWords) return [...before, arrow, ...after];
  return [stretch("faint", `text rewritten: ${had} words before, ${has} after`), lineBreak, ...before, lineBreak, arrow, ...after];
}

const membersShown = 12;

/** Returns the members added and removed: `+ farmer, commune - epci`. `whole`: lists all of them. */
function listDifference(before: readonly unknown[], after: readonly unknown[], whole: boolean): Stretch[] {
  const had = before.map(readableMember);
  const has = after.map(readableMember);
  const added = has.filter((member) => !had.includes(member));
  const removed = had.filter((member) => !has.includes(member));
  if (added.length + removed.length === 0) return [stretch("faint", "the same members in another order")];
  return [...members("new", "+", added, whole), ...members("old", "-", removed, whole)];
}

function members(style: "new" | "old", sign: string, names: readonly string[], whole: boolean): Stretch[] {
  if (names.length === 0) return [];
  const shown = whole || names.length <= membersShown + 1 ? names : names.slice(0, membersShown);
  const more = names.length - shown.length;
  return [stretch(style, `${sign} ${shown.join(", ")}`), ...(more > 0 ? [stretch("faint", `and ${more} more`)] : [])];
}
