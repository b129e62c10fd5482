import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { fixturesOf } from "../../src/survey/write/check-fixtures.ts";
import { sheetFeed } from "../../src/survey/write/fixture/sheet-feed.ts";
import { csvFeed, writeFeed } from "../../src/survey/write/fixture/write-feed.ts";
import { htmlFeed } from "./write/html.ts";
import { type Around, jsonWriter } from "./write/json.ts";
import { xmlFeed } from "./write/xml.ts";

/** A decoded record. */
export type Values = Readonly<Record<string, unknown>>;

/** A scenario of a connector's fixtures, parsed so that it can be rewritten with other records. */
export interface OwnFeed {
  readonly file: string;
  readonly records: readonly Values[];
  /** The feed is a table: field names are not paths, and values are texts. */
  readonly isTable: boolean;
  /** The format can express any value: numbers, lists, null. */
  readonly isJson: boolean;
  /** Writes these records in the publisher's format, with envelope and announced total. */
  write(records: readonly Values[]): Uint8Array;
  /** JSON only: writes this value in place of the list of records. */
  writeJson?(records: unknown, around?: Around): Uint8Array;
}

/** Reads a scenario of a connector's fixtures (from 0). Returns null if the scenario does not exist. */
export async function ownFeed(connector: LoadedConnector, scenario: number): Promise<OwnFeed | null> {
  const fixture = (await fixturesOf(connector)).fixtures[scenario];
  if (fixture === undefined) return null;
  const file = fixture.feed;
  const { decode } = connector.definition;
  const { records, titles } = await decoded(file, decode);
  const about = { file, records, isTable: decode.format === "csv" || decode.format === "excel", isJson: decode.format === "json" };
  switch (decode.format) {
    case "json": {
      const written = jsonWriter(await readFile(file, "utf8"), decode, records.length);
      const writeJson = (list: unknown, around?: Around) => Buffer.from(written(list, around));
      return { ...about, writeJson, write: (list) => writeJson(list) };
    }
    case "xml":
      return { ...about, write: (list) => Buffer.from(xmlFeed(list, decode)) };
    case "yaml":
      return { ...about, write: (list) => writeFeed(list, decode, titles).bytes };
    case "html":
      return { ...about, write: (list) => Buffer.from(htmlFeed(list, decode)) };
    case "csv": {
      const delimiter = decode.delimiter ?? (await delimiterOf(file));
      return { ...about, write: (list) => csvFeed(list, { ...decode, delimiter }, columnsOf(titles, list)) };
    }
    case "excel":
      return { ...about, write: (list) => sheetFeed(list, decode, columnsOf(titles, list)) };
  }
}

async function decoded(file: string, decode: Parameters<typeof decodeFeed>[1]): Promise<{ records: Values[]; titles: string[] }> {
  const part = { name: basename(file), contentType: null, bytes: (await stat(file)).size, path: file, open: () => createReadStream(file) };
  const records: Values[] = [];
  let titles: string[] = [];
  for await (const batch of decodeFeed([part], decode, defaultDecodeLimits)) {
    for (const one of batch) {
      if (one.kind === "record") records.push(one.values);
      if (one.kind === "fields") titles = [...one.names];
    }
  }
  return { records, titles };
}

/** Returns the columns of the feed, then the columns that a case adds. */
function columnsOf(titles: readonly string[], records: readonly Values[]): string[] {
  return [...new Set([...titles, ...records.flatMap((record) => Object.keys(record))])];
}

async function delimiterOf(file: string): Promise<"," | ";" | "\t" | "|"> {
  const [header = ""] = (await readFile(file, "utf8")).split("\n");
  const counts = ([";", ",", "\t", "|"] as const).map((sign) => [sign, header.split(sign).length] as const);
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}
