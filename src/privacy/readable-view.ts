import { decodeEntitiesOnce } from "../kit/values/html/decode-entities.ts";

/** A part of a text, from `start` up to, but not including, `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The visible text of HTML, without tags, with decoded entities and a line for each block. */
export interface ReadableView {
  readonly text: string;
  /** Decoded attributes with their positions in the source. */
  readonly attributes: readonly AttributeView[];
  /** Returns the source positions of a stretch of the view: several if tags lie in between. */
  written(stretch: Stretch): Stretch[];
}

/** The decoded value of an attribute, with the positions of value and tag in the source. */
interface AttributeView {
  readonly text: string;
  readonly value: Stretch;
  readonly tag: Stretch & { readonly name: string };
}

interface Segment {
  readonly viewStart: number;
  readonly viewEnd: number;
  readonly start: number;
  readonly end: number;
  readonly kind: "text" | "decoded" | "tag";
}

/** Tags, entities, escapes of JSON and URLs, and zero-width characters. */
const markup =
  /<[!/]?[a-z][a-z\d]*(?:[\s/][^<>]{0,4000})?>|<!--|-->|&#?[a-z\d]{2,8};|(?:\\u[\da-f]{4})+|\\+[nrt"/]|(?:%[\da-f]{2})+|[\u00ad\u200b-\u200f\u2060\ufeff]/gi;
/** A block makes a text HTML, whose line breaks are blanks. */
const block = /<(?:p|div|br|li|ul|td|tr|h[1-6])[\s/>]/i;
const lineBreaks = /[\n\r\t]/g;
const hasMarkup = /[<&\\%\u00ad\u200b-\u200f\u2060\ufeff]/;
const inline = /^<\/?(?:a|abbr|b|big|em|font|i|mark|s|small|span|strong|sub|sup|u|wbr)[\s/>]/i;
const cell = /^<\/?t[dh][\s/>]/i;
const attribute = /([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)/g;

const isSmall = /\p{Ll}/u;
const isCapital = /\p{Lu}/u;

/** Converts a text or HTML to its visible text, and remembers the source position of each letter. */
export function readableView(written: string): ReadableView {
  if (!hasMarkup.test(written)) return { text: written, attributes: [], written: (stretch) => [stretch] };
  const segments: Segment[] = [];
  const attributes: AttributeView[] = [];
  let text = "";
  const add = (seen: string, start: number, end: number, kind: Segment["kind"]) => {
    segments.push({ viewStart: text.length, viewEnd: text.length + seen.length, start, end, kind });
    text += seen;
  };
  const isHtml = block.test(written);
  const between = (from: number, to: number) => {
    const seen = written.slice(from, to);
    add(isHtml ? seen.replace(lineBreaks, " ") : seen, from, to, "text");
  };
  let at = 0;
  for (const { 0: found, index } of written.matchAll(markup)) {
    if (index > at) between(at, index);
    at = index + found.length;
    const isTag = found.startsWith("<") || found === "-->";
    if (isTag) {
      add(seenOf(found, text, written[at]), index, at, "tag");
      attributes.push(...attributesOf(found, index));
    } else add(decoded(found), index, at, "decoded");
  }
  if (at < written.length) between(at, written.length);
  return { text, attributes, written: (stretch) => writtenAt(stretch, segments, written) };
}

/** Returns how a tag looks: a line break, a tab around a cell, or nothing; an inline tag still separates `<b>Claire</b><b>DUPONT</b>`. */
function seenOf(tag: string, before: string, next: string | undefined): string {
  if (inline.test(tag)) return isSmall.test(before.slice(-1)) && next !== undefined && isCapital.test(next) ? " " : "";
  return cell.test(tag) ? "\t" : "\n";
}

function attributesOf(tag: string, at: number): AttributeView[] {
  if (!tag.includes("=")) return [];
  const name = /^<\/?([a-z][a-z\d]*)/i.exec(tag)?.[1]?.toLowerCase() ?? "";
  return [...tag.matchAll(attribute)].map(({ 0: whole, 2: quoted = "", index }) => {
    const isQuoted = /^["']/.test(quoted);
    const start = at + index + whole.length - quoted.length + (isQuoted ? 1 : 0);
    const value = quoted.slice(isQuoted ? 1 : 0, isQuoted ? -1 : undefined);
    return {
      text: value.replace(markup, decoded),
      value: { start, end: start + value.length },
      tag: { name, start: at, end: at + tag.length },
    };
  });
}

function decoded(found: string): string {
  if (found.startsWith("&")) return decodeEntitiesOnce(found);
  if (/^\\u/i.test(found))
    return found.replace(/\\u([\da-f]{4})/gi, (_, hexadecimal: string) => String.fromCharCode(Number.parseInt(hexadecimal, 16)));
  if (found.startsWith("\\")) return /[nrt]$/.test(found) ? "\n" : found.slice(-1);
  if (!found.startsWith("%")) return "";
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}

/** Returns the source positions of a stretch of the view, without the tags and blanks in between. */
function writtenAt({ start, end }: Stretch, segments: readonly Segment[], written: string): Stretch[] {
  const pieces: Stretch[] = [];
  let goesOn = false;
  for (const segment of segmentsFrom(segments, start)) {
    if (segment.viewStart >= end) break;
    const isEmpty = segment.viewEnd === segment.viewStart;
    if (segment.kind === "tag" || (isEmpty && !goesOn)) {
      goesOn = false;
      continue;
    }
    const isText = segment.kind === "text";
    const from = isText ? segment.start + Math.max(0, start - segment.viewStart) : segment.start;
    const to = isText ? segment.start + Math.min(segment.viewEnd, end) - segment.viewStart : segment.end;
    const last = pieces.at(-1);
    if (goesOn && last !== undefined) pieces[pieces.length - 1] = { start: last.start, end: to };
    else pieces.push({ start: from, end: to });
    goesOn = true;
  }
  return pieces.filter((piece) => written.slice(piece.start, piece.end).replace(/&nbsp;|&#160;|\\+[nrt]|\s/gi, "") !== "");
}

/** Returns the segments from a position of the view on. */
function segmentsFrom(segments: readonly Segment[], place: number): readonly Segment[] {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (segment !== undefined && segment.viewEnd <= place) low = middle + 1;
    else high = middle;
  }
  return segments.slice(low);
}
