import { scaleName } from "../../../french/scales.ts";
import { labelOf, vocabularies } from "../../../model/vocabularies.ts";
import type { ExcelColumn } from "../../../publish/exports/excel-of.ts";
import { type AidsHeld, authorityWords, type CoverageRow, noAids } from "./coverage-rows.ts";
import { stateWord } from "./state-words.ts";

/** Aids of a row, of a theme or of all (null). */
export function aidsOf({ aids }: CoverageRow, theme: string | null): AidsHeld {
  return aids.get(theme) ?? noAids;
}

/** The columns of the file: the table's, the codes, and by theme the aids that its own publishers bring. `theme`: that the aids by scale are of; null: all. */
export function coverageColumns(theme: string | null): readonly ExcelColumn<CoverageRow>[] {
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
