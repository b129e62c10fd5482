import { Buffer } from "node:buffer";
import { repairUtf8 } from "../text/repair-utf8.ts";

/** A JSON value read from its bytes. */
export interface ParsedValue {
  readonly raw: string;
  /** `undefined` if it is invalid. */
  readonly value: unknown;
  /** Invalid UTF-8 or half a surrogate pair was replaced, or NUL removed. */
  readonly repaired: boolean;
}

/** Escapes that may be invalid: NUL and surrogates. */
const doubtfulEscape = /\\u(?:0000|[dD][89a-fA-F])/;

/** Reads one JSON value strictly. The last of repeated keys wins. */
export function parseValue(bytes: Uint8Array): ParsedValue {
  const pieces = repairUtf8(bytes);
  const [first] = pieces;
  return parseText(
    pieces.length === 1 && first !== undefined ? first.text : pieces.map((piece) => piece.text).join(""),
    pieces.some((piece) => piece.repaired),
  );
}

/** Reads one JSON value from its text. */
export function parseText(raw: string, repaired: boolean): ParsedValue {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return { raw, value: undefined, repaired };
  }
  if (!doubtfulEscape.test(raw)) return { raw, value, repaired };
  const texts = new StorableTexts();
  const storable = texts.of(value);
  return { raw, value: storable, repaired: repaired || texts.changed };
}

/** Makes texts storable in a database: without NUL or half a surrogate pair. */
class StorableTexts {
  changed = false;

  of(value: unknown): unknown {
    if (typeof value === "string") return this.#text(value);
    if (Array.isArray(value)) return value.map((member) => this.of(member));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [this.#text(key), this.of(member)]));
  }

  #text(text: string): string {
    // Node 20's types lack toWellFormed; encoding as UTF-8 and back does the same.
    const storable = Buffer.from(text.replaceAll("\0", ""), "utf8").toString("utf8");
    if (storable !== text) this.changed = true;
    return storable;
  }
}
