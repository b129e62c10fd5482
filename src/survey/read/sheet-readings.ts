import type { FeedPart } from "../../model/run/feed-part.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import type { Values } from "../../model/run/values.ts";
import { evidence } from "../../model/survey/evidence.ts";
import type { Readings } from "../survey.ts";
import { readSample, type Sample } from "./read-sample.ts";
import { isUntitled, layoutOf, readingOf, type Sheet, type SheetFound } from "./sheet-layout.ts";
import { isHintRow, maxRowsAbove, titleScore } from "./title-row.ts";

const maxSheets = 20;
const rowsLookedAt = 40;
/** Score from which a row is certainly the header. Later rows are not examined. */
const certainScore = 12;

/**
 * Finds the sheets that may contain aids, with their header row and the number of hint rows below. Throws `FeedUnreadable` if the file is
 * not a supported workbook, or if no sheet has a header.
 */
export async function sheetReadings(part: FeedPart): Promise<Readings> {
  const found: SheetFound[] = [];
  let refused: FeedUnreadable | undefined;
  for (let position = 1; position <= maxSheets; position++) {
    const sheet = await surveySheet(part, position);
    if (sheet instanceof FeedUnreadable) {
      refused ??= sheet;
      if (sheet.code === "no-such-sheet") break;
      if (sheet.code !== "no-header") throw sheet;
    } else if (sheet !== null) found.push(sheet);
  }
  const withRecords = found.filter(({ score }) => score >= 0);
  const [best, ...others] = (withRecords.length > 0 ? withRecords : found).sort((a, b) => b.score - a.score || a.position - b.position);
  if (best === undefined) throw refused ?? new FeedUnreadable("no-header", { sheet: 1, row: 1 });
  const alike = others.filter((other) => isAlike(best, other));
  const { reading, remarks } = await layoutOf(part, best, alike);
  const rest = others.filter((other) => !alike.includes(other));
  return {
    readings: [reading, ...(alike.length > 0 ? [best] : []).map(readingOf), ...others.map(readingOf)],
    remarks: [
      ...remarks,
      ...(best.skipRows > 0 ? [evidence("hints-below", { rows: best.skipRows })] : []),
      ...(rest.length > 0 ? [evidence("other-sheets", { sheet: best.name, others: rest.map(({ name }) => name).join(", ") })] : []),
    ],
  };
}

/** Returns a sheet with its most likely header row, or the error of the decoder if it reads no row as header. */
async function surveySheet(part: FeedPart, position: number): Promise<SheetFound | FeedUnreadable | null> {
  let best: SheetFound | null = null;
  let refused: FeedUnreadable | null = null;
  for (let headerRow = 1; headerRow <= maxRowsAbove; headerRow++) {
    const sample = await sampleOf(part, { format: "excel", sheet: position, headerRow });
    if (sample instanceof FeedUnreadable) {
      refused ??= sample;
      // A row above the header may be empty; any other error concerns every row.
      if (sample.code !== "no-header") return sample;
      continue;
    }
    const score = scoreOf(sample);
    const { skipRows, name } = { skipRows: hintRows(sample.records), name: sheetName(sample.firstLocator) };
    if (best === null || score > best.score) best = { position, name, headerRow, skipRows, score, titles: titlesOf(sample) };
    if (score >= certainScore && sample.broken === 0) break;
  }
  return best ?? refused;
}

async function sampleOf(part: FeedPart, reading: Sheet): Promise<Sample | FeedUnreadable> {
  try {
    return await readSample(part, reading, { limit: rowsLookedAt });
  } catch (error) {
    if (error instanceof FeedUnreadable) return error;
    throw error;
  }
}

/** Scores a header row by its titles and by the rows below it. */
function scoreOf({ records, received, broken }: Sample): number {
  const [first] = records;
  if (first === undefined) return -1;
  return titleScore(Object.keys(first)) + Math.log2(1 + received) - (received === 0 ? 0 : (broken / received) * 20);
}

function titlesOf({ records: [first = {}] }: Sample): string[] {
  return Object.keys(first)
    .filter((key) => !isUntitled(key) && !key.endsWith(" (link)"))
    .sort();
}

/** Returns true if two sheets have the same columns in the same layout, so that they can be read as one list. */
function isAlike(one: SheetFound, other: SheetFound): boolean {
  const isSameLayout = one.headerRow === other.headerRow && one.skipRows === other.skipRows;
  const haveNames = one.name !== "" && other.name !== "";
  return isSameLayout && haveNames && one.titles.length > 1 && one.titles.join("\n") === other.titles.join("\n");
}

function hintRows(records: readonly Values[]): number {
  let rows = 0;
  while (rows < 3 && rows < records.length && isHintRow(Object.values(records[rows] ?? {}).map(String))) rows++;
  return rows;
}

/** Returns the sheet of a locator such as `sheet Aides, row 9`. */
function sheetName(locator: string | null): string {
  return /^sheet (.+), row \d+$/s.exec(locator ?? "")?.[1] ?? "";
}
