import { diffArrays } from "diff";
import { type AidField, isEmptyValue } from "../aid/aid.ts";
import { holdsHtml, kindOf } from "../aid/field-table.ts";
import { canonicalJson } from "../text/canonical.ts";
import { isDay } from "../text/is-day.ts";

/** The effect of a change on a field, without the unchanged parts of its value. Equal effects on several aids are one decision. */
export type ChangeShape =
  | { readonly kind: "filled"; readonly value: unknown }
  | { readonly kind: "emptied" }
  /** The same words, with other markup, blanks or punctuation. */
  | { readonly kind: "layout" }
  /** Members of a list, as canonical JSON. */
  | { readonly kind: "members"; readonly removed: readonly string[]; readonly added: readonly string[] }
  /** Parts of a text or link. */
  | { readonly kind: "passages"; readonly passages: readonly Passage[] }
  /** A date moved by whole years, or by one day, as an error in time zones does. */
  | { readonly kind: "shifted"; readonly unit: "year" | "day"; readonly by: number }
  | { readonly kind: "moved"; readonly to: string; readonly isLater: boolean }
  | { readonly kind: "replaced"; readonly from: unknown; readonly to: unknown };

/** A part of a text that is replaced. `removed` or `added` may be empty. `context`: the unchanged words next to a short one. */
export interface Passage {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly context?: readonly string[];
}

/** Longer texts are compared as a whole. */
const maxLength = 200_000;
/** Maximum number of inserted and removed tokens. Time grows with its square. */
const maxEdits = 300;
/** Minimum share of the characters of the shorter text that both texts contain. */
const minInCommon = 0.4;
/** A shorter change also counts its neighbours, so that « 10 % » to « 20 % » of different rates differ. */
const minOwnLength = 12;
const neighbours = 3;

/** Returns the effect of a change on a field. */
export function changeShape(field: AidField, before: unknown, after: unknown): ChangeShape {
  if (isEmptyValue(after)) return { kind: "emptied" };
  if (isEmptyValue(before)) return { kind: "filled", value: after };
  if (Array.isArray(before) && Array.isArray(after)) return membersShape(before, after);
  if (typeof before !== "string" || typeof after !== "string") return { kind: "replaced", from: before, to: after };
  if (isDay(before) && isDay(after)) return dateShape(before, after);
  if (Math.max(before.length, after.length) > maxLength) return { kind: "replaced", from: before, to: after };
  return textShape(tokensOf(field, before), tokensOf(field, after)) ?? { kind: "replaced", from: before, to: after };
}

function membersShape(before: readonly unknown[], after: readonly unknown[]): ChangeShape {
  const had = new Set(before.map((member) => canonicalJson(member)));
  const has = new Set(after.map((member) => canonicalJson(member)));
  const removed = [...had].filter((member) => !has.has(member)).sort();
  const added = [...has].filter((member) => !had.has(member)).sort();
  return removed.length + added.length === 0 ? { kind: "layout" } : { kind: "members", removed, added };
}

function dateShape(before: string, after: string): ChangeShape {
  const years = Number(after.slice(0, 4)) - Number(before.slice(0, 4));
  if (before.slice(4) === after.slice(4)) return { kind: "shifted", unit: "year", by: years };
  const days = Math.round((Date.parse(after) - Date.parse(before)) / 86_400_000);
  return Math.abs(days) === 1 ? { kind: "shifted", unit: "day", by: days } : { kind: "moved", to: after, isLater: days > 0 };
}

