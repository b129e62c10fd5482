import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { xlsOf } from "../xls/xls-of.ts";
import { endOf, readBytes } from "./decode-workbook.ts";
import { openDocumentOf, openDocumentWith } from "./handwritten-open-document.ts";
import { escaped, rowOf, workbookOf } from "./handwritten-workbook.ts";

/** The same rows as saved by Excel, by LibreOffice and by old Excel. */
const kinds = [
  ["xlsx", workbookOf],
  ["ods", openDocumentOf],
  ["xls", xlsOf],
] as const;

type Cell = string | number | null;
const rowsFrom = (rows: readonly (readonly Cell[])[]) => rows.map((cells, index) => rowOf(index + 1, cells)).join("");
const merges = (...ranges: readonly string[]) =>
  `<mergeCells>${ranges.map((range) => `<mergeCell ref="${range}"/>`).join("")}</mergeCells>`;
const codesOf = (issues: readonly { code: string; locator: string | null }[]) =>
  issues.map(({ code, locator }) => `${code} ${locator ?? ""}`.trim());

describe.each(kinds)("a sheet as administrations write it: %s", (_, fileOf) => {
  test("blank cells of the declared columns repeat the cell above, also below a row that was left out", async () => {
    const rows = rowsFrom([
      ["thème", "aide", "montant"],
      [null, "Prêt", 1],
      ["Eau", "Captages", 2],
      [null, "Réseaux", null],
      ["Total", null, 3],
      [null, "Rivières", 5],
    ]);
    const read = await readBytes(fileOf({ rows }), { fillDown: ["thème"], leaveOut: ["totals"] });
    expect(read.values).toEqual([
      { thème: "", aide: "Prêt", montant: 1 },
      { thème: "Eau", aide: "Captages", montant: 2 },
      { thème: "Eau", aide: "Réseaux", montant: "" },
      { thème: "Eau", aide: "Rivières", montant: 5 },
    ]);
    expect(codesOf(read.issues)).toEqual(["total-row sheet Aides, row 5"]);
  });

  test("a column to fill down that does not exist is reported", async () => {
    const read = await readBytes(fileOf({ rows: rowsFrom([["aide"], ["Prêt"]]) }), { fillDown: ["thème"] });
    expect(read.issues).toMatchObject([{ stage: "decode", code: "field-never-seen", field: "thème" }]);
  });

  test("the text of a banner is a field of the records below it", async () => {
    const rows = rowsFrom([["aide", "montant", "lien"], ["Eau"], ["Captages", 1, "a"], ["Air"], ["Vélos", 2, "b"], ["* hors taxes"]]);
    const read = await readBytes(fileOf({ rows }), { bannerField: "rubrique" });
    expect(read.values).toEqual([
      { aide: "Captages", montant: 1, lien: "a", rubrique: "Eau" },
      { aide: "Vélos", montant: 2, lien: "b", rubrique: "Air" },
    ]);
    expect(read.issues.map(({ code, value }) => [code, value])).toEqual([
      ["banner-row", "Eau"],
      ["banner-row", "Air"],
      ["banner-row", "* hors taxes"],
    ]);
  });

  test("titles of several rows are joined; a unit below a title stays with it", async () => {
    const rows = rowsFrom([
      ["aide", "Montant", "Montant", "Taux"],
      [null, "min", "max", "%"],
      ["Prêt", 1, 2, 30],
      ["Prime", 3, 4, 50],
    ]);
    const read = await readBytes(fileOf({ rows }), { headerRows: 2 });
    expect(read.values).toEqual([
      { aide: "Prêt", "Montant > min": 1, "Montant > max": 2, "Taux (%)": 30 },
      { aide: "Prime", "Montant > min": 3, "Montant > max": 4, "Taux (%)": 50 },
    ]);
  });

  test("header rows below blank ones, and without the last one", async () => {
    const rows = rowOf(3, ["aide", "lien"]) + rowOf(6, ["Prêt", "a"]);
    expect((await readBytes(fileOf({ rows }), { headerRow: 2, headerRows: 3 })).values).toEqual([{ aide: "Prêt", lien: "a" }]);
    expect(await endOf(fileOf({ rows }), { headerRow: 1, headerRows: 2 })).toMatchObject({ code: "no-header" });
  });
});

