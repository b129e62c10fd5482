import type { IncomingHttpHeaders } from "node:http";
import Papa from "papaparse";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { makeRecord } from "./make-feed.ts";
import type { WorkbookKind } from "./platforms-workbook.ts";

/** A platform, as a server plays it and as a connector reads it. */
export interface PlatformFeed {
  /** As the table shows it. */
  readonly name: string;
  /** The connector of a feed of so many records under this address. */
  define(at: string, count: number): ConnectorInput;
  /** What the platform answers. */
  answer(asked: Asked, count: number): Answer;
  /** The feed is a workbook of this kind, which is written before the server is asked. */
  readonly workbook?: WorkbookKind;
}

/** What a feed's server is asked. */
export interface Asked {
  /** Address of the feed's root. */
  readonly at: string;
  /** What stands behind the root, without the question: `/records`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An answer; its body is made while it is sent, or is the workbook. */
export interface Answer {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Iterable<string> | "workbook";
}

/** Environment variable of the one secret there is, and its value. */
export const secret = { name: "BENCH_KEY", value: "lasting" };

/** Records on a page: the most that all paged platforms give. */
export const pageSize = 100;

/** Limits that a connector of such a feed declares: 200,000 records are 2,000 pages, some 600 MB. */
export const limits = { maxPages: 2500, maxMegabytes: 1500, timeoutSeconds: 900 };

export const publisher: ConnectorInput["publisher"] = {
  name: "Région Exemple",
  kind: "region",
  territory: { scale: "region", code: "11" },
  licence: "unknown",
};

/** So many aids are made; the others are those again under other numbers, since making them takes longer than reading them. */
const made: ReturnType<typeof makeRecord>[] = [];
const mostMade = 500;

/**
 * The aid with this number: `makeRecord` with half the text, no text twice. What is odd about one in five is as there: one in 25 has no title, and is
 * rejected.
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

/** A list in JSON, made while it is read. */
export function* jsonList(count: number, record: (index: number) => unknown): Generator<string> {
  yield "[";
  for (let index = 0; index < count; index++) yield `${index === 0 ? "" : ",\n"}${JSON.stringify(record(index))}`;
  yield "]";
}

/** A table, made while it is read; the first record tells the columns. */
export function* csvTable(
  count: number,
  record: (index: number) => Readonly<Record<string, unknown>>,
  delimiter: "," | ";" = ";",
): Generator<string> {
  yield `${Papa.unparse([Object.keys(record(0))], { delimiter })}\r\n`;
  for (let index = 0; index < count; index++) yield `${Papa.unparse([Object.values(record(index))], { delimiter })}\r\n`;
}

/** The records from one on, a page at most. */
export function pageOf<T>(from: number, count: number, record: (index: number) => T): T[] {
  return Array.from({ length: Math.max(0, Math.min(pageSize, count - from)) }, (_, place) => record(from + place));
}

/** One JSON value as an answer. */
export function jsonAnswer(value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { headers: { "content-type": "application/json", ...headers }, body: [JSON.stringify(value)] };
}
