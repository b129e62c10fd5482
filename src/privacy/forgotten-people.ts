import { findEmails } from "../kit/values/text/find-emails.ts";
import { findPhones } from "../kit/values/text/find-phones.ts";
import { foldName, type NameWord, nameWords } from "./fold-name.ts";
import { maxNameWords, type Person } from "./person.ts";
import { digestOf, type PersonTrace, tracesUnder, wordMark } from "./person-trace.ts";
import type { Stretch } from "./readable-view.ts";

/** Searches texts for the forgotten people. */
export interface ForgottenPeople {
  /** Nobody was forgotten, so no text needs to be searched. */
  readonly isEmpty: boolean;
  /** Number of traces that were made with an unknown key and cannot be used. */
  readonly unreadable: number;
  /** Returns the places in a readable text that name one of them, in order, without overlaps. */
  findIn(text: string): readonly Stretch[];
  /** Returns true if these words, in any order, are the name of one of them. */
  isName(words: readonly string[]): boolean;
}

/** Maximum number of characters between two words of a name: anything but digits, even the end of a cell. */
const maxBetween = 4;
/** Maximum number of words whose marks are cached. */
const maxKept = 200_000;

/** Returns the search for the people of these traces. `keys`: the keys the traces were made with. */
export function forgottenPeople(traces: readonly PersonTrace[], keys: readonly string[]): ForgottenPeople {
  const groups = keys.map((key) => ({ key, own: tracesUnder(key, traces) })).filter(({ own }) => own.length > 0);
  const searches = groups.map(({ key, own }) => searchUnder(key, own));
  return {
    isEmpty: groups.length === 0,
    unreadable: groups.reduce((left, { own }) => left - own.length, traces.length),
    findIn: (text) => apart(searches.flatMap(({ findIn }) => findIn(text))),
    isName: (words) => searches.some(({ isName }) => isName(words)),
  };
}

/** Returns the search for the people whose traces were all made with one key. */
function searchUnder(key: string, own: readonly PersonTrace[]): Pick<ForgottenPeople, "findIn" | "isName"> {
  const digests = new Set(own.map(({ trace }) => trace.split(".").at(-1) ?? ""));
  const names = new Set(own.filter(({ kind }) => kind === "name").map(({ trace }) => Number.parseInt(trace.split(".")[1] ?? "", 16)));
  const kinds = new Set(own.map(({ kind }) => kind));
  const isKnown = (kind: Person["kind"], normalised: string) => kinds.has(kind) && digests.has(digestOf(kind, normalised, key));
  const marks = new Map<string, number>();
  const markOf = (word: string) => {
    const known = marks.get(word);
    if (known !== undefined) return known;
    const mark = wordMark(word, key);
    if (marks.size >= maxKept) marks.clear();
    marks.set(word, mark);
    return mark;
  };
  const isName = (words: readonly string[]) => {
    if (words.length < 2 || words.length > maxNameWords) return false;
    const mark = words.reduce((sum, word) => (sum + markOf(word)) >>> 0, 0);
    return names.has(mark) && isKnown("name", foldName(words));
  };

  function findNames(text: string): Stretch[] {
    const found: Stretch[] = [];
    const words = nameWords(text);
    const marked = words.map(({ folded }) => markOf(folded));
    const goesOn = words.map(({ start }, at) => at > 0 && isBetween(text, words[at - 1]?.end ?? 0, start));
    for (let first = 0; first < words.length; first++) {
      let longest = 0;
      let sum = marked[first] ?? 0;
      for (let last = first + 1; last < first + maxNameWords && goesOn[last] === true; last++) {
        sum = (sum + (marked[last] ?? 0)) >>> 0;
        if (!names.has(sum) || !isName(words.slice(first, last + 1).map(({ folded }) => folded))) continue;
        if (!isListed(words, first, last, text)) longest = last;
      }
      if (longest === 0) continue;
      found.push({ start: words[first]?.start ?? 0, end: words[longest]?.end ?? 0 });
      first = longest;
    }
    return found;
  }

  function findIn(text: string): Stretch[] {
    const emails = findEmails(text).filter(({ normalised, local }) => isKnown("email", normalised) || isName(wordsOf(local)));
    const phones = kinds.has("phone") ? findPhones(text).filter(({ normalised }) => isKnown("phone", normalised)) : [];
    const named = names.size > 0 ? findNames(text) : [];
    return [...emails, ...phones, ...named].map(({ start, end }) => ({ start, end }));
  }

  return { findIn, isName };
}

/** Returns true if the words are the end of one name and the beginning of the next: "Dupont, Claire" in "Anne Dupont, Claire Durand". */
function isListed(words: readonly NameWord[], first: number, last: number, text: string): boolean {
  const gap = (at: number) => text.slice(words[at - 1]?.end ?? 0, words[at]?.start ?? 0);
  const isNextTo = (at: number) => /^[ \u00a0-]$/.test(gap(at)) && /^\p{Lu}/u.test(text.slice(words[at]?.start, words[at]?.end));
  const isBroken = words.slice(first + 1, last + 1).some((_, place) => /[^\s\u00a0'’‐‑-]|\n/.test(gap(first + 1 + place)));
  if (!isBroken || first === 0 || last + 1 >= words.length) return false;
  const before = text.slice(words[first - 1]?.start, words[first - 1]?.end);
  return isNextTo(last + 1) && isNextTo(first) && /^\p{Lu}/u.test(before);
}

function isBetween(text: string, start: number, end: number): boolean {
  if (end - start > maxBetween) return false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) return false;
  }
  return true;
}

function wordsOf(local: string): string[] {
  return nameWords(local).map(({ folded }) => folded);
}

/** Sorts stretches and merges those that overlap. */
function apart(stretches: Stretch[]): Stretch[] {
  const sorted = stretches.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Stretch[] = [];
  for (const stretch of sorted) {
    const last = kept.at(-1);
    if (last === undefined || stretch.start >= last.end) kept.push(stretch);
    else if (stretch.end > last.end) kept[kept.length - 1] = { start: last.start, end: stretch.end };
  }
  return kept;
}
