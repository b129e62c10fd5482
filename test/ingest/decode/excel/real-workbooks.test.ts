import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ourCells, theirCells } from "./cells-of-both-readers.ts";
import { endOf, readFile } from "./decode-workbook.ts";

const shared = join(process.env.MOISSON_SHARED ?? "../shared", "data");
const isAbsent = !existsSync(shared);
const why = isAbsent ? " (skipped: ../shared/data is absent, see MOISSON_SHARED)" : "";

/**
 * File, visible sheet, first non-blank row (0 if none), and number of non-blank rows, counted independently with Python (zipfile,
 * ElementTree; struct for `.xls`).
 */
const counted: readonly (readonly [file: string, sheet: string, firstRow: number, rows: number])[] = [
  ["aids/SchemaAppelPublic-2022-03-14.xlsx", "Feuille 1", 2, 108],
  ["eu/HE_calls_2023-05-05.xlsx", "Sheet1", 1, 1455],
  ["robustness/frictionless-data/adjust-floating-point-error.xlsx", "Sheet1", 1, 6],
  ["robustness/frictionless-data/cast-int-to-string-issue-1251.xlsx", "Feuille1", 1, 3],
  ["robustness/frictionless-data/issue-1024.xlsx", "IPC", 7, 54],
  ["robustness/frictionless-data/issue-312.xlsx", "invalid", 1, 5],
  ["robustness/frictionless-data/issue-313.xlsx", "Sheet1", 1, 3],
  ["robustness/frictionless-data/issue-320.xlsx", "IPC", 7, 54],
  ["robustness/frictionless-data/issue-870.xlsx", "Sheet1", 1, 10],
  ["robustness/frictionless-data/merged-cells.xlsx", "Лист1", 1, 1],
  ["robustness/frictionless-data/multiline-headers.xlsx", "Лист1", 1, 4],
  ["robustness/frictionless-data/number-format-multicode.xlsx", "Sheet1", 1, 4],
  ["robustness/frictionless-data/preserve-formatting-percentage.xlsx", "Sheet1", 1, 4],
  ["robustness/frictionless-data/preserve-formatting.xlsx", "Sheet1", 1, 2],
  ["robustness/frictionless-data/sheet2.xlsx", "Sheet1", 0, 0],
  ["robustness/frictionless-data/sheet2.xlsx", "Sheet2", 1, 3],
  ["robustness/frictionless-data/sheets.xlsx", "Sheet1", 1, 2],
  ["robustness/frictionless-data/sheets.xlsx", "Sheet2", 1, 2],
  ["robustness/frictionless-data/sheets.xlsx", "Sheet3", 1, 2],
  ["robustness/frictionless-data/skip-rows.xlsx", "Sheet 1", 1, 4],
  ["robustness/frictionless-data/table-infer-boolean.xlsx", "Sheet1", 1, 3],
  ["robustness/messytables-horror/blank_line.ods", "Sheet1", 1, 4],
  ["robustness/messytables-horror/loffice-4.4.1.2.ods", "Sheet1", 1, 4],
  ["robustness/messytables-horror/multilineods.ods", "Sheet1", 1, 1],
  ["robustness/messytables-horror/multilineods.ods", "Sheet2", 0, 0],
  ["robustness/messytables-horror/multilineods.ods", "Sheet3", 0, 0],
  ["robustness/messytables-horror/ods_formats.ods", "Sheet1", 1, 6],
  ["robustness/messytables-horror/ods_formats.ods", "Sheet2", 0, 0],
  ["robustness/messytables-horror/ods_formats.ods", "Sheet3", 0, 0],
  ["robustness/messytables-horror/simple.ods", "Sheet1", 1, 4],
  ["subsidies/api-subventions/helios.fixture.ods", "data_subv_2025_SL5M_Jet4", 1, 8],
  ["robustness/messytables-horror/bian-anal-mca-2005-dols-eng-1011-0312-tab3.xlsm", "Definitions", 10, 41],
  ["robustness/messytables-horror/large.xlsx", "Report", 1, 33],
  ["robustness/messytables-horror/libreoffice.xlsx", "Sheet1", 0, 0],
  ["robustness/messytables-horror/simple.xlsx", "simple.csv", 1, 7],
  ["robustness/messytables-horror/excel_properties.xls", "Sheet1", 1, 18],
  ["robustness/messytables-horror/simple.xls", "simple.csv", 1, 7],
  ["robustness/messytables-horror/span_rich.xls", "Sheet1", 1, 6],
  ["robustness/messytables-horror/unicode_sheet_name.xls", "mês", 1, 1],
  ["robustness/messytables-horror/sw_gen.xlsx", "tweets", 1, 16],
  ["robustness/sheetjs-xlsx/1900.xlsx", "Sheet1", 1, 5],
  ["robustness/sheetjs-xlsx/1904.xlsx", "Sheet1", 1, 5],
  ["robustness/sheetjs-xlsx/Attendance.xlsx", "Attendance - Attendance", 2, 25],
  ["robustness/sheetjs-xlsx/DataTypesFormats.xlsx", "Sheet1", 1, 6],
  ["robustness/sheetjs-xlsx/ErrorTypes.xlsx", "RawErrors", 1, 14],
  ["robustness/sheetjs-xlsx/LONumbers-2010.xlsx", "Sheet1", 1, 38],
  ["robustness/sheetjs-xlsx/RkNumber.xlsx", "RkNumber", 1, 5],
  ["robustness/sheetjs-xlsx/author_snowman.xlsx", "Sheet1", 0, 0],
  ["robustness/sheetjs-xlsx/comments_stress_test.xlsx", "Sheet2", 1, 4],
  ["robustness/sheetjs-xlsx/comments_stress_test.xlsx", "Sheet1", 1, 33],
  ["robustness/sheetjs-xlsx/comments_stress_test.xlsx", "Sheet3", 1, 3],
  ["robustness/sheetjs-xlsx/comments_stress_test.xlsx", "Sheet4", 1, 37],
  ["robustness/sheetjs-xlsx/comments_stress_test.xlsx", "Sheet7", 0, 0],
  ["robustness/sheetjs-xlsx/crlf.xlsx", "Sheet1", 1, 3],
  ["robustness/sheetjs-xlsx/custom_properties.xlsx", "Sheet1", 0, 0],
  ["robustness/sheetjs-xlsx/defined_names_unicode.xlsx", "NoContainsJapanese", 1, 1],
  ["robustness/sheetjs-xlsx/defined_names_unicode.xlsx", "日本語のみ", 1, 1],
  ["robustness/sheetjs-xlsx/defined_names_unicode.xlsx", "sheet日本語", 1, 1],
  ["robustness/sheetjs-xlsx/defined_names_unicode.xlsx", "日本語sheet", 1, 1],
  ["robustness/sheetjs-xlsx/defined_names_unicode.xlsx", "sheet日本語sheet", 1, 1],
  ["robustness/sheetjs-xlsx/formulae_test_simple.xlsx", "Sheet1", 1, 6],
  ["robustness/sheetjs-xlsx/hyperlink_no_rels.xlsx", "LeadSheet_Ext_COGS", 1, 1],
  ["robustness/sheetjs-xlsx/hyperlink_no_rels.xlsx", "23610_Accr_Ext_COGS", 0, 0],
  ["robustness/sheetjs-xlsx/issue.xlsx", "test", 1, 44],
  ["robustness/sheetjs-xlsx/issue2717.xlsx", "precision", 1, 37],
  ["robustness/sheetjs-xlsx/merge_cells.xlsx", "Merge", 1, 3],
  ["robustness/sheetjs-xlsx/minimal_112.xlsx", "Sheet 1", 1, 3],
  ["robustness/sheetjs-xlsx/mixed_sheets.xlsx", "survey", 1, 2],
  ["robustness/sheetjs-xlsx/mixed_sheets.xlsx", "choices", 1, 3],
  ["robustness/sheetjs-xlsx/mixed_sheets.xlsx", "settings", 1, 2],
  ["robustness/sheetjs-xlsx/number_format_entities.xlsx", "Sheet1", 1, 2],
  ["robustness/sheetjs-xlsx/phonetic_text.xlsx", "Sheet1", 1, 2],
  ["robustness/sheetjs-xlsx/rich_text_stress.xlsx", "Sheet1", 1, 14],
  ["robustness/sheetjs-xlsx/sheet_visibility.xlsx", "Visible", 1, 2],
  ["robustness/sheetjs-xlsx/sheet_visibility_strict.xlsx", "Visible", 1, 2],
  ["robustness/sheetjs-xlsx/text_and_numbers.xlsx", "Sheet1", 1, 3],
  ["robustness/sheetjs-xlsx/text_and_numbers.xlsx", "Sheet2", 0, 0],
  ["robustness/sheetjs-xlsx/text_and_numbers.xlsx", "Sheet3", 0, 0],
  ["robustness/sheetjs-xlsx/write.xlsx", "Sheet1", 1, 4],
  ["robustness/sheetjs-xlsx/wtf_path.xlsx", "SheetJS", 1, 6],
  ["robustness/sheetjs-xlsx/xlsx-stream-d-date-cell.xlsx", "Sheet1", 1, 13],
  ["subsidies/api-subventions/SCDL.xlsx", "Résumé de l’exportation", 3, 6],
  ["subsidies/api-subventions/SCDL.xlsx", "Feuille2", 14, 1],
  ["subsidies/api-subventions/SCDL.xlsx", "Du 01-01-2023 au 30-06-2023", 1, 13],
  ["subsidies/api-subventions/SCDL_WITH_EXERCICE_ALT.xlsx", "Feuil1", 3, 3],
  ["subsidies/api-subventions/SCDL_WITH_EXERCICE_ALT.xlsx", "Sheet1", 1, 4],
  ["subsidies/api-subventions/SUBVENTIA.xlsx", "Sheet1", 1, 49],
  ["subsidies/api-subventions/fonjep-new.xlsx", "Tiers", 1, 5],
  ["subsidies/api-subventions/fonjep-new.xlsx", "Poste", 1, 5],
  ["subsidies/api-subventions/fonjep-new.xlsx", "Versement", 1, 13],
  ["subsidies/api-subventions/fonjep-new.xlsx", "TypePoste", 1, 5],
  ["subsidies/api-subventions/fonjep-new.xlsx", "Dispositif", 1, 9],
  ["subsidies/api-subventions/new-chorus-export.xlsx", "Résumé de l’exportation", 3, 10],
  ["subsidies/api-subventions/new-chorus-export.xlsx", "Tab 1", 1, 1],
  ["subsidies/api-subventions/new-chorus-export.xlsx", "1. Extraction", 1, 8],
  ["subsidies/api-subventions/new-chorus-export.xlsx", "2. Extraction FEHBE", 1, 6],
  ["subsidies/badfile_too_many_rows.xlsx", "grants", 1, 50001],
  ["subsidies/badfile_too_many_rows.xlsx", "Actual Dates", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "Beneficiary Location", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "Classifications", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "Fun_Location", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "Funding Org", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "Funding Type", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "Grant Programme", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "Planned Dates", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "Rec_Location", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "Recipient Org", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "Related Document", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "applicationTransaction", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "commitmentTransaction", 1, 1],
  ["subsidies/badfile_too_many_rows.xlsx", "disbursementTransaction", 1, 1],
  ["subsidies/cd53_2019.xlsx", "Feuil1", 1, 62],
  ["subsidies/cd72_2017_converti_pdf.xlsx", "Table 1", 1, 1663],
  ["template/aid_import_template.xlsx", "AidesTTCD40", 1, 2],
];

