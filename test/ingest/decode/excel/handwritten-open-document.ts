import { SaxesParser } from "saxes";
import { escaped, type HandWritten } from "./handwritten-workbook.ts";
import { zipOf } from "./handwritten-zip.ts";

const namespaces = Object.entries({
  office: "office:1.0",
  style: "style:1.0",
  table: "table:1.0",
  text: "text:1.0",
  of: "of:1.2",
})
  .map(([prefix, name]) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}"`)
  .concat(
    'xmlns:xlink="http://www.w3.org/1999/xlink"',
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"',
  )
  .join(" ");

const lastColumn = 16_384;
const lastRow = 1_048_576;

/** A sheet of a handwritten OpenDocument file: its name, the rows of its table, whether it is hidden. */
interface WrittenTable {
  readonly name: string;
  readonly rows: string;
  readonly isHidden?: boolean;
}

/** Returns the part with the sheets, in LibreOffice's layout. */
export function contentOf(tables: readonly WrittenTable[], beforeTables = ""): string {
  const inside = tables.map(
    ({ name, rows, isHidden = false }) =>
      `<table:table table:name="${escaped(name)}" table:style-name="${isHidden ? "ta2" : "ta1"}"><table:table-column table:number-columns-repeated="${lastColumn}" table:default-cell-style-name="Default"/>${rows}</table:table>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document-content ${namespaces} office:version="1.3"><office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>${beforeTables}${inside.join("")}<table:named-expressions/></office:spreadsheet></office:body></office:document-content>`;
}

/** Returns the parts of an OpenDocument file with this content. */
export function openDocumentParts(content: string): Record<string, string> {
  return {
    mimetype: "application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": content,
    "META-INF/manifest.xml":
      '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
  };
}

/** Returns the bytes of an OpenDocument file with these sheets. */
export function openDocumentWith(tables: readonly WrittenTable[], beforeTables = ""): Buffer {
  return zipOf(openDocumentParts(contentOf(tables, beforeTables)));
}

/** Returns a handwritten workbook as LibreOffice saves it, with the same sheet "Aides", so that a test can run on both formats. */
export function openDocumentOf({ rows, behind = "", sharedStrings = "", links = [] }: HandWritten): Buffer {
  if (typeof rows !== "string") throw new Error("rows are needed as text");
  const sheet = new Sheet(sharedStrings, links);
  sheet.read(`<x>${rows}${behind}</x>`);
  return openDocumentWith([{ name: "Aides", rows: sheet.written() }]);
}

interface Cell {
  readonly type: string;
  readonly text: string;
  readonly formula: string | null;
}

interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Converts the rows of a handwritten Excel sheet to OpenDocument. */
class Sheet {
  readonly #sharedStrings: readonly string[];
  readonly #targets: readonly string[];
  readonly #rows = new Map<number, Map<number, Cell>>();
  readonly #merges: Range[] = [];
  readonly #links: (Range & { readonly target: string })[] = [];

  constructor(sharedStrings: string, targets: readonly string[]) {
    this.#sharedStrings = [...sharedStrings.matchAll(/<t>(.*?)<\/t>/gs)].map(([, text = ""]) => text);
    this.#targets = targets;
  }

  read(xml: string): void {
    const parser = new SaxesParser();
    let row = 0;
    let column = 0;
    let cell = { type: "n", text: "", formula: null as string | null };
    parser.on("opentag", ({ name, attributes }) => {
      if (name === "row") {
        row = /^\d+$/.test(attributes.r ?? "") ? Number(attributes.r) : row + 1;
        column = 0;
        this.#rows.set(row, new Map());
      } else if (name === "c") {
        column = attributes.r === undefined ? column + 1 : rangeOf(attributes.r).left;
        cell = { type: attributes.t ?? "n", text: "", formula: null };
      } else if (name === "f") cell.formula = "";
      else if (name === "mergeCell") this.#merges.push(rangeOf(attributes.ref ?? ""));
      else if (name === "hyperlink") this.#addLink(attributes);
    });
    parser.on("text", (text) => {
      if (cell.formula === "") cell.formula = text;
      else cell.text += text;
    });
    parser.on("closetag", ({ name }) => {
      if (name !== "c") return;
      const isShared = cell.type === "s";
      this.#rows.get(row)?.set(column, isShared ? { ...cell, type: "str", text: this.#sharedStrings[Number(cell.text)] ?? "" } : cell);
    });
    parser.write(xml).close();
  }

  written(): string {
    const written: string[] = [];
    let next = 1;
    for (const [row, cells] of this.#rows) {
      if (row > next) written.push(blankRows(row - next));
      written.push(this.#writtenRow(row, cells));
      next = row + 1;
    }
    if (next <= lastRow) written.push(blankRows(lastRow - next + 1));
    return written.join("");
  }

  #writtenRow(row: number, cells: ReadonlyMap<number, Cell>): string {
    const merges = this.#merges.filter(({ top, bottom }) => top <= row && row <= bottom);
    const mergedTo = merges.map(({ left, right }) => Math.min(right, left + 5));
    const width = Math.max(0, ...cells.keys(), ...mergedTo);
    const written = Array.from({ length: width }, (_, index) => this.#writtenCell(row, index + 1, cells.get(index + 1), merges));
    const filler = width < lastColumn ? `<table:table-cell table:number-columns-repeated="${lastColumn - width}"/>` : "";
    return `<table:table-row table:style-name="ro1">${written.join("")}${filler}</table:table-row>`;
  }

  #writtenCell(row: number, column: number, cell: Cell | undefined, merges: readonly Range[]): string {
    const merge = merges.find(({ left, right }) => left <= column && column <= right);
    const isFirst = merge?.top === row && merge.left === column;
    const name = merge === undefined || isFirst ? "table:table-cell" : "table:covered-table-cell";
    const spans =
      merge !== undefined && isFirst
        ? ` table:number-columns-spanned="${merge.right - merge.left + 1}" table:number-rows-spanned="${merge.bottom - merge.top + 1}"`
        : "";
    if (cell === undefined) return `<${name}${spans}/>`;
    const link = this.#links.find(
      ({ left, right, top, bottom }) => left <= column && column <= right && top <= row && row <= bottom,
    )?.target;
    const shown = cell.text === "" ? "" : paragraphs(cell.text, link);
    return `<${name} table:style-name="ce1"${spans}${valueAttributes(cell)}>${shown}</${name}>`;
  }

  #addLink(attributes: Readonly<Record<string, string>>): void {
    const target = this.#targets[Number(attributes["r:id"]?.slice(3)) - 1];
    const location = attributes.location === undefined ? "" : `#${attributes.location}`;
    const address = `${target ?? ""}${location}`;
    if (address !== "") this.#links.push({ ...rangeOf(attributes.ref ?? ""), target: address });
  }
}

