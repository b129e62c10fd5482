import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import ExcelJS from "exceljs";
import Papa from "papaparse";
import { sharedData } from "../support/shared-data.ts";
import type { BenchFormat } from "./make-feed.ts";

type RealRecord = Readonly<Record<string, unknown>>;

/** A real file that the bench multiplies, with its connector. */
export interface RealFile {
  readonly format: BenchFormat;
  readonly connector: string;
  /** Path in the shared data. */
  readonly file: string;
  /** Note for the table. */
  readonly note?: string;
  readonly identifier: string;
  /** Text that the second version of a record changes. */
  readonly changed: string;
  /** Columns with instants that each copy shifts by a day. Otherwise a guard takes thousands of equal dates for swapped ones. */
  readonly dates?: readonly string[];
  readonly read: (path: string) => Promise<readonly RealRecord[]>;
  readonly write: (path: string, records: Iterable<RealRecord>) => Promise<void>;
}

const aidesTerritoires = "aids/AT_aides_full_2021-11.json";

/** One file of each format. */
export const realFiles: readonly RealFile[] = [
  {
    format: "csv",
    connector: "transition-ecologique-entreprises",
    file: "aids/tee_data_gouv_export_2025-10.csv",
    identifier: "id",
    changed: "description",
    dates: ["date_ouverture", "date_cloture"],
    read: async (path) => Papa.parse<RealRecord>(await readFile(path, "utf8"), { header: true, skipEmptyLines: true }).data,
    write: (path, records) => writePieces(path, csvPieces(records)),
  },
  {
    format: "json",
    connector: "aides-territoires",
    file: aidesTerritoires,
    identifier: "id",
    changed: "description",
    read: readJson,
    write: (path, records) => writePieces(path, jsonPieces(records)),
  },
  {
    format: "xml",
    connector: "ademe-appels-a-projets",
    file: aidesTerritoires,
    note: "texts of `aides-territoires` in this publisher's XML, of which there is no real file",
    identifier: "id",
    changed: "description",
    read: readJson,
    write: (path, records) => writePieces(path, xmlPieces(records)),
  },
  {
    format: "excel",
    connector: "horizon-europe-calls",
    file: "eu/HE_calls_2023-05-05.xlsx",
    note: "three in four calls are closed and skipped",
    identifier: "topicId",
    changed: "topicTitle",
    read: readWorkbook,
    write: writeWorkbook,
  },
];

/** Reads the records of a real file. */
export function readRealFile({ file, read }: RealFile): Promise<readonly RealRecord[]> {
  return read(join(sharedData, file));
}

/**
 * Repeats records with an identifier of their own for each copy, until there are at least `count`. `version` 1 changes the text of one in
 * fifty.
 */
export function* multiplied(
  { identifier, changed, dates = [] }: Pick<RealFile, "identifier" | "changed" | "dates">,
  records: readonly RealRecord[],
  count: number,
  version = 0,
): Generator<RealRecord> {
  const copies = Math.ceil(count / records.length);
  let index = 0;
  for (let copy = 0; copy < copies; copy++) {
    for (const record of records) {
      const id = record[identifier];
      const own = typeof id === "number" ? id + copy * 1e7 : `${id}-${copy}`;
      const text = version === 1 && index++ % 50 === 0 ? `${record[changed] ?? ""} (2)` : record[changed];
      const shifted = dates.map((column) => [column, shiftedBy(copy, String(record[column] ?? ""))]);
      yield { ...record, ...Object.fromEntries(shifted), [identifier]: own, [changed]: text };
    }
  }
}

/** Shifts an ISO instant by days. Returns an empty text as it is. */
function shiftedBy(days: number, instant: string): string {
  return instant === "" ? "" : new Date(Date.parse(instant) + days * 86_400_000).toISOString();
}

/** Writes records for COPY: a number and the whole record as one text. */
export async function writeForCopy(path: string, records: Iterable<RealRecord>): Promise<void> {
  await writePieces(path, copyPieces(records));
}

/** Columns of `writeForCopy`. */
export const copyColumns = ["id", "record"];

async function readJson(path: string): Promise<readonly RealRecord[]> {
  return JSON.parse(await readFile(path, "utf8")) as RealRecord[];
}

async function writePieces(path: string, pieces: Iterable<string>): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  for (const piece of pieces) if (!file.write(piece)) await once(file, "drain");
  file.end();
  await finished(file);
}

function* csvPieces(records: Iterable<RealRecord>): Generator<string> {
  let isFirst = true;
  for (const record of records) {
    if (isFirst) yield `${Papa.unparse([Object.keys(record)], { quotes: true })}\r\n`;
    isFirst = false;
    yield `${Papa.unparse([Object.values(record)], { quotes: true })}\r\n`;
  }
}

function* copyPieces(records: Iterable<RealRecord>): Generator<string> {
  yield `${copyColumns.join(";")}\n`;
  let index = 0;
  for (const record of records) yield `${index++};"${JSON.stringify(record).replaceAll('"', '""')}"\n`;
}

function* jsonPieces(records: Iterable<RealRecord>): Generator<string> {
  let separator = "[\n";
  for (const record of records) {
    yield separator + JSON.stringify(record);
    separator = ",\n";
  }
  yield "]\n";
}

function* xmlPieces(records: Iterable<RealRecord>): Generator<string> {
  yield '<?xml version="1.0" encoding="utf-8"?>\n<appels>\n';
  for (const record of records) {
    yield `  <appel id="${record.id}">
    <titre>${escaped(record.name)}</titre>
    <presentation>${escaped(record.description)}</presentation>
    <appel_cloture>0</appel_cloture>
    <date_publication>${frenchDay(record.date_created)} 00:00:00</date_publication>
    <date_cloture>${frenchDay(record.submission_deadline)}</date_cloture>
    <lien_page_edition>${escaped(record.origin_url)}</lien_page_edition>
    <cibles><cible>Entreprises et Monde Agricole</cible></cibles>
    <couverture_geographique>Nationale</couverture_geographique>
  </appel>
`;
  }
  yield "</appels>\n";
}

function escaped(value: unknown): string {
  return String(value ?? "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** Converts an ISO date or instant to dd/MM/yyyy. Returns "" for anything else. */
function frenchDay(value: unknown): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(String(value ?? "")) ?? [];
  return day === undefined ? "" : `${day}/${month}/${year}`;
}

/** Reads the first sheet. The keys are the titles of the first row; a column without title has the key "". */
async function readWorkbook(path: string): Promise<readonly RealRecord[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  const sheet = workbook.worksheets[0];
  const titles = (sheet?.getRow(1).values ?? []) as unknown[];
  const records: RealRecord[] = [];
  sheet?.eachRow((row, number) => {
    const entries = Array.from({ length: titles.length - 1 }, (_, i) => [String(titles[i + 1] ?? ""), row.getCell(i + 1).value] as const);
    if (number > 1) records.push(Object.fromEntries(entries));
  });
  return records;
}

async function writeWorkbook(path: string, records: Iterable<RealRecord>): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true });
  const sheet = workbook.addWorksheet("Sheet1");
  let rows = 0;
  for (const record of records) {
    if (rows++ === 0) sheet.addRow(Object.keys(record)).commit();
    const row = sheet.addRow(Object.values(record));
    row.eachCell((cell) => {
      // Only the format tells a date from a number.
      if (cell.value instanceof Date) cell.numFmt = "yyyy-mm-dd hh:mm:ss";
    });
    row.commit();
    if (rows % 2000 === 0) await new Promise(setImmediate);
  }
  await workbook.commit();
}
