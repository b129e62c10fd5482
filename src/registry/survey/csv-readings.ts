import type { FeedContent } from "../../ingest/decode/container/open-feed.ts";
import { detectCsvEncoding } from "../../ingest/decode/csv/detect-csv-encoding.ts";
import { detectDelimiter } from "../../ingest/decode/csv/detect-delimiter.ts";
import { readCells } from "../../ingest/decode/csv/read-cells.ts";
import { RowCutter } from "../../ingest/decode/csv/row-cutter.ts";
import { evidence } from "./evidence.ts";
import type { Readings } from "./readings.ts";
import type { Reading } from "./survey.ts";
import { mostRowsAbove, titleScore } from "./title-row.ts";

type Csv = Extract<Reading, { format: "csv" }>;
const delimiters: readonly NonNullable<Csv["delimiter"]>[] = [";", ",", "\t", "|"];

interface Layout {
  readonly headerRow: number;
  readonly delimiter: string;
  readonly score: number;
}

/** How a CSV is written: its encoding and delimiter, found as a run would find them, and the row of its titles. */
export async function csvReadings(content: FeedContent): Promise<Readings> {
  const encoding = await detectCsvEncoding(content, undefined);
  const head = new TextDecoder(encoding).decode(content.head, { stream: true }).replace(/^\ufeff/, "");
  const { headerRow, delimiter } = layoutOf(head, content.isWhole);
  const reading: Csv = {
    format: "csv",
    delimiter: delimiters.find((known) => known === delimiter) ?? unusedDelimiter(head),
    encoding: encoding as NonNullable<Csv["encoding"]>,
    ...(headerRow > 1 && { headerRow }),
  };
  return { readings: [reading], remarks: headerRow > 1 ? [evidence("header-row", { row: headerRow })] : [] };
}

/** The row of the titles is the one that looks most like titles; of equals the first. */
function layoutOf(head: string, isWhole: boolean): Layout {
  let best: Layout = { headerRow: 1, delimiter: detectDelimiter(head, isWhole, 1), score: Number.NEGATIVE_INFINITY };
  for (let headerRow = 1; headerRow <= mostRowsAbove; headerRow++) {
    const delimiter = detectDelimiter(head, isWhole, headerRow);
    const cells = rowOf(head, delimiter, headerRow);
    if (cells === null) continue;
    const score = titleScore(cells);
    if (score > best.score) best = { headerRow, delimiter, score };
  }
  return best;
}

/** The cells of a row; null where there is none, or it is blank. */
function rowOf(head: string, delimiter: string, number: number): string[] | null {
  const cutter = new RowCutter(delimiter);
  const rows = [...cutter.push(head), ...cutter.end()];
  const row = rows.find((candidate) => candidate.number === number && candidate.text.trim() !== "" && !candidate.unterminated);
  return row === undefined ? null : (readCells([row], delimiter)[0] ?? null);
}

/** A table of one column has none; a character that it does not hold cuts nothing. */
function unusedDelimiter(head: string): NonNullable<Csv["delimiter"]> {
  return delimiters.find((delimiter) => !head.includes(delimiter)) ?? ";";
}
