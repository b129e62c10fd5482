import ExcelJS from "exceljs";
import { type TemplateCell, templateCells } from "../../../french/template-cells.ts";
import { french } from "../../../french/typography.ts";
import { regionsAndDepartments } from "../../../model/territories/perimeters.ts";
import { describeWorkbook } from "../../../publish/exports/excel-of.ts";

/** Last row with drop-down lists. */
const lastRow = 2001;
const dark = { type: "pattern", pattern: "solid", fgColor: { argb: "FF000091" } } as const;
const light = { type: "pattern", pattern: "solid", fgColor: { argb: "FFE3E3FD" } } as const;

/** Returns the template as a workbook: the sheet to fill in, instructions, and a hidden sheet with our words. */
export async function templateWorkbook(): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const aids = workbook.addWorksheet("Aides", { views: [{ state: "frozen", xSplit: 2, ySplit: 1 }] });
  const guide = workbook.addWorksheet("Mode d’emploi", { views: [{ state: "frozen", ySplit: 1 }] });
  const lists = new Lists(workbook.addWorksheet("Listes", { state: "hidden" }));
  for (const [index, column] of templateCells.entries()) addColumn(aids, index + 1, column, lists);
  aids.getRow(1).height = 48;
  addGuide(guide);
  describeWorkbook(workbook, "Modèle de fichier d’aides", aids.name);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function addColumn(sheet: ExcelJS.Worksheet, position: number, column: TemplateCell, lists: Lists): void {
  const { title, note, isRequired, example, holds } = column;
  const style = sheet.getColumn(position);
  style.width = /^(?:Titre|Description|Conditions|Exemples|Contact|Lien)/.test(title) ? 40 : 24;
  style.alignment = { vertical: "top", wrapText: true };
  style.numFmt = formatOf(column);
  const head = sheet.getCell(1, position);
  head.value = title;
  head.font = { bold: true, color: { argb: isRequired ? "FFFFFFFF" : "FF161616" } };
  head.fill = isRequired ? dark : light;
  head.note = note;
  const shown = sheet.getCell(2, position);
  shown.value = example === "" ? null : holds === "day" ? new Date(`${example}T00:00:00Z`) : example;
  shown.font = { italic: true, color: { argb: "FF666666" } };
  const validation = validationOf(column, lists);
  if (validation !== null) validationsOf(sheet).add(`${style.letter}2:${style.letter}${lastRow}`, validation);
}

/** Returns the format of a column. Codes, phone numbers and "20 à 50" have the format text; long texts do not, because Excel shows them as ####. */
function formatOf({ title, holds }: TemplateCell): string {
  if (holds === "day") return "dd/mm/yyyy";
  if (holds === "amount") return "#,##0.##";
  return holds === "territories" || /^(?:Identifiant|Téléphone|Taux)/.test(title) ? "@" : "General";
}

/** Returns a property of exceljs that its types lack. */
function validationsOf(sheet: ExcelJS.Worksheet): { add(range: string, validation: ExcelJS.DataValidation): void } {
  return (sheet as unknown as { dataValidations: { add(range: string, validation: ExcelJS.DataValidation): void } }).dataValidations;
}

function validationOf({ holds, words }: TemplateCell, lists: Lists): ExcelJS.DataValidation | null {
  if (holds === "day") {
    return {
      type: "date",
      operator: "greaterThan",
      allowBlank: true,
      formulae: [new Date("2000-01-01T00:00:00Z")],
      showErrorMessage: true,
      errorTitle: "Date",
      error: "Écrivez une date : jj/mm/aaaa.",
    };
  }
  // A cell can contain several names, so a text outside the list is no error.
  if (holds === "territories") return { type: "list", allowBlank: true, formulae: [lists.range("Territoires", placeNames())] };
  if (words === null) return null;
  return {
    type: "list",
    allowBlank: true,
    formulae: [lists.range(words.name, words.labels)],
    showErrorMessage: true,
    errorStyle: holds === "scale" ? "stop" : "warning",
    errorTitle: "Hors de la liste",
    error: "Choisissez un terme de la liste : un autre ne serait pas reconnu.",
  };
}

/** Returns the names of regions and departments, each once: some regions have the name of a department. */
function placeNames(): readonly string[] {
  return [...new Set(regionsAndDepartments().map(({ name }) => name))];
}

/** Drop-down lists, each in a column of the hidden sheet. */
class Lists {
  readonly #ranges = new Map<string, string>();

  constructor(private readonly sheet: ExcelJS.Worksheet) {}

  /** Returns the range of a list. Writes the list on the first call. */
  range(name: string, labels: readonly string[]): string {
    const known = this.#ranges.get(name);
    if (known !== undefined) return known;
    const column = this.sheet.getColumn(this.#ranges.size + 1);
    column.values = [name, ...labels];
    const range = `Listes!$${column.letter}$2:$${column.letter}$${labels.length + 1}`;
    this.#ranges.set(name, range);
    return range;
  }
}

function addGuide(sheet: ExcelJS.Worksheet): void {
  sheet.columns = [
    { header: "Colonne", width: 44 },
    { header: "À remplir", width: 16 },
    { header: "Ce qu’on y met", width: 110 },
  ];
  sheet.getRow(1).font = { bold: true };
  sheet.addRow([
    "Une ligne par aide",
    "",
    french`Remplissez la feuille « Aides » à partir de la ligne 3. La ligne 2 montre comment faire : elle n’est pas lue.`,
  ]);
  for (const { title, note, isRequired } of templateCells) {
    sheet.addRow([title.replace(" (obligatoire)", ""), isRequired ? "obligatoire" : "facultatif", note]);
  }
  sheet.getColumn(3).alignment = { wrapText: true, vertical: "top" };
}
