import { nameWords } from "./fold-name.ts";
import type { ForgottenPeople } from "./forgotten-people.ts";
import { maxNameWords } from "./person.ts";
import { erased, withoutPeople } from "./without-forgotten.ts";

/** Maximum length of a text that may be part of a name, in characters. */
const maxPartLength = 60;
/** Maximum number of members to combine. A record with more of them is not a form. */
const maxParts = 200;

interface NamePart {
  readonly key: string | number;
  readonly words: readonly string[];
}

/**
 * Removes the people from a record or any JSON value: from texts, from names of members, and from pairs of members that contain first name
 * and surname. Returns the same object if it names nobody. A text that is only a link to one of them becomes null.
 */
export function forgetIn(value: unknown, people: ForgottenPeople): unknown {
  if (people.isEmpty) return value;
  if (typeof value === "string") return inText(value, people);
  if (value === null || typeof value !== "object") return value;
  return Array.isArray(value) ? inList(value, people) : inObject(value as Readonly<Record<string, unknown>>, people);
}

function inText(text: string, people: ForgottenPeople): string | null {
  const left = withoutPeople(text, people);
  return left === "" && text !== "" ? null : left;
}

function inList(list: readonly unknown[], people: ForgottenPeople): readonly unknown[] {
  const members = list.map((member) => forgetIn(member, people));
  const parts = members.flatMap((member, key) => partOf(key, member));
  for (const [first, second] of pairs(parts, people)) {
    members[Number(first)] = withText(members[Number(first)], erased);
    members[Number(second)] = withText(members[Number(second)], "");
  }
  return members.some((member, at) => member !== list[at]) ? members : list;
}

function inObject(object: Readonly<Record<string, unknown>>, people: ForgottenPeople): Readonly<Record<string, unknown>> {
  const left: Record<string, unknown> = {};
  let isSame = true;
  for (const [key, member] of Object.entries(object)) {
    const newKey = withoutPeople(key, people);
    const newMember = forgetIn(member, people);
    if (newKey !== key || newMember !== member) isSame = false;
    left[newKey] = newMember;
  }
  const parts = Object.entries(left).flatMap(([key, member]) => partOf(key, member));
  for (const [first, second] of pairs(parts, people)) {
    isSame = false;
    left[first] = withText(left[first], erased);
    left[second] = withText(left[second], "");
  }
  return isSame ? object : left;
}

/** Returns a member as part of a name if its text, or the text of its XML element, is a few words. */
function partOf(key: string | number, member: unknown): NamePart[] {
  const text = textOf(member);
  if (text === null || text.length > maxPartLength || /\d/.test(text) || text === erased) return [];
  const words = nameWords(text).map(({ folded }) => folded);
  return words.length > 0 && words.length < maxNameWords ? [{ key, words }] : [];
}

/** Lists pairs of members that together are a name. Each member occurs at most once. */
function pairs(parts: readonly NamePart[], people: ForgottenPeople): [string | number, string | number][] {
  if (parts.length > maxParts) return [];
  const found: [string | number, string | number][] = [];
  const taken = new Set<string | number>();
  for (const [at, first] of parts.entries()) {
    const second = parts.slice(at + 1).find(({ key, words }) => !taken.has(key) && people.isName([...first.words, ...words]));
    if (second === undefined || taken.has(first.key)) continue;
    taken.add(first.key).add(second.key);
    found.push([first.key, second.key]);
  }
  return found;
}

function textOf(member: unknown): string | null {
  if (typeof member === "string") return member;
  const inner = member !== null && typeof member === "object" && "#text" in member ? member["#text"] : null;
  return typeof inner === "string" ? inner : null;
}

function withText(member: unknown, text: string): unknown {
  return typeof member === "string" ? text : { ...(member as object), "#text": text };
}
