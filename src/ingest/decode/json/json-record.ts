import { issue } from "../../../model/issue.ts";
import type { Decoded } from "../decoded.ts";
import type { ParsedValue } from "./parse-value.ts";

/**
 * The record that a JSON value makes, or a broken one. A value that is no object (a list of addresses, numbers) is read as `{ value }`:
 * it is good JSON, and what it lacks is said by the stages that know what an aid needs.
 * @param fieldsUnder key of an object in the record whose members are fields of the record; one that has no such object is read as it is
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

/** True for an object, not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