const tag = /^<[^>]*>$/;
/** Also signs such as « € » and « % », without which « 50 % » equals « 50 € ». */
const word = /[\p{L}\p{N}\p{S}%]/u;
const textTokens = /<[^>]*>|&\w+;|[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*|[^\s]/gu;

/** Splits a value into tags, words and punctuation, or a link into its parts. */
function tokensOf(field: AidField, value: string): string[] {
  if (kindOf(field) === "link") return value.split(/(:\/\/|[/?#&=])/).filter((part) => part !== "");
  const text = holdsHtml(field) ? value : value.replaceAll("<", "‹");
  return text.match(textTokens) ?? [];
}

/** Returns true for a token that a reader sees, or that leads somewhere: not for punctuation and plain tags. */
function isTelling(token: string): boolean {
  return tag.test(token) ? token.includes("=") : word.test(token);
}

/** Returns the changed parts, or null if the texts have too little in common. */
function textShape(before: readonly string[], after: readonly string[]): ChangeShape | null {
  if (before.filter(isTelling).join(" ") === after.filter(isTelling).join(" ")) return { kind: "layout" };
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const shorter = Math.min(before.length, after.length) - head;
  while (tail < shorter && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const parts = diffArrays(before.slice(head, before.length - tail), after.slice(head, after.length - tail), { maxEditLength: maxEdits });
  if (parts === undefined) return null;
  const removed = lengthOf(parts.filter((part) => part.removed).flatMap(({ value }) => value));
  const added = lengthOf(parts.filter((part) => part.added).flatMap(({ value }) => value));
  const kept = Math.min(lengthOf(before) - removed, lengthOf(after) - added);
  if (kept < minInCommon * Math.min(lengthOf(before), lengthOf(after))) return null;
  const passages = passagesOf(parts, { before: before.slice(0, head), after: before.slice(before.length - tail) });
  return { kind: "passages", passages };
}

function lengthOf(tokens: readonly string[]): number {
  let length = 0;
  for (const token of tokens) if (isTelling(token)) length += token.length;
  return length;
}

type Part = ReturnType<typeof diffArrays<string>>[number];

/** Joins a removal and the addition next to it. `around`: the unchanged tokens before and after all parts. */
function passagesOf(parts: readonly Part[], around: { readonly before: readonly string[]; readonly after: readonly string[] }): Passage[] {
  const passages: Passage[] = [];
  let kept: readonly string[] = around.before;
  for (let place = 0; place < parts.length; ) {
    const part = parts[place];
    if (part === undefined) break;
    if (!part.added && !part.removed) {
      kept = part.value;
      place++;
      continue;
    }
    const next = parts[place + 1];
    const isPair = next !== undefined && ((part.removed && next.added) || (part.added && next.removed));
    const both = isPair ? [part, next] : [part];
    place += both.length;
    const following = parts[place]?.value ?? around.after;
    passages.push(
      passageOf(both.find(({ removed }) => removed)?.value ?? [], both.find(({ added }) => added)?.value ?? [], kept, following),
    );
  }
  return passages;
}

/** Returns the telling tokens of a passage, and the unchanged tokens next to a short one. */
function passageOf(removed: readonly string[], added: readonly string[], kept: readonly string[], following: readonly string[]): Passage {
  const [was, is] = [slid(removed, added, kept), slid(added, removed, kept)];
  const own = { removed: was.filter(isTelling), added: is.filter(isTelling) };
  const length = lengthOf(own.removed) + lengthOf(own.added);
  if (length >= minOwnLength) return own;
  if (length === 0) return { removed: was, added: is };
  return { ...own, context: [...kept.filter(isTelling).slice(-neighbours), "…", ...following.filter(isTelling).slice(0, neighbours)] };
}

/** Moves a pure insertion or removal to the front: « La région aide. » before « La commune » may also be read as « région aide. La ». */
function slid(tokens: readonly string[], other: readonly string[], kept: readonly string[]): readonly string[] {
  if (tokens.length === 0 || other.length > 0) return tokens;
  let steps = 0;
  while (steps < kept.length && kept[kept.length - 1 - steps] === tokenBefore(tokens, steps)) steps++;
  const by = steps % tokens.length;
  return [...tokens.slice(tokens.length - by), ...tokens.slice(0, tokens.length - by)];
}

function tokenBefore(tokens: readonly string[], steps: number): string | undefined {
  return tokens[tokens.length - 1 - (steps % tokens.length)];
}
