import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { xlsOf } from "../xls/xls-of.ts";
import { endOf, readBytes } from "./decode-workbook.ts";
import { openDocumentOf, openDocumentWith } from "./handwritten-open-document.ts";
import { rowOf, workbookOf } from "./handwritten-workbook.ts";

/** The same rows as saved by Excel and by LibreOffice. */
const kinds = [
  ["xlsx", workbookOf],
  ["ods", openDocumentOf],
] as const;

const sheetStates = [
  ["Notice", "hidden"],
  ["Aides  2024", "visible"],
  ["Listes", "veryHidden"],
  ["Aides 2025", "visible"],
] as const;

async function excelSheets(): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  for (const [name, state] of sheetStates) book.addWorksheet(name, { state }).addRows([["nom"], [name]]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function openDocumentSheets(): Promise<Buffer> {
  const row = (text: string) =>
    `<table:table-row><table:table-cell office:value-type="string"><text:p>${text.replace("  ", " <text:s/>")}</text:p></table:table-cell></table:table-row>`;
  return openDocumentWith(sheetStates.map(([name, state]) => ({ name, rows: row("nom") + row(name), isHidden: state !== "visible" })));
}

describe.each([
  ["xlsx", excelSheets],
  ["ods", openDocumentSheets],
])("sheets: %s", (_, workbook) => {
  test("positions count the visible sheets in the workbook's order", async () => {
    expect((await readBytes(await workbook())).values).toEqual([{ nom: "Aides  2024" }]);
    expect((await readBytes(await workbook(), { sheet: 2 })).values).toEqual([{ nom: "Aides 2025" }]);
  });

  test("a name is matched exactly, else ignoring case and blanks", async () => {
    expect((await readBytes(await workbook(), { sheet: "aides 2024 " })).records[0]?.locator).toBe("sheet Aides  2024, row 2");
  });

  test.each([["Notice"], ["Aides"], [3]])("the sheet %s, hidden or missing, is refused with the available names", async (sheet) => {
    expect(await endOf(await workbook(), { sheet })).toEqual({
      code: "no-such-sheet",
      params: { sheet, found: "Aides  2024, Aides 2025" },
    });
  });
});

test("the order is the workbook's, not the order of parts in the zip", async () => {
  const relationship = "http://purl.oclc.org/ooxml/officeDocument/relationships";
  const sheet = (name: string) => `<worksheet><sheetData>${rowOf(1, ["nom"])}${rowOf(2, [name])}</sheetData></worksheet>`;
  const parts = {
    "xl/worksheets/sheet1.xml": sheet("second"),
    "xl/worksheets/sheet2.xml": sheet("first"),
    "xl/chartsheets/sheet1.xml": "<chartsheet/>",
    "xl/workbook.xml": `<x:workbook xmlns:x="m" xmlns:rel="${relationship}"><x:sheets><x:sheet name="Graphe" sheetId="9" rel:id="c"/><x:sheet name="Un" sheetId="7" rel:id="b"/><x:sheet name="Deux" sheetId="1" rel:id="a"/></x:sheets></x:workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="a" Type="${relationship}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="${relationship}/worksheet" Target="../xl/worksheets/sheet2.xml"/><Relationship Id="c" Type="${relationship}/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`,
  };
  expect((await readBytes(workbookOf({ rows: "", parts }))).values).toEqual([{ nom: "first" }]);
});

describe.each(kinds)("header and rows: %s", (_, fileOf) => {
  test("rows above the header and hints below it are not records; rows are numbered as in the spreadsheet", async () => {
    const rows = [rowOf(2, ["Modèle d'import", null, null, "à remplir"]), rowOf(4, ["nom", "lieu"]), rowOf(5, ["le nom", "où"])];
    const read = await readBytes(fileOf({ rows: `${rows.join("")}${rowOf(8, ["Prime", "Landes"])}` }), { headerRow: 4, skipRows: 1 });
    expect(read.records).toEqual([{ kind: "record", locator: "sheet Aides, row 8", values: { nom: "Prime", lieu: "Landes" } }]);
  });

  test("titles are trimmed and in one line", async () => {
    const read = await readBytes(fileOf({ rows: rowOf(1, [" Date \n d'ouverture ", 2024, true]) + rowOf(2, [1, 2, 3]) }));
    expect(read.values).toEqual([{ "Date d'ouverture": 1, "2024": 2, true: 3 }]);
  });

  test("blank rows are not records: no cell, empty cells, cells with blanks", async () => {
    const rows = `${rowOf(1, ["nom"])}<row r="2"/><row r="3"><c r="A3" s="0"/></row>${rowOf(4, [" \u00a0\n"])}${rowOf(9, ["Prime"])}`;
    expect((await readBytes(fileOf({ rows }))).records.map(({ locator }) => locator)).toEqual(["sheet Aides, row 9"]);
  });

  test("rows and cells without references follow each other", async () => {
    const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
    const rows = `<row>${text("a")}${text("b")}</row><row><c/>${text("2")}</row><row r="x">${text("1")}</row>`;
    const read = await readBytes(fileOf({ rows }));
    expect(read.records).toMatchObject([
      { locator: "sheet Aides, row 2", values: { a: "", b: "2" } },
      { locator: "sheet Aides, row 3", values: { a: "1", b: "" } },
    ]);
  });

  test.each([
    ["no row at all", ""],
    ["a blank header", `<row r="1"><c r="A1"/></row>${rowOf(2, ["Prime"])}`],
    ["rows below only", rowOf(3, ["Prime"])],
    ["rows above only", rowOf(1, ["Prime"])],
  ])("a sheet without its header row is refused: %s", async (_, rows) => {
    const headerRow = rows === rowOf(1, ["Prime"]) ? 2 : 1;
    expect(await endOf(fileOf({ rows }), { headerRow })).toEqual({ code: "no-header", params: { sheet: "Aides", row: headerRow } });
  });

  test("a repeated header is left out, with an issue", async () => {
    const read = await readBytes(fileOf({ rows: [1, 3].map((row) => rowOf(row, ["a", "b"]) + rowOf(row + 1, [row, null])).join("") }));
    expect(read.values).toEqual([
      { a: 1, b: "" },
      { a: 3, b: "" },
    ]);
    expect(read.issues).toMatchObject([{ code: "repeated-header", severity: "info", locator: "sheet Aides, row 3" }]);
  });

  test("a repeated title becomes title (2), or the next free number", async () => {
    const read = await readBytes(fileOf({ rows: rowOf(1, ["a", "a (2)", "a", "a"]) + rowOf(2, [1, 2, 3, 4]) }));
    expect(read.values).toEqual([{ a: 1, "a (2)": 2, "a (3)": 3, "a (4)": 4 }]);
    expect(read.issues).toMatchObject([
      { code: "duplicate-column", locator: null, field: "a (3)", params: { title: "a", column: 3 } },
      { code: "duplicate-column", locator: null, field: "a (4)", params: { title: "a", column: 4 } },
    ]);
  });

  test("sixteen thousand columns with one title are read quickly", async () => {
    const read = await readBytes(fileOf({ rows: rowOf(1, Array(16_384).fill("a")) + rowOf(2, [1]) }));
    expect(Object.keys(read.values[0] ?? {})).toHaveLength(16_384);
  });

  test("a title such as __proto__ counts as missing", async () => {
    const read = await readBytes(fileOf({ rows: rowOf(1, ["__proto__", "nom"]) + rowOf(2, ["x", "y"]) }));
    expect(read.values).toEqual([{ nom: "y", "column 1": "x" }]);
  });

  test("a column without a title within the header row is read as column N, with one issue, if it has values", async () => {
    const header = `<row r="1"><c r="A1"/>${rowOf(1, [null, "nom", null, "lieu"]).slice(11, -6)}<c r="E1"/></row>`;
    const read = await readBytes(
      fileOf({ rows: `${header}${rowOf(2, [7, "Prime", null, "Landes"])}${rowOf(3, [8, "Prêt", null, null, "x"])}` }),
    );
    expect(read.values).toEqual([
      { nom: "Prime", lieu: "Landes", "column 1": 7 },
      { nom: "Prêt", lieu: "", "column 1": 8, "column 5": "x" },
    ]);
    expect(read.issues).toMatchObject([
      { code: "unnamed-column", locator: null, params: { column: 1 } },
      { code: "unnamed-column", locator: null, params: { column: 5 } },
    ]);
  });

  test("a column without a title does not replace a column titled column 2", async () => {
    const read = await readBytes(fileOf({ rows: rowOf(1, ["column 2", null, "nom"]) + rowOf(2, [1, 2, 3]) }));
    expect(read.values).toEqual([{ "column 2": 1, nom: 3, "column 2 (2)": 2 }]);
  });

  test("a row with a filled cell beyond the header row is broken; a blank one is ignored", async () => {
    const rows = [rowOf(1, ["nom"]), rowOf(2, ["Prime", "de trop"]), rowOf(3, ["Prêt", " "])];
    const read = await readBytes(fileOf({ rows: rows.join("") }));
    expect(read.values).toEqual([{ nom: "Prêt" }]);
    const locator = "sheet Aides, row 2";
    expect(read.broken).toMatchObject([
      { locator, raw: "Prime\tde trop", issue: { code: "too-many-cells", severity: "error", locator, params: { expected: 1, found: 2 } } },
    ]);
  });

  test("a row larger than a record may be is broken; later rows are read", async () => {
    const sharedStrings = `<si><t>${"x".repeat(1000)}</t></si>`;
    const many = `<row r="2">${'<c t="s"><v>0</v></c>'.repeat(9000)}</row>`;
    const rows = `${rowOf(1, ["nom"])}${many}${rowOf(3, ["Prêt"])}`;
    const read = await readBytes(fileOf({ rows, sharedStrings }), { limits: { recordBytes: 100_000 } });
    expect(read.values).toEqual([{ nom: "Prêt" }]);
    expect(read.broken).toMatchObject([{ locator: "sheet Aides, row 2", issue: { code: "broken-record" } }]);
    expect(read.broken[0]?.raw.length).toBeLessThan(20_000);
  });

  test("a long sheet is yielded in several batches", async () => {
    const rows = Array.from({ length: 5001 }, (_, index) => rowOf(index + 1, [`a${index}`])).join("");
    const { batches } = await readBytes(fileOf({ rows }));
    expect(batches.reduce((sum, length) => sum + length, 0)).toBe(5000);
    expect(Math.max(...batches)).toBeLessThan(2000);
  });
});

describe.each([...kinds, ["xls", xlsOf] as const])("merged cells: %s", (_, fileOf) => {
  function merged(...refs: string[]): string {
    return `<mergeCells>${refs.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>`;
  }

  test("the first cell's value is repeated in all cells of the merge", async () => {
    const rows = [rowOf(1, ["pôle", "nom", "lieu"]), rowOf(2, ["Culture", "a"]), rowOf(3, [null, "b"]), rowOf(4, ["Sport", "c", null])];
    const read = await readBytes(fileOf({ rows: rows.join(""), behind: merged("A2:A3", "B4:C4") }));
    expect(read.values).toEqual([
      { pôle: "Culture", nom: "a", lieu: "" },
      { pôle: "Culture", nom: "b", lieu: "" },
      { pôle: "Sport", nom: "c", lieu: "c" },
    ]);
  });

  test("a merged title above the header is ignored; one merged down into the header names the column", async () => {
    const rows = [rowOf(1, ["Aides", null, "lieu"]), rowOf(2, ["nom", "date"]), rowOf(3, ["a", 1, "Landes"])];
    const read = await readBytes(fileOf({ rows: rows.join(""), behind: merged("A1:B1", "C1:C2") }), { headerRow: 2 });
    expect(read.values).toEqual([{ nom: "a", date: 1, lieu: "Landes" }]);
    expect(read.issues).toEqual([]);
  });

  test("columns merged in header and rows alike give one field", async () => {
    const rows = [rowOf(1, ["nom", null, "lieu"]), rowOf(2, ["a", null, "Landes"])];
    const read = await readBytes(fileOf({ rows: rows.join(""), behind: merged("A1:B1", "A2:B2") }));
    expect(read.values).toEqual([{ nom: "a", lieu: "Landes" }]);
    expect(read.issues).toEqual([]);
  });

  test("a row with only cells of a merge is not a record", async () => {
    const rows = [rowOf(1, ["nom", "lieu"]), rowOf(2, ["a", "Landes"]), '<row r="3"><c r="A3" s="0"/></row>', rowOf(4, ["b", null])];
    const read = await readBytes(fileOf({ rows: rows.join(""), behind: merged("A2:A3", "B2:B4") }));
    expect(read.values).toEqual([
      { nom: "a", lieu: "Landes" },
      { nom: "b", lieu: "Landes" },
    ]);
  });

  test("an error in the first cell is reported once and not repeated", async () => {
    const rows = `${rowOf(1, ["nom", "lieu"])}<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>${rowOf(3, [null, "x"])}`;
    const read = await readBytes(fileOf({ rows, behind: merged("A2:A3") }));
    expect(read.values).toEqual([
      { nom: "", lieu: "" },
      { nom: "", lieu: "x" },
    ]);
    expect(read.issues).toHaveLength(1);
  });

  test("a merge of the whole sheet does not create a million columns", async () => {
    const rows = rowOf(1, ["nom", "lieu"]) + Array.from({ length: 200 }, (_, index) => rowOf(index + 2, ["a"])).join("");
    const read = await readBytes(fileOf({ rows, behind: merged("A2:XFD1048576") }));
    expect(read.values[199]).toEqual({ nom: "a", lieu: "a" });
  });
});

describe.each(kinds)("links: %s", (_, fileOf) => {
  test("a link is read as an extra field if it differs from the shown text", async () => {
    const rows =
      rowOf(1, ["nom", "site"]) + [2, 3, 4, 5].map((row) => rowOf(row, ["a", row === 3 ? "https://un.example" : "voir"])).join("");
    const behind =
      '<hyperlinks><hyperlink ref="B2" r:id="rId1" location="aide"/><hyperlink ref="B3" r:id="rId1"/><hyperlink ref="B4:B5" r:id="rId2"/><hyperlink ref="A5" location="Feuille!A1"/><hyperlink ref="A4" r:id="rId9"/></hyperlinks>';
    const read = await readBytes(fileOf({ rows, behind, links: ["https://un.example/", "mailto:a@b.example"] }));
    expect(read.values).toEqual([
      { nom: "a", site: "voir", "site (link)": "https://un.example/#aide" },
      { nom: "a", site: "https://un.example" },
      { nom: "a", site: "voir", "site (link)": "mailto:a@b.example" },
      { nom: "a", site: "voir", "site (link)": "mailto:a@b.example" },
    ]);
  });

  test("the address in a HYPERLINK formula is read", async () => {
    const rows = `${rowOf(1, ["site"])}<row r="2"><c r="A2" t="str"><f>HYPERLINK("https://un.example/a","voir")</f><v>voir</v></c></row>`;
    expect((await readBytes(fileOf({ rows }))).values).toEqual([{ site: "voir", "site (link)": "https://un.example/a" }]);
  });

  test.each([
    ["no result", "", "n"],
    ["0", "<v>0</v>", "n"],
    ["an empty text", "<v></v>", "str"],
    ["an error, because the program does not know the function", "<v>#NAME?</v>", "e"],
  ])("a HYPERLINK formula is read with its label if its result is %s", async (_, stored, type) => {
    const cell = (formula: string) => `<c r="A2" t="${type}"><f>${formula}</f>${stored}</c>`;
    const read = await readBytes(
      fileOf({ rows: `${rowOf(1, ["site"])}<row r="2">${cell('HYPERLINK("https://un.example/a","Guide ""été""")')}</row>` }),
    );
    expect(read.values).toEqual([{ site: 'Guide "été"', "site (link)": "https://un.example/a" }]);
    expect(read.issues).toMatchObject([{ code: "link-formula", value: expect.stringMatching(/^=HYPERLINK\("https:\/\/un\.example\/a"/) }]);
  });

  test("a HYPERLINK formula without a label shows its address, and one with a computed label stays an error", async () => {
    const cell = (formula: string) => `<c r="A2"><f>${formula}</f></c>`;
    const read = (formula: string) => readBytes(fileOf({ rows: `${rowOf(1, ["site"])}<row r="2">${cell(formula)}</row>` }));
    expect((await read('HYPERLINK("https://un.example/a")')).values).toEqual([{ site: "https://un.example/a" }]);
    const computed = await read('HYPERLINK("https://un.example/a","voir "&amp;B2)');
    expect(computed.values).toEqual([{ site: "", "site (link)": "https://un.example/a" }]);
    expect(computed.issues).toMatchObject([{ code: "cell-error" }]);
  });

  test("a publisher's own column with the same name is kept", async () => {
    const behind = '<hyperlinks><hyperlink ref="A2" r:id="rId1"/></hyperlinks>';
    const read = await readBytes(
      fileOf({ rows: rowOf(1, ["a", "a (link)"]) + rowOf(2, ["x", "y"]), behind, links: ["https://un.example"] }),
    );
    expect(read.values).toEqual([{ a: "x", "a (link)": "y" }]);
  });
});
