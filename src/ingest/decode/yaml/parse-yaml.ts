import { isUtf8 } from "node:buffer";
import { type Document, Lexer, parseAllDocuments, type Scalar, visit } from "yaml";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { recordTooLarge } from "../decoded.ts";
import { decodeBytes } from "../text/decode-bytes.ts";
import { markedUtf16 } from "../text/encoding-marks.ts";

/** Maximum size of a file after its aliases are expanded: characters, plus `nodeSize` for each value. */
const maxExpanded = 64 * 1024 ** 2;
const nodeSize = 8;
/** Maximum numbers of tokens and of aliases in a file. The parser's time and memory grow with them; 4 MB of aids are 50,000 tokens. */
const maxTokens = 250_000;
const maxAliases = 2_000;
/** Deeper values are an attack. */
const maxDepth = 100;

/**
 * Returns the value of a YAML file: of its only document, or a list of its documents. Dates and numbers with leading zeros are texts. Reads
 * bytes that are not UTF-8 as windows-1252. `place` is a prefix for errors. Throws `FeedUnreadable`: `malformed` (also for a value that
 * contains itself or is nested too deeply), `too-large` if aliases expand to more than 64 MB.
 */
export function parseYaml(bytes: Uint8Array, place: string): unknown {
  const text = decodeBytes(bytes, markedUtf16(bytes) ?? (isUtf8(bytes) ? "utf-8" : "windows-1252")).replace(/^\ufeff/, "");
  checkTokens(text, place);
  const values = documentsIn(text, place).map((document) => plainValue(document, place));
  return values.length === 1 ? values[0] : values;
}

function checkTokens(text: string, place: string): void {
  let tokens = 0;
  let aliases = 0;
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith("*")) aliases++;
    if (++tokens > maxTokens) throw malformed(place, `more than ${maxTokens} tokens`);
    if (aliases > maxAliases) throw malformed(place, `more than ${maxAliases} aliases`);
  }
}

function documentsIn(text: string, place: string): Document.Parsed[] {
  const documents = attempt(place, () =>
    // The check for repeated keys compares each key with all others; without it, the last one wins, as in JSON. Merge keys (`<<`), which
    // can take minutes to resolve, are ordinary keys in YAML 1.2.
    parseAllDocuments(text, { version: "1.2", uniqueKeys: false, logLevel: "silent", prettyErrors: true }),
  );
  if (!Array.isArray(documents)) throw malformed(place, "no document");
  for (const { errors } of documents) {
    const [error] = errors;
    if (error !== undefined) throw malformed(`${place}line ${error.linePos?.[0].line ?? 1}`, error.code);
  }
  return documents;
}

function plainValue(document: Document.Parsed, place: string): unknown {
  return attempt(place, () => {
    visit(document, { Scalar: (_, scalar) => keepWritten(scalar) });
    // The library's own limit counts aliases, not their expanded size. `expandedSize` checks the result, in which they are shared.
    const value: unknown = document.toJS({ maxAliasCount: -1 });
    expandedSize(value, place);
    return value;
  });
}

/** Keeps numbers as texts that would lose digits, such as the code `01004`. */
function keepWritten(scalar: Scalar): void {
  const { value, source = "" } = scalar;
  if (typeof value !== "number") return;
  if (/^[-+]?0\d/.test(source) || !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    scalar.value = source;
}

/** Throws if a value is too large with its aliases expanded. Does not expand a shared value twice. */
function expandedSize(root: unknown, place: string): void {
  const sizes = new Map<object, number>();
  const sizeOf = (value: unknown, depth: number): number => {
    if (typeof value === "string") return nodeSize + value.length;
    if (typeof value !== "object" || value === null) return nodeSize;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    if (depth > maxDepth) throw malformed(place, "nested too deeply, or contains itself");
    let size = nodeSize;
    for (const [key, member] of Object.entries(value)) {
      size += key.length + sizeOf(member, depth + 1);
      if (size > maxExpanded) throw recordTooLarge(`${place}aliases`, maxExpanded);
    }
    sizes.set(value, size);
    return size;
  };
  sizeOf(root, 0);
}

/** Converts the errors of the parser, also a stack overflow, to `malformed`. */
function attempt<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FeedUnreadable) throw error;
    throw malformed(place, error instanceof Error ? error.message : String(error));
  }
}

function malformed(at: string, reason: string): FeedUnreadable {
  return new FeedUnreadable("malformed", { at: at.replace(/, $/, "") || "yaml", reason });
}
