import { sheetLibrary } from "../../../../src/ingest/decode/xls/sheet-library.ts";
import { type HandWritten, rowOf, workbookOf } from "../excel/handwritten-workbook.ts";

export const { CFB } = sheetLibrary;
const { read, write } = sheetLibrary;

/** Types of the parts of a handwritten workbook, which the library needs. */
const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${[
  ["workbook.xml", "sheet.main"],
  ["worksheets/sheet1.xml", "worksheet"],
  ["sharedStrings.xml", "sharedStrings"],
  ["styles.xml", "styles"],
]
  .map(
    ([part, type]) =>
      `<Override PartName="/xl/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`,
  )
  .join("")}</Types>`;

/** Version of the format: of Excel 97 and later, or of Excel 95. */
type Version = "biff8" | "biff5";

/** Returns a handwritten workbook as `.xls`, so that a test can run on both formats. */
export function xlsOf(written: HandWritten, version: Version = "biff8"): Buffer {
  return xlsOfXlsx(workbookOf({ ...written, parts: { "[Content_Types].xml": contentTypes, ...written.parts } }), version);
}

/** Converts an `.xlsx` file to `.xls`. */
export function xlsOfXlsx(bytes: Uint8Array, version: Version = "biff8"): Buffer {
  return write(read(bytes, { type: "buffer", cellNF: true, cellStyles: true, nodim: true }), { type: "buffer", bookType: version });
}

const bof = 0x0809;
const hyperlink = 0x01b8;

/** A record of an `.xls` file: its type and its content. */
type XlsRecord = readonly [type: number, content: Uint8Array];

/** Inserts records in an `.xls` file with one sheet: at the start of the sheet, or of the workbook itself. */
export function withRecords(xls: Uint8Array, place: "workbook" | "sheet", records: readonly XlsRecord[]): Buffer {
  const container = CFB.read(xls, { type: "buffer" });
  const stream = CFB.find(container, "/Workbook");
  const bytes = Buffer.from(stream?.content ?? []);
  const start = place === "workbook" ? 0 : positionOf(bof, bytes, 4 + bytes.readUInt16LE(2));
  const at = start + 4 + bytes.readUInt16LE(start + 2);
  const inserted = records.flatMap(([type, content]) => [Buffer.from(Uint16Array.of(type, content.length).buffer), content]);
  CFB.utils.cfb_add(container, "/Workbook", Buffer.concat([bytes.subarray(0, at), ...inserted, bytes.subarray(at)]));
  return CFB.write(container, { type: "buffer" });
}

/** Returns the position of the first record of a type, from a record on. */
function positionOf(wanted: number, stream: Buffer, from = 0): number {
  let at = from;
  while (stream.readUInt16LE(at) !== wanted) at += 4 + stream.readUInt16LE(at + 2);
  return at;
}

/** Returns the record of a hidden row, by its number from 1. */
export function hiddenRow(number: number): XlsRecord {
  const content = Buffer.alloc(16);
  content.writeUInt16LE(number - 1, 0);
  content.writeUInt16LE(0xff, 6);
  content.writeUInt16LE(0x0120, 12);
  return [0x0208, content];
}

/** Returns the records of a formula with a text as its stored result. `row` and `column` are from 1, `tokens` as the file stores them. */
export function formulaOf(row: number, column: number, tokens: Buffer, result: string): XlsRecord[] {
  const start = Buffer.alloc(22);
  for (const [position, value] of [row - 1, column - 1, 16].entries()) start.writeUInt16LE(value, 2 * position);
  start.writeUInt16LE(0xffff, 12);
  start.writeUInt16LE(tokens.length, 20);
  return [
    [0x0006, Buffer.concat([start, tokens])],
    [0x0207, Buffer.from([result.length, 0, 0, ...Buffer.from(result, "latin1")])],
  ];
}

/** Returns an `.xls` file with thousands of links, each over all cells of a sheet. The library takes days to read it. */
export function endlessXls(): Buffer {
  const xls = xlsOf({
    rows: rowOf(1, ["aide"]),
    links: ["https://aides.example/1"],
    behind: '<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>',
  });
  const stream = Buffer.from(CFB.find(CFB.read(xls, { type: "buffer" }), "/Workbook")?.content ?? []);
  const at = positionOf(hyperlink, stream);
  const content = Buffer.from(stream.subarray(at + 4, at + 4 + stream.readUInt16LE(at + 2)));
  for (const [position, value] of [0, 0xffff, 0, 0xffff].entries()) content.writeUInt16LE(value, 2 * position);
  return withRecords(xls, "sheet", Array(2000).fill([hyperlink, content]));
}
