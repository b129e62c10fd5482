import { cleanCharacters } from "../text/clean-characters.ts";
import { foldTerm } from "../text/fold-term.ts";
import { decodeEntitiesOnce } from "./decode-entities.ts";
import { isInlineTag } from "./markup-tags.ts";

/** A text for searching: folded and without markup. */
interface Searchable {
  readonly folded: string;
  /** Position of each folded character in the original text. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const piece = /<!--[^<>]*>|<\/?([a-z][a-z\d]*)\b[^<>]*>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});|[^<&]+|[<&]/gi;
const leadingColon = /^((?:\s|&nbsp;|<\/[a-z][^<>]*>)*)[:：]\s*/i;

/** A part of a text, and the headings that were not found. */
export interface Section {
  readonly text: string;
  readonly missing: readonly string[];
}

/**
 * Returns the part of a text (plain or HTML) between two headings, without the headings. Headings match folded, as whole words, whatever
 * tags are in or around them. The first occurrence of `from` counts, and the first `to` after it. Without `to`, or if `to` is not found,
 * the part goes to the end. If `from` is not found, the part is empty. Tags may be cut; `cleanHtml` repairs them.
 */
export function cutSection(text: string, between: { readonly from?: string; readonly to?: string }): Section {
  const searchable = searchableOf(text);
  const missing: string[] = [];
  let start = 0;
  let searchFrom = 0;
  if (between.from !== undefined) {
    const found = find(searchable, between.from, 0);
    if (found === null) return { text: "", missing: [between.from] };
    start = searchable.ends[found.last] ?? text.length;
    searchFrom = found.last + 1;
  }
  let end = text.length;
  if (between.to !== undefined) {
    const found = find(searchable, between.to, searchFrom);
    if (found === null) missing.push(between.to);
    else end = searchable.starts[found.first] ?? text.length;
  }
  const part = text.slice(start, end);
  return { text: between.from === undefined ? part : part.replace(leadingColon, "$1"), missing };
}

function searchableOf(text: string): Searchable {
  const folded: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let last = "";
  const add = (shown: string, start: number, end: number) => {
    if (shown === " " && last === " ") return;
    for (let index = 0; index < shown.length; index++) {
      folded.push(shown.charAt(index));
      starts.push(start);
      ends.push(end);
    }
    if (shown !== "") last = shown;
  };
  for (const match of text.matchAll(piece)) {
    const [written, tag] = match;
    const start = match.index;
    const end = start + written.length;
    if (written.length > 1 && written.startsWith("<")) {
      if (tag !== undefined && !isInlineTag(tag.toLowerCase())) add(" ", start, end);
    } else if (written.length > 1 && written.startsWith("&")) {
      for (const character of cleanCharacters(decodeEntitiesOnce(written))) add(foldCharacter(character), start, end);
    } else {
      let place = start;
      for (const character of written) {
        add(foldCharacter(character), place, place + character.length);
        place += character.length;
      }
    }
  }
  return { folded: folded.join(""), starts, ends };
}

const foldedAscii: readonly string[] = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return character.trim() === "" ? " " : foldTerm(character);
});

function foldCharacter(character: string): string {
  const ascii = foldedAscii[character.charCodeAt(0)];
  if (ascii !== undefined) return ascii;
  return character.trim() === "" ? " " : foldTerm(character);
}

function find({ folded }: Searchable, heading: string, from: number): { first: number; last: number } | null {
  const wanted = foldTerm(heading);
  if (wanted === "") return null;
  for (let first = folded.indexOf(wanted, from); first >= 0; first = folded.indexOf(wanted, first + 1)) {
    const last = first + wanted.length - 1;
    if (!isInsideWord(folded, first) && !isInsideWord(folded, last + 1)) return { first, last };
  }
  return null;
}

/** Returns true if letters or digits are on both sides of the position. */
function isInsideWord(text: string, place: number): boolean {
  return /^[\p{L}\p{N}]{2}$/u.test(text.slice(Math.max(0, place - 1), place + 1));
}
