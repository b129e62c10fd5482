import { issue } from "../../../aid/issue.ts";
import type { Decoded } from "../decoded.ts";
import type { ParsedValue } from "./parse-value.ts";

/**
 * The record that a JSON value makes, or a broken one. A value that is no object (a list of addresses, numbers) is read as `{ value }`:
 * it is good JSON, and what it lacks is said by the stages that know what an aid needs.
 */
export function jsonRecord(parsed: ParsedValue, locator: string): Decoded {
  const { raw, value, repaired } = parsed;
  if (value === undefined) return { kind: "broken", locator, raw, issue: issue("decode", "broken-record", { locator, value: raw }) };
  const values = isObject(value) ? value : { value };
  return repaired
    ? { kind: "record", locator, values, issues: [issue("decode", "wrong-encoding", { locator })] }
    : { kind: "record", locator, values };
}

/** True for an object, not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
