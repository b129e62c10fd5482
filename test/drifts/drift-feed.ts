import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { pathsOfRule, rulesOf } from "../../src/kit/rules/rule-paths.ts";
import type { OwnField } from "../../src/model/survey/own-field.ts";
import { isFilled, type Row } from "../real-files/feed-rows.ts";
import { recordValue } from "./record-value.ts";

/** What the drifts know about a feed besides its records. */
export interface FeedFacts {
  /** The day of the file, YYYY-MM-DD. */
  readonly day: string;
  /** Path and value that mean France in this feed. Absent if the connector reads no such territory. */
  readonly france?: readonly [path: string, value: unknown];
  /** Language of its texts. Default: French. */
  readonly language?: "en";
}

/** The decoded records of a feed, with the paths that its connector reads. */
export interface DriftFeed extends FeedFacts {
  readonly rows: readonly Row[];
  /** The records of the same feed two weeks before; absent without a series. */
  readonly older?: readonly Row[];
  /** Returns the filled paths that the rules of these fields read, without those that also identify or name the aid. */
  paths(...fields: readonly OwnField[]): readonly string[];
  /** Returns the path of these fields with most text, or null. */
  mainPath(...fields: readonly OwnField[]): string | null;
}

/** Returns the feed of a connector for the drifts. */
export function driftFeed({ definition }: LoadedConnector, rows: readonly Row[], facts: FeedFacts, older?: readonly Row[]): DriftFeed {
  const read = new Map(rulesOf(definition).map(([field, rule]) => [field, pathsOfRule(rule)]));
  const filled = (fields: readonly OwnField[]) => {
    const all = [...new Set(fields.flatMap((field) => read.get(field) ?? []))];
    return all.filter((path) => rows.some((row) => isFilled(recordValue(row, path))));
  };
  const naming = ["externalId", "name"] as const;
  const paths = (...fields: readonly OwnField[]) => {
    const reserved = new Set(filled(naming.filter((field) => !fields.includes(field))));
    return filled(fields).filter((path) => !reserved.has(path));
  };
  const lengthOf = (path: string) => {
    const texts = rows.flatMap((row) => recordValue(row, path) ?? []).filter((value) => typeof value === "string");
    return texts.reduce((sum, text) => sum + text.length, 0);
  };
  return {
    ...facts,
    rows,
    ...(older !== undefined && { older }),
    paths,
    mainPath: (...fields) => {
      const found = fields.includes("externalId") ? filled(fields) : paths(...fields);
      const lengths = found.map((path) => [path, lengthOf(path)] as const).filter(([, length]) => length > 0);
      return lengths.sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
    },
  };
}
