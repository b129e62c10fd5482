import { isUsual } from "./clean-characters.ts";

/** Bits that say what a character, or a run of characters, needs. */
export const kinds = {
  ordinary: 1,
  /** " " or a line break. */
  blank: 2,
  lineBreak: 4,
  ampersand: 8,
  /** ">", which HTML escapes. */
  mark: 16,
  tagStart: 32,
  /** `cleanCharacters` may change it. */
  unusual: 64,
  /** Two blanks in a row. Only runs have this bit. */
  doubledBlank: 128,
} as const;

/** Shifts `blank` to `doubledBlank`. */
export const doubledShift = 6;

/** All bits, for a text that was not examined. */
export const anyKind = Object.values(kinds).reduce((all, kind) => all | kind, 0);

/** Every character above is unusual. */
const lastUsual = 0x27bf;

/** The kind of each UTF-16 code unit. */
export const kindOf: Uint8Array = kindTable();

function kindTable(): Uint8Array {
  const table = new Uint8Array(0x10000).fill(kinds.unusual);
  for (let code = 0; code <= lastUsual; code++) if (isUsual(String.fromCharCode(code))) table[code] = kinds.ordinary;
  table[0x20] = kinds.blank;
  table[0x0a] = kinds.blank | kinds.lineBreak;
  table[0x26] = kinds.ampersand;
  table[0x3e] = kinds.mark;
  table[0x3c] = kinds.tagStart;
  return table;
}

/** Returns the bits of all characters of a text. */
export function kindsIn(text: string): number {
  const table = kindOf;
  const { blank } = kinds;
  let found = 0;
  let last = 0;
  for (let at = 0; at < text.length; at++) {
    const kind = table[text.charCodeAt(at)] as number;
    found |= kind | ((kind & last & blank) << doubledShift);
    last = kind;
  }
  return found;
}
