import type { DecodeOptions } from "../../../kit/definition.ts";
import { isRecord } from "../../../kit/expressions/field-path.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { Decoded, Recognition } from "../decoded.ts";
import { jsonRecord, type ParsedValue, parseValue, recordFields } from "./json-record.ts";
import { type ByteWindow, jsonBytes, nextByte, type Scan, skipValue } from "./scan-json.ts";

interface JsonDocumentOptions extends Recognition {
  /** Keys from the root to the records; empty for the root. */
  readonly path: readonly string[];
  /** Field for the keys of the object whose members are the records; undefined if they are a list. */
  readonly keyField: string | undefined;
  /** Key in each record whose members are fields of the record. */
  readonly fieldsUnder: string | undefined;
  readonly envelope: JsonEnvelope;
  /** Maximum size of a record or a member of the envelope, bytes. */
  readonly recordBytes: number;
  /** Prefix for locators: `page 2, ` or empty. */
  readonly page: string;
}

const { openBracket, closeBracket, openBrace, closeBrace, comma, colon } = jsonBytes;

/**
 * Reads one JSON document: objects on the path to the records key by key, their other members as whole values, and records one by one. A
 * record with invalid JSON but matching brackets becomes a broken record. Any other invalid JSON is an error.
 */
export class JsonDocument {
  readonly #window: ByteWindow;
  readonly #options: JsonDocumentOptions;
  #isPathFound = false;
  #records = 0;
  #decoded: Decoded[] = [];

  constructor(window: ByteWindow, options: JsonDocumentOptions) {
    this.#window = window;
    this.#options = options;
  }

  /** Returns the records decoded since the last call. */
  take(): Decoded[] {
    const decoded = this.#decoded;
    this.#decoded = [];
    return decoded;
  }

