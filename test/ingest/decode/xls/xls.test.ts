import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { endOf, readBytes } from "../excel/decode-workbook.ts";
import { rowOf, type workbookOf } from "../excel/handwritten-workbook.ts";
import { CFB, formulaOf, hiddenRow, withRecords, xlsOf, xlsOfXlsx } from "./xls-of.ts";

/** Returns the decoded cell B2 of an `.xls` workbook, under the title "v". */
async function cell(xml: string, more: Omit<Parameters<typeof workbookOf>[0], "rows"> = {}) {
  const read = await readBytes(xlsOf({ rows: `${rowOf(1, ["k", "v"])}<row r="2"><c r="A2"><v>1</v></c>${xml}</row>`, ...more }));
  return { value: read.values[0]?.v, issues: read.issues };
}

const rows = rowOf(1, ["aide", "lien"]) + rowOf(2, ["Prêt", "a"]) + rowOf(3, ["Prime", "b"]);

describe("values", () => {
  test.each([
    ["45477", "dd/mm/yyyy", "2024-07-04"],
    ["45477.625", "d mmmm yyyy hh:mm", "2024-07-04T15:00:00"],
    ["0.645833333333333", "hh:mm", "15:30:00"],
    ["1.5", "[h]:mm", "36:00:00"],
    ["0.125", "0.0%", "12.5%"],
    ["1004", "00000", "01004"],
    ["1500", '#,##0.00\\ "€"', 1500],
    ["-3", "dd/mm/yyyy", -3],
    ["10.220000000000001", "General", 10.22],
  ])("%s under the format %s is read as %s", async (stored, format, value) => {
    expect((await cell(`<c r="B2" s="1"><v>${stored}</v></c>`, { formats: [format] })).value).toBe(value);
  });

  test("dates of a workbook with the 1904 epoch", async () => {
    const more = { formats: ["dd/mm/yyyy"], workbookPr: '<workbookPr date1904="1"/>' };
    expect((await cell('<c r="B2" s="1"><v>44015</v></c>', more)).value).toBe("2024-07-04");
  });

  test("texts with accents, line breaks, blanks at the ends and characters beyond 16 bits", async () => {
    for (const text of ["Été à l’œuvre\n– 20 % d’€", " a ", "🙂", "a\u0002b"])
      expect((await cell(`<c r="B2" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`)).value).toBe(text);
  });

  test("a formula has its stored result, including 0, FALSE and a text", async () => {
    expect((await cell('<c r="B2"><f>A2-A2</f><v>0</v></c>')).value).toBe(0);
    expect((await cell('<c r="B2" t="b"><f>FALSE()</f><v>0</v></c>')).value).toBe(false);
    expect((await cell('<c r="B2" t="str"><f>T("é")</f><v>é</v></c>')).value).toBe("é");
  });

  test("a cell with an error is empty, with an issue", async () => {
    const { value, issues } = await cell('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>');
    expect(value).toBe("");
    expect(issues).toMatchObject([{ code: "cell-error", locator: "sheet Aides, row 2", field: "v", value: "#DIV/0!" }]);
  });

  test("the address of a link is a field of its own", async () => {
    const links = ["https://aides.example/1?a=b&c=d#fin"];
    const read = await readBytes(xlsOf({ rows, links, behind: '<hyperlinks><hyperlink ref="B2" r:id="rId1"/></hyperlinks>' }));
    expect(read.values).toEqual([
      { aide: "Prêt", lien: "a", "lien (link)": links[0] },
      { aide: "Prime", lien: "b" },
    ]);
  });

  test("the address of a link formula, also one that is joined from several cells", async () => {
    const text = (value: string) => Buffer.from([0x17, value.length, 0, ...Buffer.from(value, "latin1")]);
    const cellB2 = Buffer.from([0x44, 1, 0, 1, 0xc0]);
    const join = Buffer.from([0x08]);
    const call = Buffer.from([0x42, 2, 0x67, 0x01]);
    const read = async (...tokens: readonly Buffer[]) => {
      const linked = formulaOf(2, 3, Buffer.concat([...tokens, text("voir"), call]), "voir");
      const bytes = withRecords(xlsOf({ rows: rowOf(1, ["aide", "code", "lien"]) + rowOf(2, ["Prêt", "A7"]) }), "sheet", linked);
      return (await readBytes(bytes)).values[0];
    };
    expect(await read(text("https://a.fr/x"))).toEqual({ aide: "Prêt", code: "A7", lien: "voir", "lien (link)": "https://a.fr/x" });
    expect(await read(text("https://a.fr/"), cellB2, join)).toMatchObject({ lien: "voir", "lien (link)": "https://a.fr/A7" });
  });

  test("a workbook of Excel 95, in windows-1252", async () => {
    const bytes = xlsOf({ rows: rowOf(1, ["aide"]) + rowOf(2, ["Pr_t"]) }, "biff5");
    bytes.write("ê", bytes.indexOf("Pr_t") + 2, "latin1");
    expect((await readBytes(bytes)).values).toEqual([{ aide: "Prêt" }]);
  });
});

