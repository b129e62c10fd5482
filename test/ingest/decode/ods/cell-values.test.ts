import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../../support/property-runs.ts";
import { readBytes } from "../excel/decode-workbook.ts";
import { contentOf, openDocumentOf, openDocumentParts, openDocumentWith } from "../excel/handwritten-open-document.ts";
import { rowOf } from "../excel/handwritten-workbook.ts";
import { zipOf } from "../excel/handwritten-zip.ts";

const header =
  "<table:table-row><table:table-cell><text:p>k</text:p></table:table-cell><table:table-cell><text:p>v</text:p></table:table-cell></table:table-row>";

/** Returns the decoded cell of a handwritten sheet, under the title "v". */
async function cell(xml: string, beforeTables = "") {
  const first = '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>';
  const rows = `${header}<table:table-row>${first}${xml}</table:table-row>`;
  const read = await readBytes(openDocumentWith([{ name: "Aides", rows }], beforeTables));
  const { v, ...others } = read.values[0] ?? {};
  return { value: v, link: others["v (link)"], issues: read.issues };
}

/** Returns a cell with this type, value and shown text. */
function typed(type: string, value: string, shown: string): string {
  return `<table:table-cell office:value-type="${type}" ${value} calcext:value-type="${type}"><text:p>${shown}</text:p></table:table-cell>`;
}

function shows(paragraphs: string): string {
  return `<table:table-cell office:value-type="string" calcext:value-type="string">${paragraphs}</table:table-cell>`;
}

describe("texts", () => {
  test.each([
    ["one paragraph", "<text:p>Aide à la pierre</text:p>", "Aide à la pierre"],
    ["several paragraphs, an empty one among them", "<text:p>Un</text:p><text:p/><text:p>Deux</text:p>", "Un\n\nDeux"],
    ["runs of another look", "<text:p>Aide <text:span text:style-name='T1'>à la </text:span>pierre</text:p>", "Aide à la pierre"],
    ["blanks, as many as are said", "<text:p><text:s text:c='2'/>a<text:s/></text:p>", "  a "],
    ["a blank and more of them", "<text:p>a <text:s text:c='2'/>b</text:p>", "a   b"],
    ["blanks of the XML, which are one", "<text:p>\n   Aide\n   à  la\t<text:span> pierre</text:span></text:p>", "Aide à la pierre"],
    ["tabs and line breaks", "<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"],
    ["entities, CDATA, comments", "<text:p>R&amp;D &lt;<!-- x --><![CDATA[<i>]]></text:p>", "R&D <<i>"],
    ["a field", "<text:p>Page <text:sheet-name>Aides</text:sheet-name></text:p>", "Page Aides"],
    [
      "a list",
      "<text:list><text:list-item><text:p>Un</text:p></text:list-item><text:list-item><text:p>Deux</text:p></text:list-item></text:list>",
      "Un\nDeux",
    ],
    [
      "a phonetic reading, left out",
      "<text:p>Prime<text:ruby><text:ruby-base> verte</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby></text:p>",
      "Prime verte",
    ],
    [
      "an annotation, left out",
      "<office:annotation><dc:date>2024-01-01</dc:date><text:p>à vérifier</text:p></office:annotation><text:p>Prime</text:p>",
      "Prime",
    ],
    [
      "a drawing with a text, left out",
      "<draw:frame><draw:text-box><text:p>logo</text:p></draw:text-box></draw:frame><text:p>Prime</text:p>",
      "Prime",
    ],
    [
      "a picture and a shape behind the text, left out",
      "<text:p>Prime</text:p><draw:frame><draw:image/></draw:frame><draw:custom-shape><text:p>neuf</text:p></draw:custom-shape>",
      "Prime",
    ],
    [
      "a table in the cell, left out",
      "<table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table><text:p>Prime</text:p>",
      "Prime",
    ],
  ])("%s", async (_, paragraphs, value) => {
    expect((await cell(shows(paragraphs))).value).toBe(value);
  });

  test("the stored value takes precedence over the shown text", async () => {
    expect((await cell(typed("string", 'office:string-value="commune"', "→ commune"))).value).toBe("commune");
  });

  test("a text of digits keeps its zeros; a cell without a type is a text", async () => {
    expect((await cell(shows("<text:p>00012</text:p>"))).value).toBe("00012");
    expect((await cell("<table:table-cell><text:p>Prime</text:p></table:table-cell>")).value).toBe("Prime");
  });

  test("a file in UTF-16 is read", async () => {
    const rows = `${header}<table:table-row><table:table-cell><text:p>été</text:p></table:table-cell></table:table-row>`;
    const content = contentOf([{ name: "Aides", rows }]).replace("UTF-8", "UTF-16");
    const parts = { ...openDocumentParts(""), "content.xml": Buffer.from(`\ufeff${content}`, "utf16le") };
    expect((await readBytes(zipOf(parts))).values).toEqual([{ k: "été", v: "" }]);
  });

  test("any text, number or boolean is read back (property)", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 30 }).map((value) => value.replace(/\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, ""));
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((any) => !Number.isInteger(any) || Number.isSafeInteger(any));
    const lines = fc.array(text, { maxLength: 3 }).map((all) => all.join("\n"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(lines, number, fc.integer(), fc.boolean()), { minLength: 1, maxLength: 20 }), async (values) => {
        const rows = values.map((value, index) => rowOf(index + 2, [1, value]));
        const read = await readBytes(openDocumentOf({ rows: rowOf(1, ["k", "v"]) + rows.join("") }));
        expect(read.values).toEqual(values.map((value) => ({ k: 1, v: Object.is(value, -0) ? 0 : value })));
      }),
      { numRuns: propertyRuns(40) },
    );
  });
});

