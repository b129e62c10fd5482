import ExcelJS from "exceljs";
import { sheetLibrary } from "../../src/ingest/decode/xls/sheet-library.ts";
import { readBytes } from "../ingest/decode/excel/decode-workbook.ts";

/** Returns what criteria 13.3 and 13.4 of the RGAA find wrong with a workbook, and the readers that find no row in it. */
export async function workbookFaults(bytes: Uint8Array): Promise<string[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  const visible = workbook.worksheets.filter(({ state }) => state === "visible");
  const { Props: properties, SheetNames: names } = sheetLibrary.read(bytes, { type: "buffer" }) as ReturnType<typeof sheetLibrary.read> & {
    readonly Props?: { readonly Title?: string; readonly Language?: string };
  };
  const { records } = await readBytes(bytes);
  const rows = visible[0]?.actualRowCount ?? 0;
  return [
    ...(properties?.Title ? [] : ["it has no title"]),
    ...(properties?.Language === "fr-FR" ? [] : [`its language is ${properties?.Language}`]),
    ...(!(workbook.definedNames as unknown as { getNames(cell: string): string[] })
      .getNames(`'${visible[0]?.name}'!A1`)
      .includes("ColumnTitle")
      ? ["its headers have no name"]
      : []),
    ...visible.flatMap((sheet) => faultsOfSheet(sheet).map((fault) => `${sheet.name}: ${fault}`)),
    ...(names[0] === visible[0]?.name ? [] : ["SheetJS does not find its sheet"]),
    ...(records.length === rows - 1 ? [] : [`our reader finds ${records.length} of ${rows - 1} rows`]),
  ];
}

function faultsOfSheet(sheet: ExcelJS.Worksheet): string[] {
  const faults: string[] = [];
  // Null for a sheet without views, unlike in the types of exceljs.
  const view = (sheet.views as ExcelJS.Worksheet["views"] | null)?.[0];
  if (/^(?:sheet|feuil)/i.test(sheet.name)) faults.push("its name says nothing");
  if (view?.state !== "frozen" || view.ySplit !== 1) faults.push("the row of headers is not frozen");
  if (sheet.hasMerges) faults.push("cells are merged");
  const headers = Array.from({ length: sheet.columnCount }, (_, index) => sheet.getCell(1, index + 1));
  const titles = headers.map(({ text }) => text.trim());
  if (titles.includes("")) faults.push("a column has no header");
  if (new Set(titles).size < titles.length) faults.push("two columns have the same header");
  if (headers.some(({ font }) => font?.bold !== true)) faults.push("a header looks like any other cell");
  for (const [index, title] of titles.entries()) {
    // Of a header that wraps, the longest word counts.
    const shown = headers[index]?.alignment?.wrapText === true ? Math.max(...title.split(/\s/).map(({ length }) => length)) : title.length;
    if ((sheet.getColumn(index + 1).width ?? 0) < shown) faults.push(`the column ${title} is narrower than its header`);
  }
  // A colour says no more than the words of the header.
  const looks = new Set(headers.map(({ text, fill }) => `${/obligatoire/.test(text)} ${JSON.stringify(fill)}`));
  if (looks.size > new Set(titles.map((title) => /obligatoire/.test(title))).size) faults.push("headers differ by colour only");
  sheet.eachRow((row, number) => {
    if (number > 1)
      row.eachCell(({ fill }) => fill?.type === "pattern" && fill.pattern !== "none" && faults.push(`row ${number} is coloured`));
  });
  return faults;
}
