import { extname } from "node:path";
import Papa from "papaparse";
import type { Rule } from "../../src/kit/field-rules.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { pathsOfRule } from "../../src/kit/rules/rule-paths.ts";
import type { AidField } from "../../src/model/aid/aid.ts";

export type Row = Readonly<Record<string, unknown>>;

/** The records of a CSV or JSON, which can be changed and written again in their format. */
export interface FeedRows {
  readonly rows: readonly Row[];
  /** `moved`: with another delimiter, or under another key. */
  write(rows: readonly Row[], moved?: boolean): string;
}

/** Reads the records of a CSV or JSON. */
export function feedRows(text: string, file: string): FeedRows {
  if (extname(file) === ".csv") {
    const { data, meta } = Papa.parse<Row>(text.replace("\ufeff", ""), { header: true, skipEmptyLines: true });
    const other = meta.delimiter === ";" ? "," : ";";
    return { rows: data, write: (rows, moved) => Papa.unparse(rows as Row[], { delimiter: moved === true ? other : meta.delimiter }) };
  }
  const whole = JSON.parse(text) as Row[] | Record<string, unknown>;
  if (Array.isArray(whole)) return { rows: whole, write: (rows, moved) => JSON.stringify(moved === true ? { export: { rows } } : rows) };
  const [key, rows] = Object.entries(whole).find(([, value]) => Array.isArray(value) && value.length > 0) ?? ["", []];
  return {
    rows: rows as Row[],
    write: (changed, moved) => {
      const envelope = moved === true ? { ...whole, [key]: undefined, export: { rows: changed } } : { ...whole, [key]: changed };
      return JSON.stringify(withTotal(envelope, whole, changed.length));
    },
  };
}

/** Corrects the members of an envelope that count the records. */
function withTotal(envelope: Record<string, unknown>, whole: Record<string, unknown>, count: number): Record<string, unknown> {
  const [before] = Object.values(whole).flatMap((value) => (Array.isArray(value) ? [value.length] : []));
  return Object.fromEntries(Object.entries(envelope).map(([key, value]) => [key, value === before ? count : value]));
}

/** Returns the top-level key of the first path that a field's rule reads and that some record fills. */
export function keyOf({ definition }: LoadedConnector, field: AidField | "externalId", rows: readonly Row[]): string | null {
  const rule = Object.entries(definition.fields).find(([name]) => name === field)?.[1] as Rule | undefined;
  const keys =
    rule === undefined ? [] : pathsOfRule(rule).map((path) => (rows.some((row) => path in row) ? path : (path.split(/[.[]/)[0] ?? path)));
  return keys.find((key) => rows.some((row) => isFilled(row[key]))) ?? null;
}

/** Returns true for a value that says something. */
export function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** Changes every string of a value. Dates of cells stay as they are. */
export function eachText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((member) => eachText(member, change));
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, eachText(member, change)]));
}

/** Changes every string of every record. */
export function eachTextOf(rows: readonly Row[], change: (text: string) => string): Row[] {
  return rows.map((row) => eachText(row, change) as Row);
}