describe("numbers", () => {
  test.each([
    ["float", "10.22", "10,22", 10.22],
    ["float", "10.220000000000001", "10,22", 10.22],
    ["float", "1.5E-3", "0,0015", 0.0015],
    ["float", "12345678901234567890", "1,23456789012346E+019", "12345678901234567890"],
    ["float", "1004", "01004", "01004"],
    ["float", "1004", "1 004,00", 1004],
    ["float", "0", "0", 0],
    ["float", "7", "00000000007", "00000000007"],
    ["float", "abc", "abc", "abc"],
    ["currency", "1500", "1 500,00 €", 1500],
    ["currency", "-10000", "-£10.000", -10000],
    ["percentage", "0.5", "50 %", "50%"],
    ["percentage", "0.07", "7,00%", "7%"],
    ["percentage", "0.125", "12,5 %", "12.5%"],
  ])("%s %s shown as %s is read as %s", async (type, stored, shown, value) => {
    expect((await cell(typed(type, `office:value="${stored}"`, shown))).value).toBe(value);
  });

  test("booleans, shown in any language", async () => {
    expect((await cell(typed("boolean", 'office:boolean-value="true"', "VRAI"))).value).toBe(true);
    expect((await cell(typed("boolean", 'office:boolean-value="false"', "FALSCH"))).value).toBe(false);
  });
});

describe("dates", () => {
  test.each([
    ["2024-07-04", "2024-07-04"],
    ["2024-07-04T00:00:00", "2024-07-04"],
    ["2024-07-04T15:00:00", "2024-07-04T15:00:00"],
    ["2024-07-04T15:00", "2024-07-04T15:00:00"],
    ["2024-07-04T14:59:59.999999999", "2024-07-04T15:00:00"],
    ["2024-07-04T23:59:59.75", "2024-07-05"],
    ["2024-07-04T15:00:00.250000000", "2024-07-04T15:00:00"],
    ["1900-01-01", "1900-01-01"],
    ["1850-03-01", "1850-03-01"],
    ["bientôt", "bientôt"],
  ])("the date %s is read as %s, whatever is shown", async (stored, value) => {
    expect((await cell(typed("date", `office:date-value="${stored}"`, "4 juil."))).value).toBe(value);
  });

  test.each([
    ["PT15H30M00S", "15:30", "15:30:00"],
    ["PT00H00M12.499999999S", "00:00:12", "00:00:12"],
    ["PT15H29M59.999999999S", "15:30", "15:30:00"],
    ["PT36H00M00S", "36:00", "36:00:00"],
    ["P1DT12H", "36:00:00", "36:00:00"],
    ["PT36H00M00S", "2160:00", "36:00:00"],
    ["PT36H00M00S", "", "36:00:00"],
    ["PT1091463H00M00S", "15:00", "2024-07-04T15:00:00"],
    ["-PT12H00M00S", "-12:00", -0.5],
    ["à midi", "à midi", "à midi"],
  ])("the time %s shown as %s is read as %s", async (stored, shown, value) => {
    expect((await cell(typed("time", `office:time-value="${stored}"`, shown))).value).toBe(value);
  });

  test("durations beyond a day use the epoch of the file", async () => {
    const settings = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>';
    expect((await cell(typed("time", 'office:time-value="PT1056375H00M00S"', "15:00"), settings)).value).toBe("2024-07-04T15:00:00");
  });
});

