import type { Child } from "hono/jsx";
import type { ListedAid } from "../../../catalogue/search/search-repository.ts";
import { fieldName } from "../../../french/fields.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { type Aid, type AidField, aidFields } from "../../../model/aid/aid.ts";
import type { PerimeterScale } from "../../../model/territories/perimeter.ts";
import { findPerimeter } from "../../../model/territories/perimeters.ts";
import { connectorColumn } from "../../lists/connector-column.tsx";
import type { Column } from "../../lists/list.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { AidText } from "../../parts/aid-text.tsx";
import { Alert } from "../../parts/alert.tsx";
import { StandingBadge, standingLabel } from "../../parts/badge.tsx";
import { plainValue } from "../../parts/field-value.tsx";
import { TerritoryNotice } from "../../parts/territory-notice.tsx";
import { formatDay } from "../../parts/time.ts";
import { aidFilters, searchFilterOf } from "./aid-filters.ts";

/** `aid`: the full aid, if all fields are exported. */
type Row = ListedAid & { readonly aid?: Aid };

const maxExported = 200_000;
const namesShown = 3;
/** Fields that have a column of their own. */
const inColumns: ReadonlySet<AidField> = new Set<AidField>(["name", "submissionDeadline", "perimeters"]);

/** The catalogue as a list. */
export const catalogueRoutes = listRoutes<Row>({
  path: "/aides",
  who: "read",
  title: "Catalogue",
  fileName: "aides",
  caption: (count) => counted(count, "aide"),
  empty: (isFiltered) =>
    isFiltered ? "Aucune aide ne répond à ce filtre." : "Le catalogue est vide : il se remplit quand une collecte est appliquée.",
  above: async (visit, { territoire }) => (
    <>
      <IndexNotice revisions={await visit.catalogue.search.behind()} />
      {territoire !== undefined && <TerritoryNotice asked={territoire} name="territoire" visit={visit} />}
    </>
  ),
  filters: aidFilters,
  columns: [
    {
      title: "Titre",
      text: ({ title }) => title,
      cell: ({ aidId, title, language }) => (
        <span class="moisson-title">
          <a href={`/aides/${aidId}`}>
            <AidText text={title} language={language} />
          </a>
        </span>
      ),
    },
    { title: "Organismes", text: ({ organisations }) => organisations.join(" ; "), cell: ({ organisations }) => some(organisations) },
    {
      title: "Territoires",
      text: ({ aid }) => plainValue("perimeters", aid?.perimeters ?? []),
      cell: ({ territories }) => some(territories.map(territoryName)),
    },
    { title: "Clôture", text: ({ deadline }) => deadline, cell: ({ deadline }) => (deadline === null ? "" : formatDay(deadline)) },
    { title: "Situation", text: ({ standing }) => standingLabel(standing), cell: ({ standing }) => <StandingBadge standing={standing} /> },
    connectorColumn,
    exported("Identifiant chez le producteur", ({ externalId }) => externalId),
    exported("Identifiant permanent", ({ aidId }) => aidId),
    exported("Retirée le", ({ aid }) => aid?.withdrawnAt ?? null),
    exported("Ce qui manque", ({ missing }) => missing.map((field) => fieldName(field as AidField)).join(" ; ")),
    exported("Propositions en attente", ({ proposals }) => proposals),
    exported("Créée le", ({ createdAt }) => createdAt.toISOString()),
    exported("Modifiée le", ({ updatedAt }) => updatedAt.toISOString()),
    ...aidFields
      .filter((field) => !inColumns.has(field))
      .map((field) => exported(capitalize(fieldName(field)), ({ aid }) => exportedValue(field, aid?.[field]))),
  ],
  rows: async (visit, filter, place) => visit.catalogue.search.list(await searchFilterOf(visit, filter), place),
  count: async (visit, filter) => visit.catalogue.search.count(await searchFilterOf(visit, filter)),
  all: async function* (visit, filter) {
    yield* visit.catalogue.search.listWhole(await searchFilterOf(visit, filter), maxExported);
  },
});

/** Warns that the search index is not up to date, for example after a first import of many aids. */
function IndexNotice({ revisions }: { readonly revisions: number }): Child {
  if (revisions === 0) return null;
  return (
    <Alert
      kind="info"
      text={french`L'index de recherche se met à jour : ${counted(revisions, "changement")} à venir. La liste est incomplète pour quelques instants.`}
    />
  );
}

function exported(title: string, text: Column<Row>["text"]): Column<Row> {
  return { title, text, isExportOnly: true };
}

/** Returns days as stored and numbers as numbers. */
function exportedValue(field: AidField, value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || /Date$/.test(field)) return value as string | number;
  return plainValue(field, value);
}

function some(names: readonly string[]): string {
  const more = names.length - namesShown;
  return names.slice(0, namesShown).join(", ") + (more > 0 ? ` et ${counted(more, "autre")}` : "");
}

function territoryName(key: string): string {
  const [scale = "", code = ""] = key.split(":");
  return findPerimeter({ scale: scale as PerimeterScale, code })?.perimeter.name ?? key;
}
