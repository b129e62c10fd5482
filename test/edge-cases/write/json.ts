import type { DecodeOptions } from "../../../src/kit/definition.ts";
import { isRecord } from "../../../src/kit/expressions/field-path.ts";
import type { Values } from "../own-feed.ts";

type JsonOptions = Extract<DecodeOptions, { format: "json" }>;

/** The envelope of the records. */
export interface Around {
  /** The announced number. By default it changes with the number of records. */
  readonly total?: number;
  /** More keys at the root. */
  readonly more?: Values;
}

/** Writes the document with these records, or with another value in place of the list. */
export type JsonWriter = (records: unknown, around?: Around) => string;

/**
 * Finds the list of records as the decoder does: at the first declared path that exists. If the fixture is a bare list and a case needs an
 * envelope, the connector's declared path gives it.
 */
export function jsonWriter(text: string, options: JsonOptions, recordCount: number): JsonWriter {
  const listOf = (records: unknown) => (Array.isArray(records) ? records : [records]);
  if (options.lines)
    return (records) =>
      listOf(records)
        .map((record) => `${JSON.stringify(record)}\n`)
        .join("");
  const root: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
  const paths = [options.recordPath].flat();
  const path = paths.find((one) => one === "" || isThere(root, one.split("."))) ?? "";
  const enveloped = paths.find((one) => one !== "");
  return (records, { total, more } = {}) => {
    const isBare = path === "" && ((total === undefined && more === undefined) || enveloped === undefined);
    if (isBare) return `${JSON.stringify(records, null, 1)}\n`;
    const at = path === "" ? (enveloped ?? "") : path;
    const document = { ...(withValue(path === "" ? {} : root, at.split("."), records) as Values), ...more };
    const announced = options.total === undefined ? undefined : document[options.total];
    const moved = total ?? (typeof announced === "number" ? announced + listOf(records).length - recordCount : announced);
    return `${JSON.stringify(options.total === undefined ? document : { ...document, [options.total]: moved }, null, 1)}\n`;
  };
}

function isThere(root: unknown, keys: readonly string[]): boolean {
  const [key, ...rest] = keys;
  return key === undefined || (isRecord(root) && Object.hasOwn(root, key) && isThere(root[key], rest));
}

function withValue(root: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  return key === undefined ? value : { ...(root as Values), [key]: withValue((root as Values)[key], rest, value) };
}
