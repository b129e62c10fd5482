import ExcelJS from "exceljs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../../support/property-runs.ts";
import { readBytes } from "./decode-workbook.ts";
import { escaped, rowOf, workbookOf } from "./handwritten-workbook.ts";

/** Returns the decoded cell B2 of a handwritten workbook, under the title "v". */
async function cell(xml: string, more: Omit<Parameters<typeof workbookOf>[0], "rows"> = {}) {
  const read = await readBytes(workbookOf({ rows: `${rowOf(1, ["k", "v"])}<row r="2"><c r="A2"><v>1</v></c>${xml}</row>`, ...more }));
  return { value: read.values[0]?.v, issues: read.issues };
}

describe("texts", () => {
  test("joins runs of rich text, without phonetic readings", async () => {
    const sharedStrings = "<si><r><rPr><b/></rPr><t>Aide </t></r><r><t>à la pierre</t></r><rPh sb='0' eb='1'><t>エイド</t></rPh></si>";
    expect((await cell('<c r="B2" t="s"><v>0</v></c>', { sharedStrings })).value).toBe("Aide à la pierre");
  });

  test("decodes _xHHHH_ escapes in shared, inline and formula texts, and escaped escapes only once", async () => {
    const sharedStrings = "<si><t>une_x000D_\nligne _x005F_x000D_</t></si>";
    expect((await cell('<c r="B2" t="s"><v>0</v></c>', { sharedStrings })).value).toBe("une\r\nligne _x000D_");
    expect((await cell('<c r="B2" t="inlineStr"><is><t>a_x0041_</t></is></c>')).value).toBe("aA");
    expect((await cell('<c r="B2" t="str"><f>T(1)</f><v>a_x0041_</v></c>')).value).toBe("aA");
  });

  test("keeps blanks at the ends", async () => {
    expect((await cell('<c r="B2" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>')).value).toBe(" a ");
  });

  test("ignores CDATA markers, comments and a namespace prefix", async () => {
    expect((await cell('<x:c xmlns:x="m" r="B2" t="inlineStr"><x:is><x:t>a<!-- b --><![CDATA[<i>]]></x:t></x:is></x:c>')).value).toBe(
      "a<i>",
    );
  });

  test("keeps an accented letter split across two chunks", async () => {
    const text = "é’🙂".repeat(40);
    const rows = Array.from({ length: 3000 }, (_, index) => rowOf(index + 2, [`${"x".repeat(index % 7)}${text}`]));
    const read = await readBytes(workbookOf({ rows: rowOf(1, ["v"]) + rows.join("") }));
    expect(read.values.filter(({ v }) => !String(v).endsWith(text))).toEqual([]);
    expect(read.values).toHaveLength(3000);
  });

  test("reads a workbook with a control character that XML forbids", async () => {
    expect((await cell('<c r="B2" t="inlineStr"><is><t>a\u0002b</t></is></c>')).value).toBe("a\u0002b");
  });

  test("reads a workbook in UTF-16", async () => {
    const sheet = `<worksheet><sheetData>${rowOf(1, ["v"])}${rowOf(2, ["été"])}${rowOf(3, [null])}</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>`;
    const read = await readBytes(workbookOf({ rows: { content: Buffer.from(`\ufeff${sheet}`, "utf16le") } }));
    expect(read.values).toEqual([{ v: "été" }]);
  });

  test("finds each of thousands of shared texts, including empty ones", async () => {
    const texts = Array.from({ length: 5000 }, (_, index) => (index % 3 === 0 ? "" : `é’${index}`));
    const rows = texts.map((_, index) => `<row><c><v>${index}</v></c><c t="s"><v>${index}</v></c></row>`).join("");
    const sharedStrings = texts.map((text) => `<si><t>${text}</t></si>`).join("");
    const read = await readBytes(workbookOf({ rows: rowOf(1, ["k", "v"]) + rows, sharedStrings }));
    expect(read.values.map(({ v }) => v)).toEqual(texts);
  });

  test("reports a missing shared text as an issue", async () => {
    const { value, issues } = await cell('<c r="B2" t="s"><v>7</v></c>');
    expect(value).toBe("");
    expect(issues).toMatchObject([{ code: "cell-error", field: "v", value: "shared string 7" }]);
  });

  test("reads back any text, number or boolean (property)", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 30 }).map((value) => value.replace(/\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, ""));
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((any) => !Number.isInteger(any) || Number.isSafeInteger(any));
    const value = fc.oneof(text, number, fc.integer(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, text), { minLength: 1, maxLength: 20 }), async (pairs) => {
        const sharedStrings = pairs.map(([, shared]) => `<si><t>${escaped(shared.replaceAll("_x", "_x005F_x"))}</t></si>`).join("");
        const rows = pairs.map(([first], index) =>
          rowOf(index + 2, [1, typeof first === "string" ? first.replaceAll("_x", "_x005F_x") : first]).replace(
            "</row>",
            `<c t="s"><v>${index}</v></c></row>`,
          ),
        );
        const read = await readBytes(workbookOf({ rows: rowOf(1, ["k", "v", "s"]) + rows.join(""), sharedStrings }));
        expect(read.values).toEqual(pairs.map(([first, shared]) => ({ k: 1, v: Object.is(first, -0) ? 0 : first, s: shared })));
      }),
      { numRuns: propertyRuns(40) },
    );
  });
});