describe("formulas and errors", () => {
  function formula(attributes: string, inside: string): string {
    return `<table:table-cell table:formula="of:=[.A2]-[.A2]" ${attributes}>${inside}</table:table-cell>`;
  }

  test("a formula has its stored result, including 0, FALSE and an empty text", async () => {
    expect((await cell(formula('office:value-type="float" office:value="0"', "<text:p>0</text:p>"))).value).toBe(0);
    expect((await cell(formula('office:value-type="boolean" office:boolean-value="false"', "<text:p>FAUX</text:p>"))).value).toBe(false);
    expect(await cell(formula('office:value-type="string" office:string-value=""', "<text:p/>"))).toMatchObject({ value: "", issues: [] });
    expect(await cell(formula('office:value-type="string"', "<text:p/>"))).toMatchObject({ value: "", issues: [] });
  });

  test("a formula without a stored result is an issue with the formula", async () => {
    const { value, issues } = await cell(formula("", ""));
    expect(value).toBe("");
    expect(issues).toMatchObject([{ code: "cell-error", locator: "sheet Aides, row 2", field: "v", value: "=[.A2]-[.A2]" }]);
  });

  test.each([
    [
      "LibreOffice",
      formula('office:value-type="string" office:string-value="" calcext:value-type="error"', "<text:p>#DIV/0 !</text:p>"),
      "#DIV/0 !",
    ],
    ["OpenOffice", formula('office:value-type="float" office:value="0"', "<text:p>Err:502</text:p>"), "Err:502"],
    ["Excel", formula('office:value-type="string" office:string-value="#N/A"', "<text:p>#N/A</text:p>"), "#N/A"],
  ])("a cell with an error of %s is empty, with an issue", async (_, xml, shown) => {
    const { value, issues } = await cell(xml);
    expect(value).toBe("");
    expect(issues).toMatchObject([{ code: "cell-error", severity: "warning", field: "v", value: shown }]);
  });

  test("a text like an error is a text", async () => {
    expect(await cell(shows("<text:p>#N/A</text:p>"))).toMatchObject({ value: "#N/A", issues: [] });
  });
});

describe("links", () => {
  test("a HYPERLINK formula without a result is read with its label", async () => {
    const xml = `<table:table-cell table:formula="of:=HYPERLINK(&quot;https://un.example/a&quot;;&quot;voir&quot;)" office:value-type="float" office:value="0"/>`;
    expect(await cell(xml)).toMatchObject({ value: "voir", link: "https://un.example/a", issues: [{ code: "link-formula" }] });
  });

  test("the first external address of a cell", async () => {
    const link = (address: string) => `<text:a xlink:href="${address}">voir</text:a>`;
    const read = await cell(
      shows(`<text:p>${link("#Notice.A1")} et ${link("https://un.example/?a=1&amp;b=2")} ${link("https://deux.example")}</text:p>`),
    );
    expect(read).toMatchObject({ value: "voir et voir voir", link: "https://un.example/?a=1&b=2" });
    expect((await cell(shows(`<text:p>${link("#Notice.A1")}</text:p>`))).link).toBeUndefined();
  });

  test("the address in a HYPERLINK formula", async () => {
    const xml = `<table:table-cell table:formula="of:=HYPERLINK(&quot;https://un.example/a&quot;;&quot;voir&quot;)" office:value-type="string" office:string-value="voir"><text:p>voir</text:p></table:table-cell>`;
    expect(await cell(xml)).toMatchObject({ value: "voir", link: "https://un.example/a" });
  });
});
