import { type OfficePackage, smallPartLimit } from "./open-package.ts";
import { readXml } from "./read-xml.ts";

/** Type of a number, as its format declares it. */
export type NumberFormat =
  | "number"
  /** Shown as a percentage: 0.5 as 50 %. */
  | "percent"
  /** A calendar date, with or without a time. */
  | "date"
  /** A time of day. A date in the same number is not shown. */
  | "time"
  /** Elapsed hours, minutes or seconds (`[h]:mm`). */
  | "duration"
  /** Zero-padded to this many digits: post codes, INSEE codes, SIRET. */
  | { readonly digits: number };

/** Built-in formats, which have no code (ECMA-376 §18.8.30). 27–36 and 50–58 are dates in the East Asian editions. */
const builtInDates: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, ...numbersFrom(27, 31), 34, 35, 36, ...numbersFrom(50, 58)]);
const builtInTimes: ReadonlySet<number> = new Set([18, 19, 20, 21, 32, 33, 45, 47]);
const builtInDuration = 46;
const builtInPercents: ReadonlySet<number> = new Set([9, 10]);

function builtInFormat(id: number): NumberFormat {
  if (builtInDates.has(id)) return "date";
  if (builtInTimes.has(id)) return "time";
  if (id === builtInDuration) return "duration";
  return builtInPercents.has(id) ? "percent" : "number";
}

/**
 * Parts of a format code to ignore: quoted and escaped texts, padding, colours, conditions, locales. Does not match elapsed time (`[h]`).
 */
const literals = /"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi;

/**
 * Returns the type for a format code, by its first section, which applies to positive numbers: `[$-40C]d mmm yyyy;@` is a date, `0.0%` a
 * percentage, `00000` five digits, `0" dossiers"` a number.
 */
function formatOfCode(code: string): NumberFormat {
  const [first = ""] = code.replace(literals, "").split(";");
  const section = first.trim().toLowerCase();
  if (section === "general" || section === "standard") return "number";
  if (section.includes("%")) return "percent";
  if (/^0{2,}$/.test(section)) return { digits: section.length };
  if (/\[[hms]+\]/.test(section)) return "duration";
  if (/[dy]/.test(section)) return "date";
  if (/[hs]/.test(section)) return "time";
  return section.includes("m") ? "date" : "number";
}

function numbersFrom(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Number format and background colour by cell style. The attribute `s` of a cell is the index of its style. */
interface CellStyles {
  readonly formats: readonly NumberFormat[];
  readonly colours: readonly string[];
}

/** Reads the cell styles of a workbook. Without this part, all cells have the default style. */
export async function readCellStyles(file: OfficePackage, part: string | null): Promise<CellStyles> {
  const styles: { readonly format: number; readonly fill: number }[] = [];
  const codes = new Map<number, string>();
  const fills: string[] = [];
  if (part === null || !file.has(part)) return { formats: [], colours: [] };
  let inCellStyles = false;
  let inFills = false;
  await readXml(file.read(part, smallPartLimit), part, {
    open(element, attributes) {
      if (element === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      if (element === "fills") inFills = true;
      if (element === "fill" && inFills) fills.push("");
      if (element === "fgColor" && inFills && fills.length > 0) fills[fills.length - 1] = colourOf(attributes);
      if (element === "cellXfs") inCellStyles = true;
      if (element === "xf" && inCellStyles) styles.push({ format: Number(attributes.numFmtId ?? 0), fill: Number(attributes.fillId ?? 0) });
    },
    close(element) {
      if (element === "cellXfs") inCellStyles = false;
      if (element === "fills") inFills = false;
    },
  });
  const formats = new Map<number, NumberFormat>();
  for (const [id, code] of codes) formats.set(id, formatOfCode(code));
  return {
    formats: styles.map(({ format }) => formats.get(format) ?? builtInFormat(format)),
    colours: styles.map(({ fill }) => fills[fill] ?? ""),
  };
}

/** Returns a colour as written: an RGB value, or a theme colour with its tint. White is no colour. */
function colourOf({ rgb, theme, tint, indexed }: Readonly<Record<string, string>>): string {
  if (rgb !== undefined) return /^(?:FF)?FFFFFF$/i.test(rgb) ? "" : rgb;
  return theme === undefined ? `indexed ${indexed}` : `theme ${theme} ${tint ?? ""}`;
}
