import { describe, expect, test } from "vitest";
import { endOf, readBytes } from "../excel/decode-workbook.ts";
import { openDocumentWith } from "../excel/handwritten-open-document.ts";

function text(value: string, attributes = ""): string {
  return `<table:table-cell ${attributes} office:value-type="string"><text:p>${value}</text:p></table:table-cell>`;
}

function row(cells: string, attributes = ""): string {
  return `<table:table-row ${attributes}>${cells}</table:table-row>`;
}

const header = row(text("nom") + text("lieu"));

function read(rows: string, reading = {}) {
  return readBytes(openDocumentWith([{ name: "Aides", rows }]), reading);
}

describe("a repeat count", () => {
  test("repeated rows and cells are read as often as declared", async () => {
    const rows = header + row(text("Prime", 'table:number-columns-repeated="2"'), 'table:number-rows-repeated="3"') + row(text("Prêt"));
    expect((await read(rows)).records.map(({ locator, values }) => [locator, values])).toEqual([
      ["sheet Aides, row 2", { nom: "Prime", lieu: "Prime" }],
      ["sheet Aides, row 3", { nom: "Prime", lieu: "Prime" }],
      ["sheet Aides, row 4", { nom: "Prime", lieu: "Prime" }],
      ["sheet Aides, row 5", { nom: "Prêt", lieu: "" }],
    ]);
  });

  test("rows after blank ones keep their number", async () => {
    const blank = row('<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="1048000"');
    expect((await read(header + blank + row(text("Prime")))).records[0]?.locator).toBe("sheet Aides, row 1048002");
  });

  test("a header among repeated rows is the declared row", async () => {
    const rows = row(text("nom") + text("lieu"), 'table:number-rows-repeated="3"') + row(text("Prime"));
    const { records, issues } = await read(rows, { headerRow: 2 });
    expect(records).toMatchObject([{ locator: "sheet Aides, row 4", values: { nom: "Prime" } }]);
    expect(issues).toMatchObject([{ code: "repeated-header", locator: "sheet Aides, row 3" }]);
  });

  test("a merge in a repeated row is repeated too", async () => {
    const merged = `${text("Prime", 'table:number-columns-spanned="2" table:number-rows-spanned="1"')}<table:covered-table-cell/>`;
    expect((await read(header + row(merged, 'table:number-rows-repeated="2"'))).values).toEqual([
      { nom: "Prime", lieu: "Prime" },
      { nom: "Prime", lieu: "Prime" },
    ]);
  });

  test.each(["0", "-3", "1.5", "beaucoup", ""])("an invalid count, %s, is 1", async (count) => {
    expect((await read(header + row(text("Prime"), `table:number-rows-repeated="${count}"`))).records).toHaveLength(1);
  });
});

describe("the width of a header", () => {
  test("empty cells with a style are columns, padding cells are not", async () => {
    const styled = '<table:table-cell table:style-name="ce1" table:number-columns-repeated="2"/>';
    const filler = (count: number) => `<table:table-cell table:style-name="ce1" table:number-columns-repeated="${count}"/>`;
    const untitled = await read(row(text("nom") + styled) + row(text("Prime") + text("x")));
    expect(untitled.values).toEqual([{ nom: "Prime", "column 2": "x" }]);
    for (const edge of [1024, 16_384]) {
      const filled = await read(row(text("nom") + filler(edge - 1)) + row(text("Prime") + text("de trop")));
      expect(filled.broken).toMatchObject([{ issue: { code: "too-many-cells", params: { expected: 1, found: 2 } } }]);
    }
  });

  test("a title over several columns makes all of them columns of the header", async () => {
    const title = `${text("lieu", 'table:number-columns-spanned="2"')}<table:covered-table-cell/>`;
    const { values, broken } = await read(row(text("nom") + title) + row(text("Prime") + text("Landes") + text("x")));
    expect([values, broken]).toEqual([[{ nom: "Prime", lieu: "Landes", "column 3": "x" }], []]);
  });
});

describe("the position of rows", () => {
  test("in groups, in rows repeated on each page, and hidden rows", async () => {
    const rows = `<table:table-header-rows>${header}</table:table-header-rows><table:table-row-group><table:table-rows>${row(text("Prime"))}</table:table-rows><table:table-row-group>${row(text("Prêt"), 'table:visibility="collapse"')}</table:table-row-group></table:table-row-group>`;
    expect((await read(rows)).values.map(({ nom }) => nom)).toEqual(["Prime", "Prêt"]);
  });

  test("not in drawings, tracked changes or sources of other sheets", async () => {
    const table = `<table:table table:name="non">${row(text("non"))}</table:table>`;
    const shapes = `<table:shapes><draw:frame>${table}</draw:frame></table:shapes><office:forms/>`;
    const before = `<table:tracked-changes><table:cell-content-change>${row(text("non"))}</table:cell-content-change></table:tracked-changes><table:dde-links>${table}</table:dde-links>`;
    const bytes = openDocumentWith([{ name: "Aides", rows: shapes + header + row(text("Prime")) }], before);
    expect((await readBytes(bytes)).values).toEqual([{ nom: "Prime", lieu: "" }]);
  });

  test("a file without a sheet, and a file with an empty sheet", async () => {
    expect(await endOf(openDocumentWith([]))).toEqual({ code: "no-such-sheet", params: { sheet: 1, found: "" } });
    expect(await endOf(openDocumentWith([{ name: "Vide", rows: "" }]))).toEqual({ code: "no-header", params: { sheet: "Vide", row: 1 } });
  });

  test("two sheets with one name are distinguished by position", async () => {
    const tables = ["un", "deux"].map((nom) => ({ name: "Aides", rows: header + row(text(nom)) }));
    expect((await readBytes(openDocumentWith(tables), { sheet: 2 })).values).toEqual([{ nom: "deux", lieu: "" }]);
  });
});
