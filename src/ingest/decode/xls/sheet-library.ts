import { createRequire } from "node:module";

/** A sheet in the library's form. Other properties, such as comments, are not used. */
export interface LibrarySheet {
  readonly "!type"?: string;
  /** Cells by row and column, from 0. Rows without cells may be missing. */
  readonly "!data"?: readonly (readonly unknown[] | undefined)[];
  readonly "!ref"?: string;
  readonly "!merges"?: object;
  readonly "!rows"?: object;
  readonly "!cols"?: object;
}

/** A workbook in the library's form. */
export interface LibraryBook {
  readonly SheetNames: readonly string[];
  readonly Sheets: Readonly<Record<string, LibrarySheet>>;
  readonly Workbook?: {
    /** Sheets in the order of `SheetNames`. `Hidden` is 0 for a visible sheet. */
    readonly Sheets?: readonly { readonly name?: string; readonly Hidden?: number }[];
    readonly WBProps?: { readonly date1904?: boolean };
  };
}

/** A compound file, with its streams by path. */
type Container = object;

/** The functions of SheetJS that we use. Its own types allow everything in every place. */
interface SheetLibrary {
  readonly CFB: {
    read(bytes: Uint8Array, options: { readonly type: "buffer" }): Container;
    write(container: Container, options: { readonly type: "buffer" }): Buffer;
    find(container: Container, path: string): { readonly content: Uint8Array } | null;
    readonly utils: { cfb_new(): Container; cfb_add(container: Container, path: string, content: Uint8Array): void };
  };
  read(bytes: Uint8Array, options: object): LibraryBook;
  write(book: LibraryBook, options: object): Buffer;
  readonly utils: { encode_range(range: { readonly s: Place; readonly e: Place }): string };
}

/** A cell, by row and column from 0. */
interface Place {
  readonly r: number;
  readonly c: number;
}

const require = createRequire(import.meta.url);

/** SheetJS. The CommonJS build contains the code pages of Excel 95. */
export const sheetLibrary: SheetLibrary = require("@e965/xlsx");
