import ExcelJS from "exceljs";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Connector } from "../../kit/definition.ts";
import { templateColumns, titlesOf } from "../../kit/platforms/template-columns.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import { describeWorkbook } from "../../publish/exports/excel-of.ts";
import { byteOrderMark } from "../../publish/exports/french-csv.ts";
import { allRecords } from "../stored-feeds/first-records.ts";
import { cellText } from "./entry-record.ts";
import { EntryRefused } from "./entry-refused.ts";

/** Maximum number of rows of a file that the form corrects: as many as our template has lists for. */
const maxRows = 2000;
const titlesOfTemplate = templateColumns.flatMap(titlesOf);
const idTitle = titlesOfTemplate[0] ?? "";

/** A publisher's file of our template. */
export interface EntryFile {
  /** Hash of its snapshot; null if the publisher has none yet. */
  readonly hash: string | null;
  /** Who gave it. */
  readonly by: string | null;
  readonly rows: readonly Values[];
}

/**
 * Returns the newest file of a connector, whose run was applied or waits.
 * @throws EntryRefused (`other-layout`) if the form cannot read it whole, because saving would lose the rest
 */
export async function currentFile(catalogue: Catalogue, definition: Connector): Promise<EntryFile> {
  const given = await catalogue.givenFiles.current(definition.id);
  if (given === null) return noFile;
  const rows = await allRecords(catalogue, given.hash, definition, maxRows);
  if (rows === null || !canWrite(definition)) throw new EntryRefused("other-layout");
  return { ...given, rows };
}

/** The file of a publisher without one. */
export const noFile: EntryFile = { hash: null, by: null, rows: [] };

/** Returns a file of rows with nothing but these identifiers, for a process that cannot read the publisher's file. */
export function fileOfIdentifiers(ids: readonly string[]): EntryFile {
  return { ...noFile, rows: ids.map((id) => ({ [idTitle]: id })) };
}

/** Returns the rows of an earlier file of a connector, or null if they are no longer stored. */
export async function rowsOfFile(catalogue: Catalogue, hash: string, definition: Connector): Promise<readonly Values[] | null> {
  return /^[0-9a-f]{64}$/.test(hash) ? allRecords(catalogue, hash, definition, maxRows) : null;
}

/** Returns the row with this identifier. */
export function rowWithId(rows: readonly Values[], id: string): Values | undefined {
  return rows.find((row) => idOfRow(row) === id);
}

/** Returns the identifier of a row. */
export function idOfRow(row: Values): string {
  return cellText(row[idTitle]);
}

/** Returns the rows with one row replaced by its identifier, or added at the end. */
export function withRow(rows: readonly Values[], row: Values): readonly Values[] {
  const at = rows.findIndex((other) => idOfRow(other) === idOfRow(row));
  return at < 0 ? [...rows, row] : rows.with(at, row);
}

/** Returns true for a layout that `writeFile` writes: one table with one header row, at the top. */
function canWrite({ decode }: Connector): boolean {
  if (decode.format === "csv") return decode.headerRow === 1;
  if (decode.format !== "excel" || decode.sheetField !== undefined || decode.skipRows > 0) return false;
  return (typeof decode.sheet === "string" || decode.sheet === 1) && decode.headerRow === 1 && (decode.headerRows ?? 1) === 1;
}

/** Returns the rows as a file in the format of the connector. */
export async function writeFile({ decode }: Connector, rows: readonly Values[]): Promise<Uint8Array> {
  const found = new Set(rows.flatMap((row) => Object.keys(row)));
  const titles = [...titlesOfTemplate, ...[...found].filter((title) => !titlesOfTemplate.includes(title))];
  if (decode.format === "excel") return workbook(typeof decode.sheet === "string" ? decode.sheet : "Aides", titles, rows);
  const delimiter = decode.format === "csv" ? (decode.delimiter ?? ";") : ";";
  const lines = [titles, ...rows.map((row) => titles.map((title) => cellText(row[title])))];
  return new TextEncoder().encode(`${byteOrderMark}${lines.map((cells) => csvLine(cells, delimiter)).join("")}`);
}

function csvLine(cells: readonly string[], delimiter: string): string {
  return `${cells.map((text) => (/["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text)).join(delimiter)}\r\n`;
}

async function workbook(sheet: string, titles: readonly string[], rows: readonly Values[]): Promise<Uint8Array> {
  const made = new ExcelJS.Workbook();
  const table = made.addWorksheet(sheet.slice(0, 31), { views: [{ state: "frozen", ySplit: 1 }] });
  describeWorkbook(made, "Aides", table.name);
  table.addRow([...titles]);
  for (const row of rows) table.addRow(titles.map((title) => (typeof row[title] === "string" ? row[title] : (row[title] ?? null))));
  return new Uint8Array(await made.xlsx.writeBuffer());
}