describe("layout", () => {
  test("hidden rows and columns are read and reported", async () => {
    const sheet = `<worksheet><cols><col min="2" max="2" width="9" hidden="1"/></cols><sheetData>${rows}</sheetData></worksheet>`;
    const bytes = xlsOf({ rows: "", parts: { "xl/worksheets/sheet1.xml": sheet } });
    const read = await readBytes(withRecords(bytes, "sheet", [hiddenRow(3)]));
    expect(read.values.map(({ aide }) => aide)).toEqual(["Prêt", "Prime"]);
    expect(read.issues).toMatchObject([{ code: "hidden-cells", locator: "sheet Aides", params: { rows: 1, columns: "lien" } }]);
  });

  test("positions count the visible sheets, and several sheets are one list", async () => {
    const book = new ExcelJS.Workbook();
    for (const name of ["Eau", "Notice", "Air"])
      book.addWorksheet(name, { state: name === "Notice" ? "hidden" : "visible" }).addRows([["aide"], [`Aide ${name}`]]);
    const bytes = xlsOfXlsx(Buffer.from(await book.xlsx.writeBuffer()));
    const read = await readBytes(bytes, { sheet: ["eau", 2], sheetField: "thème" });
    expect(read.records.map(({ locator, values }) => [locator, values])).toEqual([
      ["sheet Eau, row 2", { aide: "Aide Eau", thème: "Eau" }],
      ["sheet Air, row 2", { aide: "Aide Air", thème: "Air" }],
    ]);
    expect(await endOf(bytes, { sheet: "Notice" })).toEqual({ code: "no-such-sheet", params: { sheet: "Notice", found: "Eau, Air" } });
  });

  test("an empty sheet beside others, as Excel adds them to a new workbook", async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet("Aides").addRows([["aide"], ["Prêt"]]);
    book.addWorksheet("Feuil2");
    const bytes = xlsOfXlsx(Buffer.from(await book.xlsx.writeBuffer()));
    expect((await readBytes(bytes)).values).toEqual([{ aide: "Prêt" }]);
    expect(await endOf(bytes, { sheet: 2 })).toEqual({ code: "no-header", params: { sheet: "Feuil2", row: 1 } });
  });
});

describe("other compound files are refused with their cause", () => {
  const containing = (...names: readonly string[]) => {
    const container = CFB.utils.cfb_new();
    for (const name of names) CFB.utils.cfb_add(container, name, Buffer.alloc(5000));
    return CFB.write(container, { type: "buffer" });
  };

  test("a Word document, also with a workbook in it", async () => {
    for (const inside of [[], ["/ObjectPool/_1/Workbook"]])
      expect(await endOf(containing("/WordDocument", ...inside))).toEqual({
        code: "unsupported-file",
        params: { found: "doc", advice: "ask-for-data" },
      });
  });

  test("a workbook with a Word document in it is read", async () => {
    const container = CFB.read(xlsOf({ rows }), { type: "buffer" });
    CFB.utils.cfb_add(container, "/MBD0001/WordDocument", Buffer.alloc(5000));
    expect((await readBytes(CFB.write(container, { type: "buffer" }))).values).toHaveLength(2);
  });

  test("a workbook with a password", async () => {
    expect(await endOf(containing("/EncryptedPackage"))).toEqual({ code: "encrypted-file", params: { found: "xlsx" } });
    const method = Buffer.from("0100010001000000".padEnd(108, "0"), "hex");
    expect(await endOf(withRecords(xlsOf({ rows }), "workbook", [[0x2f, method]]))).toEqual({
      code: "encrypted-file",
      params: { found: "xls" },
    });
  });

  test("a truncated workbook", async () => {
    expect(await endOf(xlsOf({ rows }).subarray(0, 1500))).toMatchObject({
      code: "unsupported-file",
      params: { found: "unreadable-xls", advice: "save-as-xlsx" },
    });
  });
});