  /** Reads the document to its end. Throws `FeedUnreadable`: `malformed`, `no-such-path`, `envelope-says-error`, `too-large`. */
  *read(): Scan<void> {
    yield* this.#valueOnPath(0);
    if ((yield* nextByte(this.#window)) !== -1) throw this.#malformed();
    if (!this.#isPathFound) throw this.#noSuchPath();
  }

  *#valueOnPath(depth: number): Scan<void> {
    const first = yield* nextByte(this.#window);
    if (depth === this.#options.path.length) {
      if (this.#isPathFound) throw this.#malformed();
      if (first === openBracket) yield* this.#recordList();
      else if (first === openBrace && this.#options.keyField !== undefined) yield* this.#keyedRecords(this.#options.keyField);
      else yield* this.#singleRecord(depth);
    } else if (first === openBrace) yield* this.#objectOnPath(depth);
    else if (depth === 0 && first === openBracket) throw this.#noSuchPath();
    else yield* this.#wholeValue();
  }

  *#objectOnPath(depth: number): Scan<void> {
    this.#window.position++;
    let byte = yield* nextByte(this.#window);
    while (byte !== closeBrace) {
      const key = (yield* this.#wholeValue()).value;
      if (typeof key !== "string" || (yield* nextByte(this.#window)) !== colon) throw this.#malformed();
      this.#window.position++;
      if (key === this.#options.path[depth]) yield* this.#valueOnPath(depth + 1);
      else {
        const { value } = yield* this.#wholeValue();
        if (depth === 0) this.#decoded.push(...this.#options.envelope.read(key, value));
      }
      byte = yield* this.#separator(closeBrace);
    }
    this.#window.position++;
    if (depth === 0) this.#options.envelope.end();
  }

  *#recordList(): Scan<void> {
    this.#isPathFound = true;
    this.#window.position++;
    let byte = yield* nextByte(this.#window);
    while (byte !== closeBracket) {
      this.#records++;
      const locator = `${this.#options.page}item ${this.#records}`;
      // The scan comes before the push, because `take` may be called while the scan waits for bytes.
      const parsed = yield* this.#extent(`${locator}, `);
      this.#decoded.push(jsonRecord(parsed, locator, this.#options.fieldsUnder));
      byte = yield* this.#separator(closeBracket);
    }
    this.#window.position++;
  }

  *#keyedRecords(keyField: string): Scan<void> {
    this.#isPathFound = true;
    this.#window.position++;
    let byte = yield* nextByte(this.#window);
    while (byte !== closeBrace) {
      const { value: key } = yield* this.#wholeValue();
      if (typeof key !== "string" || (yield* nextByte(this.#window)) !== colon) throw this.#malformed();
      this.#window.position++;
      yield* nextByte(this.#window);
      this.#records++;
      const locator = `${this.#options.page}item ${this.#records}`;
      const record = jsonRecord(yield* this.#extent(`${locator}, `), locator, this.#options.fieldsUnder);
      this.#decoded.push(record.kind === "record" ? { ...record, values: { [keyField]: key, ...record.values, [keyField]: key } } : record);
      byte = yield* this.#separator(closeBrace);
    }
    this.#window.position++;
  }

  /** Reads a single object, or any value at the root, as one record. `null` under the path means that the path does not exist. */
  *#singleRecord(depth: number): Scan<void> {
    const parsed = yield* this.#wholeValue();
    if (parsed.value === null && depth > 0) return;
    if (this.#isUnknown(parsed.value)) return;
    this.#isPathFound = true;
    if (depth === 0 && isRecord(parsed.value)) {
      for (const [key, value] of Object.entries(parsed.value)) this.#decoded.push(...this.#options.envelope.read(key, value));
      this.#options.envelope.end();
    }
    this.#decoded.push(jsonRecord(parsed, `${this.#options.page}item 1`, this.#options.fieldsUnder));
  }

  /** Returns true for an object without identifier and title: it contains the records, or something else. */
  #isUnknown(value: unknown): boolean {
    const { shareOfFields } = this.#options;
    if (!isRecord(value) || shareOfFields === undefined) return false;
    return shareOfFields(new Set(Object.keys(recordFields(value, this.#options.fieldsUnder)))) === 0;
  }

  /** Reads the comma or the closing bracket after a value. Returns the first byte of the next value, or the closing bracket. */
  *#separator(closer: number): Scan<number> {
    const byte = yield* nextByte(this.#window);
    if (byte === closer) return byte;
    if (byte !== comma) throw this.#malformed();
    this.#window.position++;
    const following = yield* nextByte(this.#window);
    if (following === closer) throw this.#malformed();
    return following;
  }

  /** Reads a value of the envelope, which must be valid JSON. */
  *#wholeValue(): Scan<ParsedValue> {
    const place = this.#place();
    const parsed = yield* this.#extent(this.#options.page);
    if (parsed.value === undefined) throw new FeedUnreadable("malformed", { at: place });
    return parsed;
  }

  *#extent(place: string): Scan<ParsedValue> {
    const first = yield* nextByte(this.#window);
    if (first === -1 || first === comma || first === colon || first === closeBrace || first === closeBracket) throw this.#malformed();
    yield* skipValue(this.#window, this.#options.recordBytes, place);
    return parseValue(this.#window.bytes.subarray(this.#window.start, this.#window.position));
  }

  #place(): string {
    return `${this.#options.page}byte ${this.#window.offset}`;
  }

  #malformed(): FeedUnreadable {
    return new FeedUnreadable("malformed", { at: this.#records > 0 ? `${this.#place()}, after item ${this.#records}` : this.#place() });
  }

  #noSuchPath(): FeedUnreadable {
    return new FeedUnreadable("no-such-path", { path: this.#options.path.join(".") });
  }
}

/** Checks the members of the root object except the records, and reads the announced total. */
export class JsonEnvelope {
  readonly #mustBe: ReadonlyMap<string, string | number | boolean>;
  readonly #totalKey: string | undefined;
  readonly #seen = new Set<string>();

  constructor(options: Extract<DecodeOptions, { format: "json" }>) {
    this.#mustBe = new Map(Object.entries(options.mustBe ?? {}));
    this.#totalKey = options.total;
  }

  /**
   * Reads a member of the root object. Returns the announced total if the member contains it, else an empty list. Throws `FeedUnreadable`
   * (`envelope-says-error`) if `mustBe` requires another value.
   */
  read(key: string, value: unknown): Decoded[] {
    const expected = this.#mustBe.get(key);
    if (expected !== undefined && value !== expected) throw envelopeError(key, value);
    this.#seen.add(key);
    const total = key === this.#totalKey ? asCount(value) : null;
    return total === null ? [] : [{ kind: "total", total }];
  }

  /** Ends the root object. Throws `FeedUnreadable` (`envelope-says-error`) if a required key is missing. */
  end(): void {
    for (const key of this.#mustBe.keys()) if (!this.#seen.has(key)) throw envelopeError(key, undefined);
  }
}

function envelopeError(key: string, found: unknown): FeedUnreadable {
  return new FeedUnreadable("envelope-says-error", { key, found: (JSON.stringify(found) ?? "absent").slice(0, 200) });
}

function asCount(value: unknown): number | null {
  if (value === null || value === "" || (typeof value !== "number" && typeof value !== "string")) return null;
  const count = Number(value);
  return Number.isSafeInteger(count) && count >= 0 ? count : null;
}
