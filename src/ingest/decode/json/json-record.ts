import { issue } from "../../../model/issue.ts";
import type { Decoded } from "../decoded.ts";
import type { ParsedValue } from "./parse-value.ts";

/**
 * Returns the record of a JSON value, or a broken one. A value that is not an object becomes `{ value }`, and later stages report the
 * missing fields. `fieldsUnder`: key of a member object whose members become fields of the record; ignored if it is missing.
 */
export function jsonRecord(parsed: ParsedValue, locator: string, fieldsUnder?: string): Decoded {
  const { raw, value, repaired } = parsed;
  if (value === undefined) return { kind: "broken", locator, raw, issue: issue("decode", "broken-record", { locator, value: raw }) };
  const values = isObject(value) ? withFieldsOf(value, fieldsUnder) : { value };
  return repaired
    ? { kind: "record", locator, values, issues: [issue("decode", "wrong-encoding", { locator })] }
    : { kind: "record", locator, values };
}

function withFieldsOf(record: Readonly<Record<string, unknown>>, key: string | undefined): Readonly<Record<string, unknown>> {
  if (key === undefined || !Object.hasOwn(record, key)) return record;
  const { [key]: fields, ...beside } = record;
  return isObject(fields) ? { ...beside, ...fields } : record;
}

/** Returns whether a value is an object and not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