test.each([
  ["xlsx", workbookOf({ rows: `${rowsFrom([["aide"], ["Prêt"]])}${rowOf(3, ["Prime"]).replace("<row", '<row hidden="1"')}` })],
  [
    "ods",
    openDocumentWith([
      {
        name: "Aides",
        rows: [["aide"], ["Prêt"], ["Prime", ' table:visibility="filter"']]
          .map(
            ([text, attributes = ""]) =>
              `<table:table-row${attributes}><table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell></table:table-row>`,
          )
          .join(""),
      },
    ]),
  ],
])("hidden rows are read and reported: %s", async (_, bytes) => {
  const read = await readBytes(bytes);
  expect(read.values).toEqual([{ aide: "Prêt" }, { aide: "Prime" }]);
  expect(read.issues).toMatchObject([{ code: "hidden-cells", locator: "sheet Aides", params: { rows: 1, columns: "" } }]);
});

test("a title over several columns applies to each of them", async () => {
  const rows = rowsFrom([
    ["aide", "Montant", null, "lien"],
    [null, "min", "max", null],
    ["Prêt", 1, 2, "a"],
  ]);
  const read = await readBytes(workbookOf({ rows, behind: merges("B1:C1", "A1:A2", "D1:D2") }), { headerRows: 2 });
  expect(read.values).toEqual([{ aide: "Prêt", "Montant > min": 1, "Montant > max": 2, lien: "a" }]);
});

test("a banner across merged cells is a single cell, a row below a merge is not", async () => {
  const rows = rowsFrom([["thème", "aide", "lien"], ["Eau"], ["Air", "Vélos", "a"], [null, "Bus"]]);
  const read = await readBytes(workbookOf({ rows, behind: merges("A2:C2", "A3:A4") }), { leaveOut: ["banners"] });
  expect(read.values).toEqual([
    { thème: "Air", aide: "Vélos", lien: "a" },
    { thème: "Air", aide: "Bus", lien: "" },
  ]);
});

test("a column with merged and with blank cells is reported, unless it is filled down", async () => {
  const rows = rowsFrom([
    ["thème", "aide"],
    ["Eau", "Captages"],
    [null, "Réseaux"],
    [null, "Rivières"],
  ]);
  const file = workbookOf({ rows, behind: merges("A2:A3") });
  expect((await readBytes(file)).issues).toMatchObject([{ code: "blank-below-merges", field: "thème", locator: "sheet Aides" }]);
  const filled = await readBytes(file, { fillDown: ["thème"] });
  expect([filled.values.map(({ thème }) => thème), filled.issues]).toEqual([["Eau", "Eau", "Eau"], []]);
});

test("sheets with the same columns are one list, with the name of the sheet as a field", async () => {
  const book = new ExcelJS.Workbook();
  for (const name of ["Eau", "Notice", "Air"]) book.addWorksheet(name).addRows([["aide"], [`Aide ${name}`]]);
  const bytes = Buffer.from(await book.xlsx.writeBuffer());
  const read = await readBytes(bytes, { sheet: ["Eau", 3, "air"], sheetField: "thème" });
  expect(read.records.map(({ locator, values }) => [locator, values])).toEqual([
    ["sheet Eau, row 2", { aide: "Aide Eau", thème: "Eau" }],
    ["sheet Air, row 2", { aide: "Aide Air", thème: "Air" }],
  ]);
  expect(await endOf(bytes, { sheet: ["Eau", "Terre"] })).toMatchObject({ code: "no-such-sheet", params: { sheet: "Terre" } });
});

describe("what a sheet shows besides its values", () => {
  test("hidden columns are named", async () => {
    const rows = rowsFrom([
      ["aide", "notes", "montant"],
      ["Prêt", "interne", 1],
    ]);
    const sheet = `<worksheet><cols><col min="2" max="3" hidden="1"/></cols><sheetData>${rows}</sheetData></worksheet>`;
    const read = await readBytes(workbookOf({ rows: "", parts: { "xl/worksheets/sheet1.xml": sheet } }));
    expect(read.values).toEqual([{ aide: "Prêt", notes: "interne", montant: 1 }]);
    expect(read.issues).toMatchObject([{ code: "hidden-cells", params: { rows: 0, columns: "notes, montant" } }]);
  });

  const fill = (rgb: string) => `<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/></patternFill></fill>`;
  const coloured = (styles: readonly number[]) => {
    const fills = `<fill/><fill/>${fill("FF00FF00")}${fill("FFFF0000")}${fill("FFFFFFFF")}`;
    const xfs = [0, 2, 3, 4].map((id) => `<xf fillId="${id}"/>`).join("");
    const parts = { "xl/styles.xml": `<styleSheet><fills>${fills}</fills><cellXfs>${xfs}</cellXfs></styleSheet>` };
    const rows = styles.map((style, index) => rowOf(index + 2, ["Prêt"]).replace("<c ", `<c s="${style}" `)).join("");
    return workbookOf({ rows: rowOf(1, ["aide"]).replace("<c ", '<c s="2" ') + rows, parts });
  };

  test("three colours in a column are reported as not read", async () => {
    expect((await readBytes(coloured([1, 2, 0]))).issues).toMatchObject([{ code: "colours-ignored", locator: "sheet Aides" }]);
  });

  test.each([
    ["stripes", [0, 1, 0, 1]],
    ["stripes of white", [3, 1, 0, 1]],
    ["the header only", [0, 0]],
  ])("not so %s", async (_, styles) => {
    expect((await readBytes(coloured(styles))).issues).toEqual([]);
  });
});

