import { excelOf } from "../../../publish/exports/excel-of.ts";
import { csvOf } from "../../lists/csv-of.ts";
import type { PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { coverageColumns } from "./coverage-columns.ts";
import { filteredRows, readCoverageFilter } from "./coverage-filter.ts";
import type { CoverageRow } from "./coverage-rows.ts";
import { readCoverage } from "./read-coverage.ts";

/** The table as CSV and as Excel, by the same filter. */
export const coverageFiles: readonly PageRoute[] = [
  {
    method: "get",
    path: "/couverture.csv",
    who: "read",
    answer: async (visit) => {
      const { rows, columns } = await asked(visit);
      return { fileName: "couverture.csv", type: "text/csv; charset=utf-8", body: csvOf(columns, pageOf(rows)) };
    },
  },
  {
    method: "get",
    path: "/couverture.xlsx",
    who: "read",
    answer: async (visit) => {
      const { rows, columns } = await asked(visit);
      return {
        fileName: "couverture.xlsx",
        type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        body: excelOf("Couverture", columns, pageOf(rows)),
      };
    },
  },
];

async function asked(visit: Visit) {
  const filter = readCoverageFilter(visit.query);
  const { rows } = await readCoverage(visit);
  return { rows: filteredRows(rows, filter), columns: coverageColumns(filter.theme ?? null) };
}

async function* pageOf(rows: readonly CoverageRow[]) {
  yield rows;
}
