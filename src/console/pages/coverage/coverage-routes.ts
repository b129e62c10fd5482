import { scaleName } from "../../../french/values.ts";
import { labelOf, vocabularies } from "../../../model/vocabularies.ts";
import { type ExcelColumn, excelOf } from "../../../publish/exports/excel-of.ts";
import { csvOf } from "../../lists/csv-of.ts";
import { type PageRoute, pageRoute, type Route } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { filteredRows, readCoverageFilter } from "./coverage-filter.ts";
import { coveragePage } from "./coverage-page.tsx";
import { aidsOf, authorityWords, type CoverageRow } from "./coverage-rows.ts";
import { stateWord } from "./coverage-states.tsx";
import { readCoverage } from "./read-coverage.ts";

/** The table as CSV and Excel, with the same filter. */
const coverageFiles: readonly PageRoute[] = [
  pageRoute("/couverture.csv", "read", async (visit) => {
    const { rows, columns } = await requestedTable(visit);
    return { fileName: "couverture.csv", type: "text/csv; charset=utf-8", body: csvOf(columns, pageOf(rows)) };
  }),
  pageRoute("/couverture.xlsx", "read", async (visit) => {
    const { rows, columns } = await requestedTable(visit);
    return {
      fileName: "couverture.xlsx",
      type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      body: excelOf("Couverture", columns, pageOf(rows)),
    };
  }),
];

async function requestedTable(visit: Visit) {
  const filter = readCoverageFilter(visit.query);
  const { rows } = await readCoverage(visit);
  return { rows: filteredRows(rows, filter), columns: coverageColumns(filter.theme ?? null) };
}

async function* pageOf(rows: readonly CoverageRow[]) {
  yield rows;
}

/** Returns the columns of the files: those of the table, codes, and local aids by theme. `theme`: theme of the counts by scale, or null for all. */
function coverageColumns(theme: string | null): readonly ExcelColumn<CoverageRow>[] {
  return [
    { title: "Territoire", text: ({ territory }) => territory.name },
    { title: "Échelle", text: ({ territory }) => scaleName(territory.scale) },
    { title: "Code", text: ({ territory }) => territory.code },
    { title: "Région", text: ({ region }) => region?.split(":")[1] ?? null },
    { title: "Producteur", text: ({ authority }) => authority?.name ?? null },
    { title: "Situation", text: ({ state }) => stateWord(state) },
    { title: "Étape", text: authorityWords },
    { title: "Producteurs en ligne", text: ({ publishers }) => publishers.online, isNumber: true },
    { title: "Producteurs en discussion", text: ({ publishers }) => publishers.talking, isNumber: true },
    { title: "Producteurs en veille ou refus", text: ({ publishers }) => publishers.stopped, isNumber: true },
    { title: "Producteurs absents", text: ({ publishers }) => publishers.absent, isNumber: true },
    { title: `Aides nationales ou européennes${of(theme)}`, text: (row) => aidsOf(row, theme).wide, isNumber: true },
    { title: `Aides régionales${of(theme)}`, text: (row) => aidsOf(row, theme).regional, isNumber: true },
    { title: `Aides départementales${of(theme)}`, text: (row) => aidsOf(row, theme).departmental, isNumber: true },
    { title: `Aides locales${of(theme)}`, text: (row) => aidsOf(row, theme).local, isNumber: true },
    ...vocabularies.themes.map(({ slug, label }) => ({ title: label, text: (row: CoverageRow) => aidsOf(row, slug).own, isNumber: true })),
  ];
}

function of(theme: string | null): string {
  return theme === null ? "" : ` (${labelOf("themes", theme)})`;
}

/** Routes of the coverage page and its files. */
export const coverageRoutes: readonly Route[] = [coveragePage, ...coverageFiles];