describe("formulas of links", () => {
  const cell = (reference: string, formula: string, stored = "", attributes = "") =>
    `<c r="${reference}"><f${attributes}>${escaped(formula)}</f>${stored === "" ? "" : `<v>${stored}</v>`}</c>`;
  const row = (number: number, link: string, code = `A${number}`) =>
    rowOf(number, ["Prêt", `https://un.example/${code}`]).replace("</row>", `${link}</row>`);
  const read = (...rows: readonly string[]) => readBytes(workbookOf({ rows: rowOf(1, ["aide", "page", "lien"]) + rows.join("") }));

  test.each([
    ["another cell", 'HYPERLINK(B2,"voir")', "https://un.example/A2"],
    ["a text and a cell", 'HYPERLINK("https://a.fr/?aide="&$A2;"voir")', "https://a.fr/?aide=Prêt"],
    ["two texts", 'HYPERLINK("https://a.fr/" & "x","voir")', "https://a.fr/x"],
  ])("the address comes from %s, without a stored result", async (_, formula, address) => {
    const { values, issues } = await read(row(2, cell("C2", formula)));
    expect(values).toEqual([{ aide: "Prêt", page: "https://un.example/A2", lien: "voir", "lien (link)": address }]);
    expect(issues).toMatchObject([{ code: "link-formula", value: `=${formula}` }]);
  });

  test("the label is read if the address is computed, stored as 0", async () => {
    const { values } = await read(row(2, cell("C2", 'HYPERLINK(VLOOKUP(A2,X1:Y9,2),"voir")', "0")));
    expect(values).toMatchObject([{ lien: "voir" }]);
    expect(values[0]).not.toHaveProperty("lien (link)");
  });

  test("a shared formula is read in each of its cells", async () => {
    const first = cell("C2", 'HYPERLINK(B2,"voir")', "0", ' t="shared" si="0" ref="C2:C4"');
    const other = (number: number) => row(number, `<c r="C${number}"><f t="shared" si="0"/><v>0</v></c>`);
    const { values } = await read(row(2, first), other(3), other(4));
    expect(values.map((record) => record["lien (link)"])).toEqual([2, 3, 4].map((number) => `https://un.example/A${number}`));
  });

  test.each(['HYPERLINK(C2,"voir")', 'HYPERLINK(B9,"voir")'])(
    "a cell that refers to itself or to another row has no address: %s",
    async (formula) => {
      expect((await read(row(2, cell("C2", formula)))).values[0]).toMatchObject({ lien: "voir" });
    },
  );
});

describe("hostile sheets", () => {
  test("a long text in a column to fill down counts in each row", async () => {
    const rows = rowOf(1, ["thème", "aide"]) + rowOf(2, ["x".repeat(20_000), "a"]);
    const others = Array.from({ length: 200 }, (_, index) => rowOf(index + 3, [null, "a"])).join("");
    const limits = { decompressedBytes: 1024 ** 2 };
    expect(await endOf(workbookOf({ rows: rows + others }), { fillDown: ["thème"], limits })).toMatchObject({
      code: "decompression-limit",
    });
  });

  test("a long banner counts in each record", async () => {
    const rows = rowOf(1, ["a", "b", "c"]) + rowOf(2, ["x".repeat(20_000)]);
    const others = Array.from({ length: 200 }, (_, index) => rowOf(index + 3, [1, "a"])).join("");
    const limits = { decompressedBytes: 1024 ** 2 };
    expect(await endOf(workbookOf({ rows: rows + others }), { bannerField: "d", limits })).toMatchObject({ code: "decompression-limit" });
  });

  test("a hundred thousand merges in the header rows are read quickly", async () => {
    const ranges = Array.from({ length: 100_000 }, (_, index) => `A${2 * index + 1}:A${2 * index + 2}`);
    const started = performance.now();
    const rows = rowsFrom([
      ["aide", "lien"],
      [null, "x"],
      ["Prêt", "a"],
      [null, "b"],
    ]);
    const read = await readBytes(workbookOf({ rows, behind: merges(...ranges) }), { headerRows: 2, fillDown: ["aide"] });
    expect(read.values).toEqual([
      { aide: "Prêt", "lien > x": "a" },
      { aide: "Prêt", "lien > x": "b" },
    ]);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