/** Files with cells that exceljs's whole-workbook reader reads differently, and how many. All other cells are equal. */
const otherwise: Readonly<Record<string, { readonly cells: number; readonly because: string }>> = {
  "robustness/frictionless-data/merged-cells.xlsx": { cells: 4, because: "exceljs makes rows of those that only a merge reaches into" },
  "robustness/messytables-horror/large.xlsx": { cells: 42, because: "exceljs loses the formula result 0" },
  "robustness/sheetjs-xlsx/1900.xlsx": { cells: 2, because: "exceljs reads dates before March 1900 one day early" },
  "robustness/sheetjs-xlsx/Attendance.xlsx": { cells: 2, because: "exceljs loses the formula result 0" },
  "robustness/sheetjs-xlsx/ErrorTypes.xlsx": { cells: 32, because: "exceljs loses the formula result FALSE" },
  "robustness/sheetjs-xlsx/LONumbers-2010.xlsx": {
    cells: 138,
    because: "exceljs makes dates of negative numbers, numbers of [h]:mm, and dates before March 1900 one day early",
  },
  "robustness/sheetjs-xlsx/comments_stress_test.xlsx": {
    cells: 3,
    because: 'exceljs leaves _x000D_ in formula texts and loses the formula result ""',
  },
  "robustness/sheetjs-xlsx/crlf.xlsx": { cells: 1, because: "exceljs leaves _x000D_ in shared texts" },
  "robustness/sheetjs-xlsx/wtf_path.xlsx": { cells: 20, because: "exceljs finds no sheet where the workbook is not under xl/" },
  "robustness/sheetjs-xlsx/xlsx-stream-d-date-cell.xlsx": {
    cells: 4,
    because: "exceljs reads the year of cells of type d as a serial number, 36 hours as 12, and loses an inline formula text",
  },
  "subsidies/cd72_2017_converti_pdf.xlsx": { cells: 1, because: "exceljs gives the number 2290 for what is shown as 02290" },
};

