import type { Issue, IssueCode } from "../../model/issue.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { type Evidence, evidence } from "../../model/survey/evidence.ts";
import type { Reading, Readings } from "../survey.ts";
import { readSample, type Sample, trySample } from "./read-sample.ts";
import { findRowsLeftOut } from "./rows-without-record.ts";
import { isHintRow, maxRowsAbove, mayBeTitle, titleScore } from "./title-row.ts";

const maxSheets = 20;
const rowsLookedAt = 40;
/** Score from which a row is certainly the header. Later rows are not examined. */
const certainScore = 12;

/** Finds the sheets that may contain aids, with their header row and hint rows. Throws `FeedUnreadable` without one. */
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

/** Reading of a workbook. */
type Sheet = Extract<Reading, { format: "excel" }>;

/** A sheet with its most likely header row. */
interface SheetFound {
  readonly position: number;
  readonly name: string;
  readonly headerRow: number;
  readonly skipRows: number;
  readonly score: number;
  /** Titles of the columns, sorted. */
  readonly titles: readonly string[];
}

/** Returns the reading of one sheet. */
function readingOf({ position, name, headerRow, skipRows }: SheetFound): Sheet {
  return {
    format: "excel",
    sheet: position === 1 || name === "" ? position : name,
    ...(headerRow > 1 && { headerRow }),
    ...(skipRows > 0 && { skipRows }),
  };
}

/** Field for the name of the sheet, and for the banner above a group of records. */
const sheetField = "feuille";
const bannerField = "rubrique";
const rowsCompared = 40;

/** Returns the reading of a sheet with the layout that it shows. `alike`: sheets with the same columns, to be read as one list. */
async function layoutOf(
  part: FeedPart,
  best: SheetFound,
  alike: readonly SheetFound[],
): Promise<{ readonly reading: Sheet; readonly remarks: readonly Evidence[] }> {
  const header = await withHeaderRows(part, readingOf(best));
  const { headerRow = 1, headerRows = 1 } = header;
  const sheets = [best, ...alike].toSorted((one, other) => one.position - other.position).map(({ name }) => name);
  const together: Sheet = alike.length === 0 ? header : { ...header, sheet: sheets, sheetField: freeName(sheetField, best.titles) };
  const { sample, leaveOut, remarks } = await findRowsLeftOut(part, together);
  const fillDown = fieldsOf(sample, "blank-below-merges");
  const banners = leaveOut?.includes("banners") === true && haveGroups(sample) ? freeName(bannerField, best.titles) : undefined;
  return {
    reading: {
      ...together,
      ...(fillDown.length > 0 && { fillDown }),
      ...(leaveOut !== undefined && { leaveOut }),
      ...(banners !== undefined && { bannerField: banners }),
    },
    remarks: [
      ...(headerRows === 1 && headerRow > 1 ? [evidence("header-row", { row: headerRow })] : []),
      ...(headerRows > 1 ? [evidence("header-rows", { row: headerRow, rows: headerRows })] : []),
      ...(together.sheetField === undefined ? [] : [evidence("sheets-joined", { sheets: sheets.join(", "), field: together.sheetField })]),
      ...(fillDown.length > 0 ? [evidence("filled-down", { columns: fillDown.join(", ") })] : []),
      ...remarks,
      ...(banners === undefined ? [] : [evidence("banner-field", { field: banners })]),
      ...sample.issues.flatMap(({ code, params }) =>
        code === "hidden-cells"
          ? [evidence(code, { rows: Number(params.rows), columns: String(params.columns) })]
          : code === "colours-ignored"
            ? [evidence(code)]
            : [],
      ),
    ],
  };
}

/** Returns the reading with two header rows if there are titles below a title, or titles that differ only by the title above them. */
async function withHeaderRows(part: FeedPart, reading: Sheet): Promise<Sheet> {
  const { headerRow = 1, skipRows = 0 } = reading;
  const single = await trySample(part, reading, { limit: rowsCompared });
  if (single === null || skipRows > 0) return reading;
  const [first, next] = single.records;
  if (first !== undefined && next !== undefined && isSubheading(first)) {
    const double: Sheet = { ...reading, headerRows: 2 };
    if (joinsTitles(await trySample(part, double, { limit: rowsCompared }))) return double;
  }
  if (headerRow > 1 && hasRepeatedTitle(first)) {
    const { headerRow: _, ...rest } = reading;
    const above: Sheet = { ...rest, ...(headerRow > 2 && { headerRow: headerRow - 1 }), headerRows: 2 };
    const sample = await trySample(part, above, { limit: rowsCompared });
    if (joinsTitles(sample) && !hasRepeatedTitle(sample?.records[0])) return above;
  }
  return reading;
}

/** Returns true if a row below the titles has titles of its own ("min"). Its other cells are blank or repeat a title down a merge. */
function isSubheading(record: Values): boolean {
  const entries = Object.entries(record).map(([key, value]) => ({ key, text: String(value).trim() }));
  const own = entries.filter(({ key, text }) => text !== "" && text !== key);
  const others = entries.length - own.length;
  const isBelowSpan = own.some(({ key }) => isUntitled(key) || isRepeated(key));
  const areUnits = own.every(({ text }) => /^\(?(?:[km]?€|%)/i.test(text));
  if (own.length === 0 || others < entries.length / 3) return false;
  return areUnits || (isBelowSpan && own.every(({ text }) => text.length <= 40 && mayBeTitle(text)));
}

function joinsTitles(sample: Sample | null): boolean {
  const [first] = sample?.records ?? [];
  return first !== undefined && sample?.broken === 0 && Object.keys(first).some((key) => / > |\)$/.test(key));
}

function hasRepeatedTitle(record: Values | undefined): boolean {
  return Object.keys(record ?? {}).some(isRepeated);
}

/** Returns true for the key of a column whose title occurs before. */
function isRepeated(key: string): boolean {
  return / \(\d+\)$/.test(key);
}

/** Returns true for the key of a column without a title. */
function isUntitled(key: string): boolean {
  return /^column \d+$/.test(key);
}

/** Returns true if at least two banners are above records. Notes are below all records. */
function haveGroups({ issues, lastLocator }: Sample): boolean {
  const last = rowOf(lastLocator);
  return issues.filter(({ code, locator }) => code === "banner-row" && rowOf(locator) < last).length >= 2;
}

function rowOf(locator: string | null): number {
  return Number(/row (\d+)$/.exec(locator ?? "")?.[1] ?? 0);
}

function fieldsOf({ issues }: Sample, wanted: IssueCode): string[] {
  const fields = issues.flatMap(({ code, field }: Issue) => (code === wanted && field !== null ? [field] : []));
  return [...new Set(fields)];
}

function freeName(name: string, taken: readonly string[]): string {
  return taken.some((title) => title.toLowerCase() === name) ? `${name} (2)` : name;
}
