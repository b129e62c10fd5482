import { valueAt } from "../../kit/expressions/field-path.ts";
import type { RuleIssue } from "../../kit/rules/rule-context.ts";
import { ownText } from "../../kit/values/text/fold-term.ts";

type Values = Readonly<Record<string, unknown>>;

/** Reads a value of a record. Reports issues to `report`. */
export type ValueReader = (values: Values, report: (issue: RuleIssue) => void) => unknown;

/** Maximum length of the values that one result depends on, in characters. */
const maxKeyLength = 500;
/** Maximum number of stored results, and maximum length of their keys together. They bound the memory of a memo. */
const maxResults = 1_000;
const maxStoredLength = 60_000;
/** After this number of misses, a memo must have found a tenth as many results; when it is full, as many. Else it is abandoned. */
const trialLength = 100;
/** First character of a key that is not the record's text itself. */
const mark = "\u0000";

interface Result {
  readonly value: unknown;
  readonly issues: readonly RuleIssue[];
}

/**
 * Returns a reader that remembers its results and replays their issues. `read` must depend only on the values at `paths`. Results are
 * frozen, because records share them. Only short texts and lists of them are remembered. A full memo is cleared; a memo with few hits,
 * such as that of a title, is abandoned.
 */
export function memoiseReader(read: ValueReader, paths: readonly string[]): ValueReader {
  const results = new Map<string, Result>();
  let storedLength = 0;
  let hits = 0;
  let misses = 0;
  let isAbandoned = false;

  const store = (key: string, values: Values): Result => {
    misses++;
    const isFull = results.size >= maxResults || storedLength > maxStoredLength;
    if (isFull || misses === trialLength) isAbandoned = hits < misses * (isFull ? 1 : 0.1);
    if (isFull || isAbandoned) {
      results.clear();
      storedLength = 0;
    }
    const issues: RuleIssue[] = [];
    // The reader gets a record with the values at the paths alone, so that its result cannot depend on anything else.
    const inputs = Object.fromEntries(paths.map((path) => [path, ownCopy(valueAt(values, path))]));
    const result = { value: frozen(read(inputs, (issue) => issues.push(issue))), issues };
    storedLength += key.length;
    results.set(ownText(key), result);
    return result;
  };

  return (values, report) => {
    const key = isAbandoned ? null : keyOf(values, paths);
    if (key === null) return read(values, report);
    let result = results.get(key);
    if (result === undefined) result = store(key, values);
    else hits++;
    for (const issue of result.issues) report(issue);
    return result.value;
  };
}

/** Returns a text that is equal only for equal values at the paths, or null if they are too long or are objects. */
function keyOf(values: Values, paths: readonly string[]): string | null {
  if (paths.length === 1) {
    const value = valueAt(values, paths[0] as string);
    if (typeof value === "string" && !value.startsWith(mark)) return value.length <= maxKeyLength ? value : null;
  }
  let key = mark;
  for (const path of paths) {
    const value = valueAt(values, path);
    const part = Array.isArray(value) ? listKey(value) : valueKey(value);
    if (part === null) return null;
    key += part;
    if (key.length > maxKeyLength) return null;
  }
  return key;
}

function listKey(list: readonly unknown[]): string | null {
  let key = `[${list.length}:`;
  for (const member of list) {
    const part = valueKey(member);
    if (part === null) return null;
    key += part;
    if (key.length > maxKeyLength) return null;
  }
  return key;
}

function valueKey(value: unknown): string | null {
  if (typeof value === "string") return value.length <= maxKeyLength ? `${value.length}:${value}` : null;
  if (value === undefined || value === null || typeof value === "boolean") return `${value};`;
  // 0 and -0 have the same text.
  return typeof value === "number" && value !== 0 ? `#${value};` : null;
}

function ownCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ownCopy);
  return typeof value === "string" ? ownText(value) : value;
}

function frozen<T>(value: T): T {
  if (Array.isArray(value)) for (const member of value) frozen(member);
  return Object.freeze(value);
}
