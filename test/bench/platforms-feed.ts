import type { IncomingHttpHeaders } from "node:http";
import Papa from "papaparse";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { makeRecord } from "./make-feed.ts";
import type { WorkbookKind } from "./platforms-workbook.ts";

/** A platform, with its simulated server and its connector. */
export interface PlatformFeed {
  /** Name in the table. */
  readonly name: string;
  /** Returns the connector of a feed with this many records at this address. */
  define(at: string, count: number): ConnectorInput;
  /** Returns the platform's answer. */
  answer(asked: Asked, count: number): Answer;
  /** Set if the feed is a workbook, which is written before the first request. */
  readonly workbook?: WorkbookKind;
}

/** A request to a feed's server. */
export interface Asked {
  /** Address of the feed's root. */
  readonly at: string;
  /** The path after the root, without query: `/records`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An answer. Its body is generated while it is sent, or is the workbook. */
export interface Answer {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Iterable<string> | "workbook";
}

/** Environment variable of the only secret, and its value. */
export const secret = { name: "BENCH_KEY", value: "lasting" };

/** Records on a page: the maximum of all paged platforms. */
export const pageSize = 100;

/** Limits for 200,000 records, which are 2,000 pages and some 600 MB. */
export const limits = { maxPages: 2500, maxMegabytes: 1500, timeoutSeconds: 900 };

export const publisher: ConnectorInput["publisher"] = {
  name: "Région Exemple",
  kind: "region",
  territory: { scale: "region", code: "11" },
  licence: "unknown",
};

/** Generated aids. Aids with higher numbers repeat their content, because generating takes longer than reading. */
const made: ReturnType<typeof makeRecord>[] = [];
const mostMade = 500;

/**
 * Returns the aid with this number: `makeRecord` with half the text and no repeated text. The same one in five has an issue, and one in 25
 * has no title and is rejected.
 */
export function aid(index: number): ReturnType<typeof makeRecord> {
  const place = index % mostMade;
  made[place] ??= makeRecord(place, 0);
  const { criteres: texte, chapo: criteres, ...record } = made[place];
  const numbered = (text: string) => `<p>Dossier n° ${index}.</p>${text}`;
  return {
    ...record,
    id: `AIDE-${index}`,
    titre: record.titre.replace(/\d+$/, String(index)),
    chapo: numbered(criteres),
    criteres: numbered(criteres),
    texte: numbered(texte),
    url: record.url.replace(/\d+$/, String(index)),
    url_demande: `${record.url_demande}?dossier=${index}`,
  };
}

/** Generates a JSON list as it is read. */
export function* jsonList(count: number, record: (index: number) => unknown): Generator<string> {
  yield "[";
  for (let index = 0; index < count; index++) yield `${index === 0 ? "" : ",\n"}${JSON.stringify(record(index))}`;
  yield "]";
}

/** Generates a table as it is read. The columns are those of the first record. */
export function* csvTable(
  count: number,
  record: (index: number) => Readonly<Record<string, unknown>>,
  delimiter: "," | ";" = ";",
): Generator<string> {
  yield `${Papa.unparse([Object.keys(record(0))], { delimiter })}\r\n`;
  for (let index = 0; index < count; index++) yield `${Papa.unparse([Object.values(record(index))], { delimiter })}\r\n`;
}

/** Returns the records from `from` on, at most one page. */
export function pageOf<T>(from: number, count: number, record: (index: number) => T): T[] {
  return Array.from({ length: Math.max(0, Math.min(pageSize, count - from)) }, (_, place) => record(from + place));
}

/** Returns one JSON value as an answer. */
export function jsonAnswer(value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { headers: { "content-type": "application/json", ...headers }, body: [JSON.stringify(value)] };
}
