import type { SearchFilter } from "../../../catalogue/search/search-filter.ts";
import { type SearchStanding, searchStandings } from "../../../catalogue/search/search-row.ts";
import { factsOf } from "../../../model/aid/field-table.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { vocabularies } from "../../../model/vocabularies.ts";
import { connectorNames } from "../../../registry/connector-names.ts";
import { fieldChoices } from "../../curation/field-controls.ts";
import type { Filter, FilterField } from "../../lists/list.ts";
import { standingLabel } from "../../parts/badge.tsx";
import type { Choice } from "../../parts/form-controls.tsx";
import { requestedTerritories, territoryLabel } from "../../parts/territory-field.ts";
import type { Visit } from "../../visit.ts";

/** Filters of the list of aids. */
export const aidFilters: readonly FilterField[] = [
  { name: "texte", label: "Mots", kind: "text" },
  { name: "territoire", label: "Territoire", kind: "text", format: territoryLabel },
  { name: "theme", label: "Thématique", kind: "choice", anyLabel: "Toutes", choices: themeChoices },
  { name: "public", label: "Public", kind: "choice", choices: () => choicesIn("targetedAudiences") },
  { name: "organisme", label: "Financeur ou instructeur", kind: "text" },
  { name: "connecteur", label: "Connecteur", kind: "choice", choices: connectorChoices },
  {
    name: "situation",
    label: "Situation",
    kind: "choice",
    anyLabel: "Toutes",
    choices: () => searchStandings.map((value) => ({ value, label: standingLabel(value) })),
  },
  {
    name: "cloture",
    label: "Clôture",
    kind: "choice",
    anyLabel: "Toutes",
    choices: () => [
      { value: "a-venir", label: "à venir, ou sans date" },
      { value: "passee", label: "passée" },
      { value: "aucune", label: "sans date" },
    ],
  },
  ...advancedFilters(),
];

function advancedFilters(): readonly FilterField[] {
  const advanced: readonly FilterField[] = [
    { name: "depuis", label: "Clôture à partir du", kind: "date" },
    { name: "jusque", label: "Clôture jusqu’au", kind: "date" },
    {
      name: "portee",
      label: "Aides qui valent",
      kind: "choice",
      anyLabel: "dans tout le territoire",
      choices: () => [
        { value: "dedans", label: "dans une partie aussi" },
        { value: "bassin", label: "par bassin (agences de l’eau)" },
      ],
    },
    { name: "type", label: "Type d’aide", kind: "choice", choices: () => choicesIn("aidTypes") },
    { name: "producteur", label: "Producteur", kind: "choice", choices: publisherChoices },
    {
      name: "manque",
      label: "Ce qui manque",
      kind: "choice",
      anyLabel: "Peu importe",
      choices: () => fieldChoices((field) => factsOf(field).asked !== undefined),
    },
    {
      name: "etape",
      label: "De la réception à la publication",
      kind: "choice",
      anyLabel: "Peu importe",
      choices: () => Object.entries(steps).map(([value, { label }]) => ({ value, label })),
    },
    {
      name: "tri",
      label: "Trier par",
      kind: "choice",
      anyLabel: "titre",
      choices: () => [
        { value: "deadline", label: "date de clôture" },
        { value: "updated", label: "dernière modification" },
      ],
    },
  ];
  return advanced.map((field) => ({ ...field, isAdvanced: true }));
}

const steps: Readonly<Record<string, { readonly label: string; readonly step: NonNullable<SearchFilter["step"]> }>> = {
  "au-catalogue": { label: "au catalogue", step: "held" },
  prete: { label: "prêtes à publier, ou publiées", step: "publishable" },
  decrite: { label: "entièrement décrites", step: "fullyDescribed" },
  "a-publier": { label: "prêtes, pas encore publiées", step: "complete" },
  publiee: { label: "publiées", step: "published" },
  ouverte: { label: "ouvertes à tous", step: "open" },
  fermee: { label: "publiées, mais fermées", step: "closed" },
};

/** Converts the filter of the list to a filter of the search index. */
export async function searchFilterOf(visit: Visit, filter: Filter): Promise<SearchFilter> {
  const today = parisDay(visit.now);
  const { texte, territoire, theme, organisme, situation, cloture, depuis, jusque, tri } = filter;
  const connectors = await connectorsOf(visit, filter);
  return {
    ...(texte !== undefined && { text: texte }),
    ...(organisme !== undefined && { organisation: organisme }),
    ...(connectors !== null && { connectors }),
    ...(territoire !== undefined && { territories: requestedTerritories(territoire), isWithin: filter.portee === "dedans" }),
    ...(filter.portee === "bassin" && { isByBasin: true }),
    ...(theme !== undefined && { categories: categoriesOf(theme) }),
    ...(filter.public !== undefined && { audience: filter.public as NonNullable<SearchFilter["audience"]> }),
    ...(filter.type !== undefined && { type: filter.type as NonNullable<SearchFilter["type"]> }),
    ...(situation !== undefined && { standings: [situation as SearchStanding] }),
    ...(filter.manque !== undefined && { missing: filter.manque as NonNullable<SearchFilter["missing"]> }),
    ...(filter.etape !== undefined &&
      steps[filter.etape] !== undefined && { step: steps[filter.etape]?.step as NonNullable<SearchFilter["step"]> }),
    ...(cloture === "a-venir" && { notExpiredOn: today }),
    ...(cloture === "passee" && { expiredOn: today }),
    ...(cloture === "aucune" && { hasNoDeadline: true }),
    ...(depuis !== undefined && { deadlineFrom: depuis }),
    ...(jusque !== undefined && { deadlineTo: jusque }),
    ...(tri !== undefined && { order: tri as NonNullable<SearchFilter["order"]> }),
  };
}

/** Returns the themes, each as a group of its categories with an option for all of them. */
export function themeChoices(): readonly Choice[] {
  return vocabularies.themes.flatMap(({ slug, label }) => [
    { value: slug, label: `${label} : tout`, group: label },
    ...vocabularies.categories
      .filter(({ theme }) => theme === slug)
      .map((category) => ({ value: category.slug, label: category.label, group: label })),
  ]);
}

/** Returns the categories of a theme. A category returns itself. */
export function categoriesOf(themeOrCategory: string): NonNullable<SearchFilter["categories"]> {
  return vocabularies.categories.filter(({ slug, theme }) => slug === themeOrCategory || theme === themeOrCategory).map(({ slug }) => slug);
}

function choicesIn(vocabulary: "targetedAudiences" | "aidTypes"): readonly Choice[] {
  return vocabularies[vocabulary].map(({ slug, label }) => ({ value: slug, label }));
}

async function connectorChoices({ console: { jobs } }: Visit): Promise<readonly Choice[]> {
  return [...connectorNames(await jobs.connectors())]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label, "fr"));
}

async function publisherChoices({ console: { jobs } }: Visit): Promise<readonly Choice[]> {
  const names = new Set((await jobs.connectors()).map(({ definition }) => definition.publisher.name));
  return [...names].sort((a, b) => a.localeCompare(b, "fr")).map((name) => ({ value: name, label: name }));
}

/** Returns the connectors that match both filters; null if neither filter is in use. */
async function connectorsOf({ console: { jobs } }: Visit, { producteur, connecteur }: Filter): Promise<readonly string[] | null> {
  if (producteur === undefined) return connecteur === undefined ? null : [connecteur];
  const ids = (await jobs.connectors())
    .filter(({ definition }) => definition.publisher.name === producteur)
    .map(({ definition }) => definition.id);
  return connecteur === undefined ? ids : ids.filter((id) => id === connecteur);
}
