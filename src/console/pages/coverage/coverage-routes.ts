import { scaleName } from "../../../french/values.ts";
import { labelOf, vocabularies } from "../../../model/vocabularies.ts";
import type { ExcelColumn } from "../../../publish/exports/excel-of.ts";
import { onePage, tableFileRoutes } from "../../lists/table-files.tsx";
import type { Route } from "../../route.ts";
import { audienceOf, filteredRows, readCoverageFilter } from "./coverage-filter.ts";
import { coveragePage } from "./coverage-page.tsx";
import { aidsOf, authorityLabel, type CoverageRow } from "./coverage-rows.ts";
import { stateLabel } from "./coverage-states.tsx";
import { readCoverage } from "./read-coverage.ts";

/** The table as CSV and Excel, with the filter of the page. */
const coverageFiles = tableFileRoutes("/couverture", "read", async (visit) => {
  const filter = readCoverageFilter(visit.query);
  const { rows } = await readCoverage(visit, audienceOf(filter));
  const columns = coverageColumns(filter.theme ?? null);
  return { fileName: "couverture", title: "Couverture", columns, pages: onePage(filteredRows(rows, filter)) };
});

/** Returns the columns of the files. They add codes and themes to the table. `theme`: theme of the counts by scale, or null for all. */
function coverageColumns(theme: string | null): readonly ExcelColumn<CoverageRow>[] {
  return [
    { title: "Territoire", text: ({ territory }) => territory.name },
    { title: "Échelle", text: ({ territory }) => scaleName(territory.scale) },
    { title: "Code", text: ({ territory }) => territory.code },
    { title: "Région", text: ({ region }) => region?.split(":")[1] ?? null },
    { title: "Producteur", text: ({ authority }) => authority?.name ?? null },
    { title: "Situation", text: ({ state }) => stateLabel(state) },
    { title: "Étape", text: authorityLabel },
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