function valueAttributes({ type, text, formula }: Cell): string {
  const written = formula === null ? "" : ` table:formula="of:=${escaped(formula.replaceAll(",", ";"))}"`;
  if (type === "e") return `${written} office:value-type="string" office:string-value="" calcext:value-type="error"`;
  if (text === "" && type === "n") return written;
  if (type === "n") return `${written} office:value-type="float" office:value="${text}" calcext:value-type="float"`;
  if (type === "b") return `${written} office:value-type="boolean" office:boolean-value="${text === "1"}" calcext:value-type="boolean"`;
  return `${written} office:value-type="string" calcext:value-type="string"`;
}

/** Line breaks begin a paragraph; outer and repeated blanks are elements. */
function paragraphs(text: string, link: string | undefined): string {
  const lines = text.split("\n").map((line) =>
    escaped(line)
      .replace(/^ +| +$|(?<= ) +/g, (blanks) => (blanks.length === 1 ? "<text:s/>" : `<text:s text:c="${blanks.length}"/>`))
      .replaceAll("\t", "<text:tab/>"),
  );
  const linked = (line: string) =>
    link === undefined ? line : `<text:a xlink:href="${escaped(link)}" xlink:type="simple">${line}</text:a>`;
  return lines.map((line) => `<text:p>${linked(line)}</text:p>`).join("");
}

function blankRows(count: number): string {
  return `<table:table-row table:style-name="ro1" table:number-rows-repeated="${count}"><table:table-cell table:number-columns-repeated="${lastColumn}"/></table:table-row>`;
}

function rangeOf(reference: string): Range {
  const [first = "", second = first] = reference.split(":");
  const [left, right] = [first, second].map((corner) =>
    [...corner.replace(/\d/g, "")].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0),
  );
  const [top, bottom] = [first, second].map((corner) => Number(corner.replace(/\D/g, "")));
  return { top: top ?? 0, left: left ?? 0, bottom: bottom ?? 0, right: right ?? 0 };
}
