import { Buffer } from "node:buffer";
import { isRecord } from "../../../kit/expressions/field-path.ts";
import { issue } from "../../../model/issue.ts";
import type { Decoded } from "../decoded.ts";
import { repairUtf8 } from "../text/utf8.ts";

/**
 * Returns the record of a JSON value, or a broken record if the JSON is invalid. A value that is not an object becomes `{ value }`; later
 * stages report the missing fields. `fieldsUnder` is the key of a member object whose members become fields of the record.
 */
export function jsonRecord(parsed: ParsedValue, locator: string, fieldsUnder?: string): Decoded {
  const { raw, value, repaired } = parsed;
  if (value === undefined) return { kind: "broken", locator, raw, issue: issue("decode", "broken-record", { locator, value: raw }) };
  const values = isRecord(value) ? recordFields(value, fieldsUnder) : { value };
  return repaired
    ? { kind: "record", locator, values, issues: [issue("decode", "wrong-encoding", { locator })] }
    : { kind: "record", locator, values };
}

/** Returns the fields of a record, with the members of the object under `key`. */
export function recordFields(record: Readonly<Record<string, unknown>>, key: string | undefined): Readonly<Record<string, unknown>> {
  if (key === undefined || !Object.hasOwn(record, key)) return record;
  const { [key]: fields, ...others } = record;
  return isRecord(fields) ? { ...others, ...fields } : record;
}

/** A JSON value read from its bytes. */
export interface ParsedValue {
  readonly raw: string;
  /** Undefined if the JSON is invalid. */
  readonly value: unknown;
  /** True if invalid UTF-8 or half a surrogate pair was replaced, or NUL was removed. */
  readonly repaired: boolean;
}

/** Escapes that a database may not be able to store: NUL and surrogates. */
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
    // Converting to UTF-8 and back replaces half a surrogate pair, as `toWellFormed` does, which the types of Node 20 lack.
    const storable = Buffer.from(text.replaceAll("\0", ""), "utf8").toString("utf8");
    if (storable !== text) this.changed = true;
    return storable;
  }
}
