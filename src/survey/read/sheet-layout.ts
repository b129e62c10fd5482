import type { Issue, IssueCode } from "../../model/issue.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import type { Values } from "../../model/run/values.ts";
import { type Evidence, evidence } from "../../model/survey/evidence.ts";
import type { Reading } from "../survey.ts";
import { type Sample, trySample } from "./read-sample.ts";
import { findRowsLeftOut } from "./rows-without-record.ts";
import { mayBeTitle } from "./title-row.ts";

/** Reading of a workbook. */
export type Sheet = Extract<Reading, { format: "excel" }>;

/** A sheet with its most likely header row. */
export interface SheetFound {
  readonly position: number;
  readonly name: string;
  readonly headerRow: number;
  readonly skipRows: number;
  readonly score: number;
  /** Titles of the columns, sorted. */
  readonly titles: readonly string[];
}

/** Returns the reading of one sheet. */
export function readingOf({ position, name, headerRow, skipRows }: SheetFound): Sheet {
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

/**
 * Returns the reading of a sheet, with all that it shows of its layout: titles in two rows, groups to fill down, rows that are not records.
 * `alike`: sheets with the same columns, to be read with it as one list.
 */
export async function layoutOf(
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

/**
 * Returns the reading with two header rows if the sheet shows them: titles below a title, or titles that differ only by the title above
 * them.
 */
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

/**
 * Returns true if a row below the titles contains titles of its own: texts such as "min", under a title that spans columns. Other columns
 * are blank, or repeat their title down a merge.
 */
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
export function isUntitled(key: string): boolean {
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
