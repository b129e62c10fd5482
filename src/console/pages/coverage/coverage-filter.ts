import { type Slug, vocabularies } from "../../../model/vocabularies.ts";
import type { Filter, FilterField } from "../../lists/list.ts";
import type { Choice } from "../../parts/form-controls.tsx";
import { coveragePlaces } from "./coverage-places.ts";
import type { CoverageRow } from "./coverage-rows.ts";
import { coverageStates, stateLabels } from "./coverage-states.tsx";

const overseas = "outre-mer";

const choices: Readonly<Record<string, () => readonly Choice[]>> = {
  region: () => [
    ...coveragePlaces()
      .filter(({ key, region, isOverseas }) => key === region && !isOverseas)
      .map(({ key, territory }) => ({ value: key, label: territory.name })),
    { value: overseas, label: "Outre-mer" },
  ],
  situation: () => coverageStates.map((value) => ({ value, label: stateLabels[value] })),
  theme: () => vocabularies.themes.map(({ slug: value, label }) => ({ value, label })),
  public: () => vocabularies.targetedAudiences.map(({ slug: value, label }) => ({ value, label })),
  montrer: () => [{ value: "producteurs", label: "Situation des producteurs" }],
  carte: () => [{ value: "departements", label: "Départements" }],
};

/** Filters of the table. */
export const coverageFilters: readonly FilterField[] = [
  { name: "region", label: "Région", kind: "choice", anyLabel: "Toutes" },
  { name: "situation", label: "Situation du producteur", kind: "choice", anyLabel: "Toutes" },
  { name: "theme", label: "Thématique des aides", kind: "choice", anyLabel: "Toutes" },
  { name: "public", label: "Public des aides", kind: "choice", anyLabel: "Tous" },
  { name: "montrer", label: "Couleurs de la carte", kind: "choice", anyLabel: "Aides ouvertes" },
  { name: "carte", label: "Carte et tableau des", kind: "choice", anyLabel: "Régions" },
];

/** Returns the choices by field name. */
export function coverageChoices(): ReadonlyMap<string, readonly Choice[]> {
  return new Map(Object.entries(choices).map(([name, make]) => [name, make()]));
}

/** Reads the filter from the query. Ignores unknown values. */
export function readCoverageFilter(query: URLSearchParams): Filter {
  const values = Object.entries(choices).map(
    ([name, make]) => [name, make().find(({ value }) => value === query.get(name))?.value] as const,
  );
  return Object.fromEntries(values.filter((one): one is [string, string] => one[1] !== undefined));
}

/** Returns the audience whose aids are counted; undefined for all. */
export function audienceOf({ public: audience }: Filter): Slug<"targetedAudiences"> | undefined {
  return audience as Slug<"targetedAudiences"> | undefined;
}

/** Returns true if the screen shows regions only. Departments are then printed only. */
export function showsRegionsOnly({ region, situation, carte }: Filter): boolean {
  return region === undefined && situation === undefined && carte === undefined;
}

/** Returns the rows that match the filter. */
export function filteredRows(rows: readonly CoverageRow[], { region, situation }: Filter): readonly CoverageRow[] {
  const inRegion = rows.filter((row) => region === undefined || (region === overseas ? row.isOverseas : row.region === region));
  return situation === undefined ? inRegion : inRegion.filter(({ state }) => state === situation);
}