const encrypted = "robustness/messytables-horror/encrypted_no_password.xls";

describe.skipIf(isAbsent)(`real workbooks${why}`, () => {
  test.each(counted)("%s, sheet %s: every row is a record, a broken record or a repeated header", async (file, sheet, firstRow, rows) => {
    const path = join(shared, file);
    if (rows === 0) {
      expect(await endOf(path, { sheet })).toMatchObject({ code: "no-header" });
      return;
    }
    const read = await readFile(path, { sheet, headerRow: firstRow });
    const again = read.issues.filter(({ code }) => code === "repeated-header");
    expect(read.records.length + read.broken.length + again.length).toBe(rows - 1);
  });

  test("all workbooks of the folder are tested", () => {
    const there = filesOf(/\.(xls[xm]?|ods)$/i).filter((file) => file !== encrypted);
    expect(there).toEqual([...new Set(counted.map(([file]) => file))].toSorted());
  });

  test("an .xls file that Excel opens without asking for its password is refused", async () => {
    expect(await endOf(join(shared, encrypted))).toEqual({ code: "encrypted-file", params: { found: "xls" } });
  });

  // Skips the file with 50,000 rows: exceljs takes seconds for it, and its cells are all alike.
  test.each(isAbsent ? [] : filesOf(/(?<!too_many_rows)\.xls[xm]$/i))(
    "%s: exceljs reads the same cells, except for those explained",
    async (file) => {
      expect((await differing(join(shared, file))).length).toBe(otherwise[file]?.cells ?? 0);
    },
  );

  test("the manual template has one row: its hidden sheet is ignored, dates are dates, rates are numbers", async () => {
    const read = await readFile(join(shared, "template/aid_import_template.xlsx"));
    expect(read.values).toHaveLength(1);
    expect(read.issues).toEqual([]);
    expect(read.values[0]).toMatchObject({
      Nom: "Prime à la conversion",
      "Date d'ouverture": "2024-07-04",
      "Date de clôture": "2024-10-04",
      "Taux de subvention, min. et max. (en %, nombre entier)": 10.22,
      Périmètre: 71016,
      "URL d'origine": "https://aides-territoires.beta.gouv.fr/",
    });
    expect(Object.keys(read.values[0] ?? {})).toHaveLength(27);
  });

  test("the older template has no aid: a hundred rows with only a number", async () => {
    const read = await readFile(join(shared, "aids/SchemaAppelPublic-2022-03-14.xlsx"), { headerRow: 9, skipRows: 1 });
    expect(read.records).toHaveLength(100);
    expect(read.values.every((values) => Object.values(values).filter((value) => value !== "").length === 1)).toBe(true);
    expect(read.issues).toEqual([]);
  });

  test("Horizon Europe: 1,454 calls, an unnamed first column, deadlines with times", async () => {
    const read = await readFile(join(shared, "eu/HE_calls_2023-05-05.xlsx"));
    expect(read.values).toHaveLength(1454);
    expect(read.issues).toMatchObject([{ code: "unnamed-column", params: { column: 1 } }]);
    expect(read.values[0]).toMatchObject({ pubDate: "2022-05-11", closeDate: "2021-10-07T17:00:00" });
  });

  test("an OpenDocument sheet: dates, times and durations, booleans, amounts, percentages", async () => {
    const read = await readFile(join(shared, "robustness/messytables-horror/ods_formats.ods"));
    expect(read.values[0]).toEqual({
      Date: "2014-11-11",
      Time: "11:12:12",
      Boolean: true,
      Float: 11.11,
      Currency: 1,
      Percentage: "200%",
      Int: 3,
      Scientific: 100_000,
      Fractions: 1.25,
      Text: "abc",
    });
    expect(read.values.map(({ Time }) => Time)).toEqual(["11:12:12", "00:00:12", 0, "27:17:54", "Other"]);
    expect(read.values[1]).toMatchObject({ Boolean: false, Currency: -10_000, Float: "" });
  });

  test("a post code keeps its shown leading zero", async () => {
    const read = await readFile(join(shared, "subsidies/cd72_2017_converti_pdf.xlsx"), { headerRow: 2 });
    expect(read.records.find(({ locator }) => locator === "sheet Table 1, row 992")?.values["Adresse de l'organisme"]).toBe("02290");
  });
});

function filesOf(name: RegExp): string[] {
  const all = readdirSync(shared, { recursive: true, encoding: "utf8" });
  return all.filter((file) => name.test(file)).toSorted();
}

async function differing(path: string): Promise<string[]> {
  const ours = await ourCells(path);
  const theirs = await theirCells(path);
  const places = new Set([...ours.keys(), ...theirs.keys()]);
  return [...places].filter((place) => (ours.get(place) ?? "") !== (theirs.get(place) ?? ""));
}
