import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { OfficePackage } from "../excel/open-package.ts";
import { chooseSheets } from "../excel/read-workbook.ts";
import { streamXml, type XmlEvents } from "../excel/read-xml.ts";

/** A visible sheet. */
interface OpenDocumentSheet {
  readonly name: string;
  /** Position among all sheets, including hidden ones, from 0. */
  readonly position: number;
}

/** Maximum number of sheets, as in LibreOffice. */
const maxSheets = 10_000;

/**
 * Finds visible sheets by name or position. Reads `content.xml`, which contains all sheets, only as far as needed. Throws
 * `FeedUnreadable`: `no-such-sheet`, `malformed`, `forbidden-xml`, `decompression-limit`.
 */
export async function findSheets(
  file: OfficePackage,
  wanted: string | number | readonly (string | number)[],
  decompressedBytes: number,
): Promise<OpenDocumentSheet[]> {
  const search = new SheetSearch();
  const isFound = () =>
    [wanted]
      .flat()
      .every((sheet) => (typeof sheet === "number" ? search.visible.length >= sheet : search.visible.some(({ name }) => name === sheet)));
  try {
    for await (const _ of streamXml(file.read(contentPart, decompressedBytes), contentPart, search)) if (isFound()) break;
  } catch (error) {
    // If the sheets were found, reading their rows reports the error, after it has yielded the rows before.
    if (!isFound()) throw error;
  }
  return chooseSheets(search.visible, wanted);
}

/** Collects the visible sheets. In the file, the styles that hide sheets come before the sheets. */
class SheetSearch implements XmlEvents {
  readonly visible: OpenDocumentSheet[] = [];
  readonly #hiddenStyles = new Set<string>();
  #style = "";
  #depth = 0;
  #spreadsheetDepth = 0;
  #sheets = 0;

  open(element: string, attributes: Readonly<Record<string, string>>): void {
    this.#depth++;
    if (element === "style") this.#style = attributes["style:name"] ?? "";
    else if (element === "table-properties" && attributes["table:display"] === "false") this.#hiddenStyles.add(this.#style);
    else if (element === "spreadsheet") this.#spreadsheetDepth = this.#depth;
    else if (element === "table" && this.#depth === this.#spreadsheetDepth + 1) this.#addSheet(attributes);
  }

  close(): void {
    this.#depth--;
  }

  #addSheet({ "table:name": name = "", "table:style-name": style = "" }: Readonly<Record<string, string>>): void {
    const position = this.#sheets++;
    if (position >= maxSheets) throw new FeedUnreadable("malformed", { at: contentPart, reason: `more than ${maxSheets} sheets` });
    if (!this.#hiddenStyles.has(style)) this.visible.push({ name, position });
  }
}

/** Part of an OpenDocument file with all its sheets. */
export const contentPart = "content.xml";
