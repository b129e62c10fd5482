import { isRecord } from "../../src/kit/expressions/field-path.ts";
import type { Row } from "../real-files/feed-rows.ts";

/** Returns the keys of a path up to the first list, which is treated as one value. */
function keysTo(row: Row, path: string): readonly string[] {
  if (Object.hasOwn(row, path)) return [path];
  const keys: string[] = [];
  let current: unknown = row;
  for (const part of path.split(".")) {
    if (!isRecord(current)) break;
    const key = part.replace(/\[\]$/, "");
    keys.push(key);
    current = current[key];
  }
  return keys;
}

/** Returns the value of a record at a path; a list on the path is returned as a whole. */
export function recordValue(row: Row, path: string): unknown {
  return keysTo(row, path).reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), row);
}

/** Returns a copy of the record with another value at a path, or without it for `undefined`. Returns the record itself if nothing changes. */
export function withValue(row: Row, path: string, value: unknown): Row {
  return Object.is(recordValue(row, path), value) ? row : replaced(row, keysTo(row, path), value);
}

function replaced(row: Row, [key = "", ...rest]: readonly string[], value: unknown): Row {
  const inner = row[key];
  const next = rest.length === 0 ? value : replaced(isRecord(inner) ? inner : {}, rest, value);
  if (next !== undefined) return { ...row, [key]: next };
  const { [key]: _, ...others } = row;
  return others;
}

/** Returns the record with a change of each value at these paths. */
export function eachValue(row: Row, paths: readonly string[], change: (value: unknown, path: string) => unknown): Row {
  return paths.reduce((changed, path) => withValue(changed, path, change(recordValue(changed, path), path)), row);
}

/** Returns a record with the values of another one at these paths. */
export function valuesFrom(other: Row, paths: readonly string[]): (row: Row) => Row {
  return (row) => eachValue(row, paths, (_, path) => recordValue(other, path));
}
