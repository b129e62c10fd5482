import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { LiveAid } from "../../catalogue/published/live-aids.ts";
import type { OpenDataFacts, OpenDataFile } from "../../model/aid/open-data.ts";
import { csvLine } from "../exports/dispositif-aide.ts";
import { dispositifAideColumns } from "../exports/dispositif-aide-schema.ts";
import { type ExcelColumn, excelOf } from "../exports/excel-of.ts";
import { openDataColumns } from "../exports/open-data-columns.ts";
import { fileTypes } from "./file-types.ts";
import type { KeepFile } from "./keep-file.ts";
import type { OpenDataOrigin, OpenedAid } from "./open-page.ts";
import { openedPages } from "./page-opener.ts";
import { newTally } from "./tally.ts";

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
 * Writes the reusable live aids into the three files of a dump in one pass, in order of their identifiers, so that memory does not grow.
 * Throws errors of `keep`, and the reason of `signal`.
 */
export async function writeAids(
  pages: AsyncIterable<readonly LiveAid[]>,
  keep: KeepFile,
  { origins, onProgress, signal }: AidWriting,
): Promise<{ readonly files: OpenDataFile[]; readonly facts: OpenDataFacts }> {
  const csv = openFileSink<string, Uint8Array>(true, (bytes) => keep("aides.csv", fileTypes["aides.csv"], bytes));
  const jsonLines = openFileSink<string, Uint8Array>(true, (bytes) => keep("aides.jsonl", fileTypes["aides.jsonl"], bytes));
  const excel = openFileSink<readonly Cells[], readonly Cells[]>(false, (rows) =>
    keep("aides.xlsx", fileTypes["aides.xlsx"], excelOf("Aides", columnsOfCells, rows)),
  );
  const sinks = [csv, jsonLines, excel];
  const tally = newTally();
  let written = 0;
  let lastKey = "";
  try {
    await csv.write(csvLine(dispositifAideColumns.map(({ name }) => name)));
    for await (const { aids, records, notOpen } of openedPages(pages, origins)) {
      signal?.throwIfAborted();
      tally.leave("licence", notOpen);
      let lines = "";
      for (const { line, counted } of aids) {
        const reason = "reason" in line ? line.reason : line.key === lastKey ? "duplicate-id" : null;
        if (reason !== null) tally.leave(reason);
        tally.count(counted, reason === null);
        if ("reason" in line) continue;
        if (reason === null) lines += line.text;
        lastKey = line.key;
      }
      if (lines !== "") await csv.write(lines);
      if (records !== "") await jsonLines.write(records);
      if (aids.length > 0) await excel.write(aids.map(({ cells }) => cells));
      written += aids.length;
      onProgress?.(written);
    }
    return { files: await Promise.all(sinks.map((sink) => sink.end())), facts: tally.facts() };
  } catch (error) {
    await Promise.all(sinks.map((sink) => sink.abandon(error)));
    throw error;
  }
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
