import { type ZipPart, zipOf } from "./handwritten-zip.ts";

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** Parts of a handwritten workbook. */
export interface HandWritten {
  /** Content of `sheetData`, or a whole part. */
  readonly rows: string | ZipPart;
  /** XML after `sheetData`. */
  readonly behind?: string;
  /** `<si>` elements. */
  readonly sharedStrings?: string;
  /** Format codes: the style `s="1"` has the first, and so on. */
  readonly formats?: readonly string[];
  readonly workbookPr?: string;
  /** Targets of `rId1`, `rId2`… of the sheet. */
  readonly links?: readonly string[];
  /** Additional or replaced parts. */
  readonly parts?: Readonly<Record<string, string | ZipPart>>;
}

/** Returns the parts of a workbook with one sheet, "Aides". */
export function workbookParts(written: HandWritten): Record<string, string | ZipPart> {
  const formats = written.formats ?? [];
  return {
    "_rels/.rels": relationships([["rId1", "officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}">${written.workbookPr ?? ""}<sheets><sheet name="Aides" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationships([
      ["rId1", "worksheet", "worksheets/sheet1.xml"],
      ["rId2", "sharedStrings", "sharedStrings.xml"],
      ["rId3", "styles", "/xl/styles.xml"],
    ]),
    "xl/sharedStrings.xml": `<sst xmlns="${main}">${written.sharedStrings ?? ""}</sst>`,
    "xl/styles.xml": `<styleSheet xmlns="${main}"><numFmts>${formats
      .map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${escaped(code)}"/>`)
      .join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map((_, index) => `<xf numFmtId="${200 + index}"/>`)
      .join("")}</cellXfs></styleSheet>`,
    "xl/worksheets/sheet1.xml":
      typeof written.rows === "string"
        ? `<worksheet xmlns="${main}" xmlns:r="${office}"><dimension ref="A1:XFD1048576"/><sheetData>${written.rows}</sheetData>${written.behind ?? ""}</worksheet>`
        : written.rows,
    "xl/worksheets/_rels/sheet1.xml.rels": relationships(
      (written.links ?? []).map((target, index) => [`rId${index + 1}`, "hyperlink", target] as const),
      ' TargetMode="External"',
    ),
    ...written.parts,
  };
}

/** Returns the bytes of a workbook with one sheet, "Aides". */
export function workbookOf(written: HandWritten): Buffer {
  return zipOf(workbookParts(written));
}

/** Returns a row of inline strings, numbers and booleans; null omits the cell. */
export function rowOf(number: number, values: readonly (string | number | boolean | null)[]): string {
  return `<row r="${number}">${values.map((value, index) => cellOf(columnName(index), number, value)).join("")}</row>`;
}

/** Escapes a string for XML. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("\r", "&#13;");
}

function cellOf(column: string, row: number, value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value === "boolean") return `<c r="${column}${row}" t="b"><v>${value ? 1 : 0}</v></c>`;
  if (typeof value === "number") return `<c r="${column}${row}"><v>${value}</v></c>`;
  return `<c r="${column}${row}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

function relationships(entries: readonly (readonly [string, string, string])[], mode = ""): string {
  const inside = entries.map(
    ([id, kind, target]) => `<Relationship Id="${id}" Type="${office}/${kind}" Target="${escaped(target)}"${mode}/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside.join("")}</Relationships>`;
}
