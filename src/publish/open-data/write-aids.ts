import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { LiveAid } from "../../catalogue/published/live-aids.ts";
import type { OpenDataFacts, OpenDataFile } from "../../model/aid/open-data.ts";
import { dispositifAideColumns } from "../exports/dispositif-aide-schema.ts";
import { type ExcelColumn, excelOf } from "../exports/excel-of.ts";
import { csvLine } from "../exports/export-dispositif-aide.ts";
import { openDataColumns } from "../exports/open-data-columns.ts";
import type { KeepFile } from "./keep-file.ts";
import { fileTypes } from "./keep-file.ts";
import type { OpenDataOrigin, OpenedAid } from "./open-page.ts";
import { openedPages } from "./page-opener.ts";
import { newTally, type Tally } from "./tally.ts";

/** Services for writing aids. */
export interface AidWriting {
  /** By connector. */
  readonly origins: Readonly<Record<string, OpenDataOrigin>>;
  /** Called after each page with the number of aids written. */
  readonly onProgress?: (written: number) => void;
  readonly signal?: AbortSignal;
}

type Cells = OpenedAid["cells"];

/**
 * Writes the reusable live aids into the files of a dump in one pass, in order of their identifiers, so that memory does not grow. Aids
 * that a confirmed legal basis lets out are in files of their own, because they have no licence.
 * Throws errors of `keep`, and the reason of `signal`.
 */
export async function writeAids(
  pages: AsyncIterable<readonly LiveAid[]>,
  keep: KeepFile,
  { origins, onProgress, signal }: AidWriting,
): Promise<{ readonly files: OpenDataFile[]; readonly facts: OpenDataFacts }> {
  const licensed = openTextFiles("aides", keep);
  const onBasis = Object.values(origins).some(({ basis }) => basis !== null) ? openTextFiles("aides-base-legale", keep) : null;
  const excel = openFileSink<readonly Cells[], readonly Cells[]>(false, (rows) =>
    keep("aides.xlsx", fileTypes["aides.xlsx"], excelOf("Aides", columnsOfCells, rows)),
  );
  const sinks = [...licensed.sinks, excel, ...(onBasis?.sinks ?? [])];
  const tally = newTally();
  let written = 0;
  try {
    await licensed.begin();
    await onBasis?.begin();
    for await (const { aids, notOpen } of openedPages(pages, origins)) {
      signal?.throwIfAborted();
      tally.leave("licence", notOpen);
      const isLicensed = ({ counted }: OpenedAid) => counted.basis === null;
      const [first, second] = [aids.filter(isLicensed), aids.filter((aid) => !isLicensed(aid))];
      await licensed.write(first, tally);
      await onBasis?.write(second, tally);
      if (first.length > 0) await excel.write(first.map(({ cells }) => cells));
      written += aids.length;
      onProgress?.(written);
    }
    return { files: await Promise.all(sinks.map((sink) => sink.end())), facts: tally.facts() };
  } catch (error) {
    await Promise.all(sinks.map((sink) => sink.abandon(error)));
    throw error;
  }
}

/** Opens the file of the national schema and the file of records with this name. */
function openTextFiles(name: "aides" | "aides-base-legale", keep: KeepFile) {
  const csv = openFileSink<string, Uint8Array>(true, (bytes) => keep(`${name}.csv`, fileTypes[`${name}.csv`], bytes));
  const jsonLines = openFileSink<string, Uint8Array>(true, (bytes) => keep(`${name}.jsonl`, fileTypes[`${name}.jsonl`], bytes));
  let lastKey = "";
  return {
    sinks: [csv, jsonLines],
    begin: () => csv.write(csvLine(dispositifAideColumns.map((column) => column.name))),
    /** Writes aids and counts them. An aid with the identifier of the previous one is only a record. */
    async write(aids: readonly OpenedAid[], tally: Tally): Promise<void> {
      let [lines, records] = ["", ""];
      for (const { line, counted, record } of aids) {
        const reason = "reason" in line ? line.reason : line.key === lastKey ? "duplicate-id" : null;
        if (reason !== null) tally.leave(reason);
        tally.count(counted, reason === null);
        records += record;
        if ("reason" in line) continue;
        if (reason === null) lines += line.text;
        lastKey = line.key;
      }
      if (lines !== "") await csv.write(lines);
      if (records !== "") await jsonLines.write(records);
    },
  };
}

/** The workbook's columns over prepared cells. */
const columnsOfCells: readonly ExcelColumn<Cells>[] = openDataColumns.map((column, place) => ({
  ...column,
  text: (cells) => cells[place] ?? null,
}));

/** Stores pieces while more are made. */
interface FileSink<Piece> {
  /** Takes a piece when there is room. Throws the failure of storing. */
  write(piece: Piece): Promise<void>;
  /** Ends the file and returns it once it is stored. */
  end(): Promise<OpenDataFile>;
  /** Gives up; nothing is stored. */
  abandon(reason: unknown): Promise<void>;
}

/** Maximum buffered size, in bytes for text, else in pieces. */
const maxBytes = 512 * 1024;
const maxPieces = 2;

/** Opens a file whose pieces `keep` reads as they come. `isText`: pieces are text, passed on as bytes. */
function openFileSink<Piece, Read>(isText: boolean, keep: (pieces: AsyncIterable<Read>) => Promise<OpenDataFile>): FileSink<Piece> {
  const stream = new PassThrough(isText ? { highWaterMark: maxBytes } : { objectMode: true, highWaterMark: maxPieces });
  const kept = keep(stream as AsyncIterable<Read>);
  kept.catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  stream.on("error", () => undefined); // the error reaches the writer through `kept`
  return {
    async write(piece) {
      if (stream.destroyed) await kept;
      if (!stream.write(piece)) await Promise.race([once(stream, "drain"), kept]);
    },
    async end() {
      stream.end();
      return kept;
    },
    async abandon(reason) {
      stream.destroy(reason instanceof Error ? reason : new Error(String(reason)));
      await kept.catch(() => undefined);
    },
  };
}