describe("numbers", () => {
  test.each([
    ["10.22", 10.22],
    ["10.220000000000001", 10.22],
    ["1.5E-3", 0.0015],
    ["-0.30000000000000004", -0.30000000000000004],
    ["12345678901234567890", "12345678901234567890"],
    ["abc", "abc"],
  ])("%s is read as %s", async (stored, value) => {
    expect((await cell(`<c r="B2"><v>${stored}</v></c>`)).value).toBe(value);
  });

  test.each([
    ["0.5", "0%", "50%"],
    ["0.07", "0.00%", "7%"],
    ["0.125", "0.0%;[Red]-0.0%", "12.5%"],
    ["1004", "00000", "01004"],
    ["1004.5", "00000", 1004.5],
    ["3", '0" dossiers par année"', 3],
    ["3", "[Red]0", 3],
    ["1500", '#,##0.00\\ "€"', 1500],
    ["2", "General", 2],
    ["2", "@", 2],
  ])("%s under the format %s is read as %s", async (stored, format, value) => {
    expect((await cell(`<c r="B2" s="1"><v>${stored}</v></c>`, { formats: [format] })).value).toBe(value);
  });

  test("booleans", async () => {
    expect((await cell('<c r="B2" t="b"><v>1</v></c>')).value).toBe(true);
    expect((await cell('<c r="B2" t="b"><v>0</v></c>')).value).toBe(false);
  });
});

describe("dates", () => {
  test.each([
    ["45477", "dd/mm/yyyy", "2024-07-04"],
    ["45477.625", "[$-40C]d mmmm yyyy hh:mm;@", "2024-07-04T15:00:00"],
    ["45477.99999999", "dd/mm/yy", "2024-07-05"],
    ["45477", "mmm-yy", "2024-07-04"],
    ["0.645833333333333", "hh:mm", "15:30:00"],
    ["45477.625", "hh:mm", "2024-07-04T15:00:00"],
    ["1.5", "[h]:mm", "36:00:00"],
    ["60", "dd/mm/yyyy", "1900-02-29"],
    ["59", "dd/mm/yyyy", "1900-02-28"],
    ["61", "dd/mm/yyyy", "1900-03-01"],
    ["0", "dd/mm/yyyy", 0],
    ["-3", "dd/mm/yyyy", -3],
    ["99999999", "dd/mm/yyyy", 99999999],
  ])("%s under the format %s is read as %s", async (stored, format, value) => {
    expect((await cell(`<c r="B2" s="1"><v>${stored}</v></c>`, { formats: [format] })).value).toBe(value);
  });

  test.each(['<workbookPr date1904="1"/>', '<workbookPr date1904="true"/>'])("a workbook with the 1904 epoch: %s", async (workbookPr) => {
    const formats = ["dd/mm/yyyy"];
    expect((await cell('<c r="B2" s="1"><v>44015</v></c>', { formats, workbookPr })).value).toBe("2024-07-04");
    expect((await cell('<c r="B2" s="1"><v>0</v></c>', { formats, workbookPr })).value).toBe("1904-01-01");
  });

  test.each([
    ["2024-07-04", "2024-07-04"],
    ["2024-07-04T00:00:00.000Z", "2024-07-04"],
    ["2024-07-04T15:00", "2024-07-04T15:00:00"],
    ["bientôt", "bientôt"],
  ])("a cell of type d with %s is read as %s", async (stored, value) => {
    expect((await cell(`<c r="B2" t="d"><v>${stored}</v></c>`)).value).toBe(value);
  });

  test("a named style is not a cell style", async () => {
    expect((await cell('<c r="B2" s="0"><v>45477</v></c>')).value).toBe(45477);
  });
});

describe("formulas and errors", () => {
  test("a formula has its stored result, including 0 and FALSE", async () => {
    expect((await cell('<c r="B2"><f>A2-A2</f><v>0</v></c>')).value).toBe(0);
    expect((await cell('<c r="B2" t="b"><f>FALSE()</f><v>0</v></c>')).value).toBe(false);
    expect(await cell('<c r="B2" t="str"><f>""</f><v></v></c>')).toEqual({ value: "", issues: [] });
  });

  test("a formula without a stored result is an issue with the formula", async () => {
    const { value, issues } = await cell('<c r="B2"><f>SUM(A1:A9)</f></c>');
    expect(value).toBe("");
    expect(issues).toMatchObject([{ code: "cell-error", locator: "sheet Aides, row 2", field: "v", value: "=SUM(A1:A9)" }]);
  });

  test("a cell with an error is empty, with an issue", async () => {
    const { value, issues } = await cell('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>');
    expect(value).toBe("");
    expect(issues).toMatchObject([
      { code: "cell-error", severity: "warning", locator: "sheet Aides, row 2", field: "v", value: "#DIV/0!" },
    ]);
  });
});

test("a workbook written by exceljs is read correctly", async () => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet("Aides");
  sheet.addRow(["Nom", "Date", "Taux", "Ouvert", "Somme", "Riche", "Lien", "Erreur"]);
  sheet.addRow([
    "Prime",
    new Date(Date.UTC(2024, 6, 4, 15)),
    0.4,
    true,
    { formula: "C2*2", result: 0.8 },
    { richText: [{ text: "gras", font: { bold: true } }, { text: " et maigre" }] },
    { text: "voir", hyperlink: "https://aides.example/1?a=b&c=d" },
    { error: "#N/A" },
  ]);
  sheet.getCell("B2").numFmt = "dd/mm/yyyy hh:mm";
  sheet.getCell("C2").numFmt = "0%";
  const read = await readBytes(Buffer.from(await workbook.xlsx.writeBuffer()));
  expect(read.values).toEqual([
    {
      Nom: "Prime",
      Date: "2024-07-04T15:00:00",
      Taux: "40%",
      Ouvert: true,
      Somme: 0.8,
      Riche: "gras et maigre",
      Lien: "voir",
      "Lien (link)": "https://aides.example/1?a=b&c=d",
      Erreur: "",
    },
  ]);
});
