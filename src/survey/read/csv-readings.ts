import type { FeedContent } from "../../ingest/decode/container/open-feed.ts";
import { cutText } from "../../ingest/decode/csv/cut-text.ts";
import { detectDelimiter } from "../../ingest/decode/csv/detect-delimiter.ts";
import { readCells } from "../../ingest/decode/csv/raw-row.ts";
import { detectEncoding } from "../../ingest/decode/text/detect-encoding.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { Reading, Readings } from "../survey.ts";
import { findRowsLeftOut } from "./rows-without-record.ts";
import { maxRowsAbove, titleScore } from "./title-row.ts";

type Csv = Extract<Reading, { format: "csv" }>;
const delimiters: readonly NonNullable<Csv["delimiter"]>[] = [";", ",", "\t", "|"];

interface Layout {
  readonly headerRow: number;
  readonly delimiter: string;
  readonly score: number;
}

/** Returns the reading of a CSV, without the rows that are not records. */
export async function csvReadings(part: FeedPart, content: FeedContent): Promise<Readings> {
  const reading = await csvReading(content);
  const { headerRow = 1 } = reading;
  const header = headerRow > 1 ? [evidence("header-row", { row: headerRow })] : [];
  try {
    const { leaveOut, remarks } = await findRowsLeftOut(part, reading);
    return { readings: [{ ...reading, ...(leaveOut !== undefined && { leaveOut }) }], remarks: [...header, ...remarks] };
  } catch (error) {
    // Reading the records reports the error.
    if (error instanceof FeedUnreadable) return { readings: [reading], remarks: header };
    throw error;
  }
}

/** Detects encoding and delimiter as a run does, and the header row. */
export async function csvReading(content: FeedContent): Promise<Csv> {
  const encoding = await detectEncoding(content, undefined);
  const head = new TextDecoder(encoding).decode(content.head, { stream: true }).replace(/^\ufeff/, "");
  const { headerRow, delimiter } = layoutOf(head, content.isWhole);
  return {
    format: "csv",
    delimiter: delimiters.find((known) => known === delimiter) ?? unusedDelimiter(head),
    encoding: encoding as NonNullable<Csv["encoding"]>,
    ...(headerRow > 1 && { headerRow }),
  };
}

/** Chooses the row that looks most like a header. Of equal rows, the first. */
function layoutOf(head: string, isWhole: boolean): Layout {
  let best: Layout = { headerRow: 1, delimiter: detectDelimiter(head, isWhole, 1), score: Number.NEGATIVE_INFINITY };
  for (let headerRow = 1; headerRow <= maxRowsAbove; headerRow++) {
    const delimiter = detectDelimiter(head, isWhole, headerRow);
    const cells = rowOf(head, delimiter, headerRow);
    if (cells === null) continue;
    const score = titleScore(cells);
    if (score > best.score) best = { headerRow, delimiter, score };
  }
  return best;
}

/** Returns the cells of a row, or null if it is missing or blank. */
function rowOf(head: string, delimiter: string, number: number): string[] | null {
  const { complete, last } = cutText(head, delimiter);
  const rows = last === null ? complete : [...complete, last];
  const row = rows.find((candidate) => candidate.number === number && candidate.text.trim() !== "" && !candidate.unterminated);
  return row === undefined ? null : (readCells([row], delimiter)[0] ?? null);
}

/** Returns a delimiter that does not occur, for a table with one column. */
function unusedDelimiter(head: string): NonNullable<Csv["delimiter"]> {
  return delimiters.find((delimiter) => !head.includes(delimiter)) ?? ";";
}
