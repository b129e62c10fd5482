import { Buffer } from "node:buffer";
import { offer } from "../../../platform/limited-thread.ts";
import { type LibraryBook, type LibrarySheet, sheetLibrary } from "./sheet-library.ts";

const { CFB, read, utils, write } = sheetLibrary;

/** A workbook as `.xlsx`, or why it is refused. */
export type XlsAnswer =
  | { readonly xlsx: Uint8Array }
  | { readonly refused: "no-workbook" | "password" | "unreadable"; readonly reason: string };

function converted({ buffer, byteOffset, byteLength }: Uint8Array): XlsAnswer {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  if (!hasWorkbook(bytes)) return { refused: "no-workbook", reason: "it is damaged, or contains no workbook" };
  const book = read(bytes, { type: "buffer", dense: true, cellNF: true, cellStyles: true, cellText: false, sheetStubs: true });
  return { xlsx: write(contentsOf(book), { type: "buffer", bookType: "xlsx", sheetStubs: true }) };
}

/** Returns true if a compound file has a workbook of its own, not only one inside another document. */
function hasWorkbook(bytes: Buffer): boolean {
  try {
    const container = CFB.read(bytes, { type: "buffer" });
    return ["/Workbook", "/Book"].some((name) => CFB.find(container, name));
  } catch {
    return false;
  }
}

/** Last column of a sheet in an `.xls` file. */
const lastColumn = 256;

/** Returns the parts of a workbook that are read as data. Others, such as names, comments and macros, may be what the library cannot write. */
function contentsOf({ SheetNames, Sheets, Workbook }: LibraryBook): LibraryBook {
  const names = SheetNames.filter((name) => (Sheets[name]?.["!type"] ?? "sheet") === "sheet");
  const hidden = new Map(SheetNames.map((name, position) => [name, Workbook?.Sheets?.[position]?.Hidden ?? 0]));
  return {
    SheetNames: names,
    Sheets: Object.fromEntries(names.map((name) => [name, cellsOf(Sheets[name] ?? {})])),
    Workbook: {
      Sheets: names.map((name) => ({ name, Hidden: hidden.get(name) ?? 0 })),
      WBProps: { date1904: Workbook?.WBProps?.date1904 ?? false },
    },
  };
}

function cellsOf(sheet: LibrarySheet): LibrarySheet {
  const { "!data": read = [] } = sheet;
  // The library cannot write missing rows, nor a sheet without rows.
  const rows = Array.from({ length: Math.max(1, read.length) }, (_, row) => read[row] ?? []);
  const width = Math.min(
    lastColumn,
    rows.reduce((most, row) => Math.max(most, row.length), 1),
  );
  return {
    "!data": rows,
    "!ref": utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows.length - 1, c: width - 1 } }),
    ...(sheet["!merges"] && { "!merges": sheet["!merges"] }),
    ...(sheet["!rows"] && { "!rows": sheet["!rows"] }),
    ...(sheet["!cols"] && { "!cols": sheet["!cols"] }),
  };
}

/** Returns why the library cannot read a file. */
function refusalOf(error: unknown): XlsAnswer {
  const reason = error instanceof Error ? error.message : String(error);
  return { refused: /^(?:File is password-protected|Encryption scheme unsupported)/.test(reason) ? "password" : "unreadable", reason };
}

// The library logs records that it does not know.
for (const method of ["log", "warn", "error"] as const) console[method] = () => undefined;

/** Entry point of the thread that converts an `.xls` file. The library may loop or use too much memory: then only this thread ends. */
export const functions = offer({
  convert(bytes: Uint8Array): XlsAnswer {
    try {
      return converted(bytes);
    } catch (error) {
      return refusalOf(error);
    }
  },
});
