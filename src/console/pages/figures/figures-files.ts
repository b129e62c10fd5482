import type { MonthFigures } from "../../../partners/figures/monthly-figures.ts";
import { excelOf } from "../../../publish/exports/excel-of.ts";
import { csvOf } from "../../lists/csv-of.ts";
import type { Download } from "../../route.ts";
import { figuresColumns } from "./figures-columns.ts";

/** Figures as a file, oldest month first. `name`: of the file, without what it ends in. */
export function figuresFile(figures: readonly MonthFigures[], name: string, kind: "csv" | "xlsx"): Download {
  const fileName = `${name}.${kind}`;
  if (kind === "csv") return { fileName, type: "text/csv; charset=utf-8", body: csvOf(figuresColumns, pageOf(figures)) };
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return { fileName, type, body: excelOf("Chiffres", figuresColumns, pageOf(figures)) };
}

async function* pageOf(figures: readonly MonthFigures[]) {
  yield figures;
}
