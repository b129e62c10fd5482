import type { MonthFigures } from "../../../partners/figures/monthly-figures.ts";
import { type ExcelColumn, excelOf } from "../../../publish/exports/excel-of.ts";
import { csvOf } from "../../lists/csv-of.ts";
import type { Download } from "../../route.ts";

/** Columns of figures, on the page and in the files. */
export const figuresColumns: readonly ExcelColumn<MonthFigures>[] = [
  { title: "Mois", text: ({ month }) => month },
  { title: "Entrées", text: ({ entered }) => entered, isNumber: true },
  { title: "Sorties", text: ({ left }) => left, isNumber: true },
  { title: "Modifiées", text: ({ updated }) => updated, isNumber: true },
  { title: "Date limite passée", text: ({ expired }) => expired, isNumber: true },
  { title: "En ligne en fin de mois", text: ({ onSite }) => onSite, isNumber: true },
  { title: "Note de qualité", text: ({ score }) => score, isNumber: true },
  { title: "Délai médian (jours)", text: ({ delay }) => delay?.median ?? null, isNumber: true },
  { title: "Délai de neuf aides sur dix (jours)", text: ({ delay }) => delay?.ninetieth ?? null, isNumber: true },
  { title: "Délais mesurés sur la date de mise à jour", text: ({ delay }) => delay?.bySourceUpdatedDate ?? 0, isNumber: true },
  { title: "Délais mesurés sur la date d’ouverture", text: ({ delay }) => delay?.byStartDate ?? 0, isNumber: true },
  { title: "Publiées sans date à la source", text: ({ withoutDelay }) => withoutDelay, isNumber: true },
];

/** Returns figures as a file, oldest month first. `name`: file name without extension. */
export function figuresFile(figures: readonly MonthFigures[], name: string, kind: "csv" | "xlsx"): Download {
  const fileName = `${name}.${kind}`;
  if (kind === "csv") return { fileName, type: "text/csv; charset=utf-8", body: csvOf(figuresColumns, pageOf(figures)) };
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return { fileName, type, body: excelOf("Chiffres", figuresColumns, pageOf(figures)) };
}

async function* pageOf(figures: readonly MonthFigures[]) {
  yield figures;
}
