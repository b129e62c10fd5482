import { anyKind, doubledShift, kindOf, kinds } from "../text/character-kinds.ts";
import { cleanCharacters, isUsual } from "../text/clean-characters.ts";
import { copyOf, giveBack } from "../text/code-units.ts";
import { decodeEntitiesOnce } from "./decode-entities.ts";
import { type MarkupSink, noAttributes, readAttributes } from "./markup-sink.ts";
import { plainTags } from "./markup-tags.ts";
import { decodeUsual } from "./usual-entities.ts";

const { ampersand, blank, doubledBlank, lineBreak, ordinary, tagStart, unusual } = kinds;
const slash = 0x2f;
const greater = 0x3e;

/**
 * Reads markup in one pass, as `readMarkup` does, and stops at the first tag that is not written in the usual way (broken, unknown,
 * dangerous, with an unquoted attribute). Returns the position of that tag, or the length of the markup. It exists for speed: nearly all
 * texts of publishers are read to their end.
 */
export function scanMarkup(markup: string, sink: MarkupSink): number {
  const copy = copyOf(markup);
  const end = scan(markup, copy.units, sink);
  giveBack(copy);
  return end;
}

function scan(markup: string, units: Uint16Array, sink: MarkupSink): number {
  const tags = new TagScanner(markup, units, sink);
  const kindTable = kindOf;
  const { length } = markup;
  let at = 0;
  while (at < length) {
    let found = 0;
    let last = 0;
    let end = at;
    for (; end < length; end++) {
      const kind = kindTable[units[end] as number] as number;
      if (kind === tagStart) break;
      found |= kind | ((kind & last & blank) << doubledShift);
      last = kind;
    }
    if (end > at) tellText(markup.slice(at, end), found, sink);
    if (end === length) return end;
    at = tags.read(end);
    if (at < 0) return end;
  }
  return at;
}

function tellText(written: string, found: number, sink: MarkupSink): void {
  if ((found & (ampersand | unusual)) === 0) {
    sink.text(written, found);
    return;
  }
  let text = written;
  let has = found;
  if ((found & unusual) !== 0) {
    text = cleanCharacters(written);
    has |= ordinary | lineBreak | doubledBlank;
    if (isUsual(text)) has &= ~unusual;
  }
  if ((has & ampersand) === 0) {
    sink.text(text, has);
    return;
  }
  const decoded = (has & unusual) === 0 ? decodeUsual(text, has) : null;
  if (decoded === null) sink.text(cleanCharacters(decodeEntitiesOnce(text)), anyKind);
  else sink.text(decoded.text, decoded.found);
}

/** Character code -> number of the letter (in any case) or digit in a tag name; 0 for other characters. */
const nameDigits = new Uint8Array(0x80);
for (let place = 0; place < 26; place++) nameDigits[0x41 + place] = nameDigits[0x61 + place] = place + 1;
for (let place = 0; place < 10; place++) nameDigits[0x30 + place] = place + 27;
const nameBase = 37;
/** Longer names would not fit into a number. */
const maxNameLength = 10;
const tagsByKey: ReadonlyMap<number, string> = new Map([...plainTags].map((tag) => [keyOf(tag), tag]));

function keyOf(name: string): number {
  let key = 0;
  for (let at = 0; at < name.length; at++) key = key * nameBase + (nameDigits[name.charCodeAt(at)] as number);
  return key;
}

class TagScanner {
  private readonly markup: string;
  private readonly units: Uint16Array;
  private readonly sink: MarkupSink;
  private attributes: Record<string, string> | null = null;

  constructor(markup: string, units: Uint16Array, sink: MarkupSink) {
    this.markup = markup;
    this.units = units;
    this.sink = sink;
  }

  /** Reads the tag at this position. Returns the position after it, or -1 if the tag is unusual. */
  read(start: number): number {
    const { units } = this;
    const isClosing = (units[start + 1] as number) === slash;
    let at = isClosing ? start + 2 : start + 1;
    const nameStart = at;
    let key = 0;
    let code = units[at] as number;
    for (let digit = digitOf(code); digit !== 0; digit = digitOf(code)) {
      key = key * nameBase + digit;
      code = units[++at] as number;
    }
    const tag = at - nameStart > maxNameLength ? undefined : tagsByKey.get(key);
    if (tag === undefined) return -1;
    if (isClosing) {
      if (code !== greater) return -1;
      this.sink.close(tag);
      return at + 1;
    }
    if (code === greater) {
      this.sink.open(tag, noAttributes);
      return at + 1;
    }
    this.attributes = null;
    const end = this.readAttributes(at);
    if (end >= 0) this.sink.open(tag, this.attributes ?? noAttributes);
    return end;
  }

  /** Reads attributes up to the end of the tag. Returns the position after it, or -1. */
  private readAttributes(start: number): number {
    const { units } = this;
    let at = start;
    for (;;) {
      const code = units[at] as number;
      if (code === greater) return at + 1;
      if (code === slash && (units[at + 1] as number) === greater) return at + 2;
      if (!isSpace(code)) return -1;
      while (isSpace(units[at] as number)) at++;
      const next = units[at] as number;
      if (next === greater || next === slash) continue;
      at = this.readAttribute(at);
      if (at < 0) return -1;
    }
  }

  /** Reads `name="value"` or `name='value'`. Returns the position after it, or -1. */
  private readAttribute(start: number): number {
    const { markup, units } = this;
    let at = start;
    while (isInAttributeName(units[at] as number)) at++;
    if (at === start || (units[at] as number) !== 0x3d) return -1;
    const quote = units[at + 1] as number;
    if (quote !== 0x22 && quote !== 0x27) return -1;
    const end = markup.indexOf(quote === 0x22 ? '"' : "'", at + 2);
    if (end < 0) return -1;
    const name = markup.slice(start, at).toLowerCase();
    if (readAttributes.has(name)) {
      const value = markup.slice(at + 2, end);
      if (!isUsual(value)) return -1;
      this.attributes ??= {};
      this.attributes[name] ??= cleanCharacters(decodeEntitiesOnce(value));
    } else if (name.startsWith("on")) {
      return -1;
    }
    return end + 1;
  }
}

function digitOf(code: number): number {
  return code < 0x80 ? (nameDigits[code] as number) : 0;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

function isInAttributeName(code: number): boolean {
  return digitOf(code) !== 0 || code === 0x2d || code === 0x5f || code === 0x3a;
}
