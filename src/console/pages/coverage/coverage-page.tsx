import type { Child } from "hono/jsx";
import { capitalize, counted, french, isPlural } from "../../../french/typography.ts";
import { scaleNames } from "../../../french/values.ts";
import { labelOf, vocabularies } from "../../../model/vocabularies.ts";
import type { ExcelColumn } from "../../../publish/exports/excel-of.ts";
import { FilterForm } from "../../lists/filter-form.tsx";
import { onePage, TableFileLinks, tableFileRoutes } from "../../lists/table-files.tsx";
import { Alert } from "../../parts/alert.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { Figures } from "../../parts/facts.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { pageRoute, type Route } from "../../route.ts";
import { type PublisherDoubt, publisherDoubts, StageBadge } from "../publishers/publisher-stage.tsx";
import { kindWord, type PublisherRow } from "../publishers/read-publisher-rows.ts";
import { audienceOf, coverageChoices, coverageFilters, filteredRows, readCoverageFilter, showsRegionsOnly } from "./coverage-filter.ts";
import { CoverageMap } from "./coverage-map.tsx";
import { aidScales, aidsOf, authorityLabel, byState, type CoverageRow, publishersOutsideMap, readCoverage } from "./coverage-rows.ts";
import { type CoverageState, coverageStateOf, coverageStates, pluralStateLabel, StateMark, stateLabels } from "./coverage-states.tsx";
import { CoverageTable, ThemeTable } from "./coverage-table.tsx";
import { MissedSearches, MonthPriorities } from "./missed-searches.tsx";
import { MonthChanges } from "./month-changes.tsx";

const path = "/couverture";

/** A longer table is folded below the map, which has the same content. */
const maxRowsOpen = 15;

/** The coverage: map and table of territories, changes of the month, searches without results. */
const coveragePage = pageRoute(path, "read", async (visit) => {
  const filter = readCoverageFilter(visit.query);
  const theme = filter.theme ?? null;
  const { rows, wide, publishers, moves } = await readCoverage(visit, audienceOf(filter));
  const { all: onSite = 0, open = 0 } = wide.find((one) => one.theme === null) ?? {};
  const states = byState(publishers.map(({ publisher }) => publisher));
  const query = new URLSearchParams(filter).toString();
  const outsideMap = publishersOutsideMap(publishers).filter(
    ({ publisher: { stage } }) => filter.situation === undefined || coverageStateOf(stage) === filter.situation,
  );
  const shown = filteredRows(rows, filter);
  const isShort = showsRegionsOnly(filter);
  const names = new Map(publishers.map(({ publisher: { publisherId, name } }) => [publisherId, name]));
  return {
    title: "Couverture",
    breadcrumb: [{ title: "Producteurs", href: "/producteurs" }],
    menuPath: path,
    content: (
      <div class="moisson-across">
        <h1>Couverture</h1>
        <Figures
          figures={[
            ...coverageStates.map((state) => [`Producteurs ${pluralStateLabel(state, 2)}`, states[state]] as const),
            ["Aides en ligne", onSite],
            [filter.public === undefined ? "Dont ouvertes" : "Dont ouvertes à ce public", open],
          ]}
        />
        <ParagraphLink href="/couverture/a-appeler" label="Les dix à appeler" />
        <PublishersToVerify rows={publishers} />
        <FilterForm fields={coverageFilters} path={path} filter={filter} choices={coverageChoices()} />
        <div class="moisson-coverage">
          <section aria-label="Carte">
            <MapSwitch filter={filter} />
            <CoverageMap rows={rows} filter={filter} />
          </section>
          <MonthChanges visit={visit} aids={moves} onSite={onSite} names={names} />
          <section class="moisson-coverage__table" aria-labelledby="territoires">
            <h2 id="territoires">Par territoire</h2>
            <p class="moisson-mention">
              Les aides sont celles dont la clôture n’est pas passée, quel que soit leur producteur. La situation est celle de la
              collectivité qui en a la charge. Les producteurs sont tous ceux du territoire et de ce qu’il contient. Une aide qui vaut à
              plusieurs échelles compte à chacune ; les aides régionales d’un département sont celles de sa région.
            </p>
            {isShort && (
              <p class="moisson-no-print">
                {french`Ci-dessous, les régions et les collectivités d'outre-mer. `}
                <a href={`${path}?${new URLSearchParams({ ...filter, carte: "departements" })}#territoires`}>
                  Montrer aussi les départements
                </a>
              </p>
            )}
            <Collapsible summary={french`Voir le tableau : ${counted(shown.length, "territoire")}`} isOpen={shown.length <= maxRowsOpen}>
              <CoverageTable rows={shown} theme={theme} isShort={isShort} />
            </Collapsible>
            <ByBasin count={wide.find((one) => one.theme === theme)?.basins ?? 0} theme={theme} />
            <TableFileLinks what="le tableau" path={path} search={`?${query}`} />
          </section>
        </div>
        <div class="moisson-halves">
          <section class="fr-mb-4w" aria-labelledby="nationaux">
            <h2 id="nationaux">{`Ministères, agences et autres : ${counted(outsideMap.length, "producteur")}`}</h2>
            <p>{statesSentence(byState(outsideMap.map(({ publisher }) => publisher)))}</p>
            {outsideMap.length > 0 && (
              <Collapsible summary={french`Voir ${counted(outsideMap.length, "producteur")}`} isOpen={filter.situation !== undefined}>
                <OtherPublishers rows={outsideMap} />
              </Collapsible>
            )}
          </section>
          <section class="fr-mb-4w" aria-labelledby="thematiques">
            <h2 id="thematiques">Par thématique</h2>
            <p class="moisson-mention">
              D’abord les aides qui valent partout ; puis, par territoire, celles qui ne valent que là ou dans une partie, chacune une fois.
            </p>
            <Collapsible summary="Voir le tableau par thématique">
              <ThemeTable rows={shown} wide={wide} />
            </Collapsible>
          </section>
        </div>
        <div class="moisson-halves">
          <MonthPriorities visit={visit} />
          <MissedSearches visit={visit} />
        </div>
      </div>
    ),
  };
});

/** The number of aids of basins, which have no row in the table. */
function ByBasin({ count, theme }: { readonly count: number; readonly theme: string | null }) {
  if (count === 0) return null;
  const query = new URLSearchParams({ situation: "live", portee: "bassin", ...(theme !== null && { theme }) });
  return (
    <p>
      {french`${counted(count, "aide")} ${isPlural(count) ? "valent" : "vaut"} par bassin (agences de l'eau) : les bassins n'ont pas de ligne dans ce tableau. `}
      <a href={`/aides?${query}`}>Voir les aides par bassin</a>
    </p>
  );
}

/** Returns a sentence like `3 en ligne, 15 absents.` */
function statesSentence(states: Readonly<Record<CoverageState, number>>): string {
  const parts = coverageStates
    .filter((state) => states[state] > 0)
    .map((state) => `${formatNumber(states[state])} ${pluralStateLabel(state, states[state])}`);
  return parts.length === 0 ? "Il n’y en a pas dans cette situation." : `${parts.join(", ")}.`;
}

/** Switches between the maps of regions and departments. Keeps the other filters. */
function MapSwitch({ filter }: { readonly filter: Readonly<Record<string, string>> }) {
  const { carte, ...rest } = filter;
  const maps = [
    { title: "regions", value: undefined, query: rest },
    { title: "departements", value: "departements", query: { ...rest, carte: "departements" } },
  ] as const;
  const titles = { regions: "régions", departements: "départements" } as const;
  return (
    <ul class="moisson-tabs fr-mb-2w moisson-no-print">
      {maps.map(({ title, value, query }) => (
        <li>
          <a href={`${path}?${new URLSearchParams(query)}`} aria-current={carte === value ? "true" : undefined}>
            {capitalize(titles[title])}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The table of publishers outside the map, such as ministries, agencies and basins. */
function OtherPublishers({ rows }: { readonly rows: readonly PublisherRow[] }): Child {
  if (rows.length === 0) return <p>Il n’y en a pas dans cette situation.</p>;
  return (
    <Table
      caption={counted(rows.length, "producteur")}
      isCaptionHidden
      head={[
        { title: "Producteur", isRowTitle: true },
        "Nature",
        "Territoire",
        "Situation",
        "Étape",
        { title: "Aides en ligne", isNumber: true },
      ]}
      rows={rows.map(({ publisher, territory, liveAids, doubt }) => {
        const state = coverageStateOf(publisher.stage);
        return [
          <a href={`/producteurs/${publisher.publisherId}`}>{publisher.name}</a>,
          kindWord(publisher.kind),
          territory,
          <span class="moisson-unbroken">
            <StateMark state={state} /> {stateLabels[state]}
          </span>,
          <StageBadge stage={publisher.stage} doubt={doubt} />,
          formatNumber(liveAids),
        ];
      })}
    />
  );
}

/** Warns about publishers whose stage contradicts their published aids. */
function PublishersToVerify({ rows }: { readonly rows: readonly PublisherRow[] }): Child {
  const found = publisherDoubts
    .map((doubt) => ({ doubt, count: rows.filter((row) => row.doubt === doubt).length }))
    .filter(({ count }) => count > 0);
  if (found.length === 0) return null;
  return (
    <Alert kind="warning" title="À vérifier" level={2}>
      <List items={found.map(({ doubt, count }) => <a href={`/producteurs?verifier=${doubt}`}>{sentence(doubt, count)}</a>)} />
    </Alert>
  );
}

function sentence(doubt: PublisherDoubt, count: number): string {
  const who = counted(count, "producteur");
  if (doubt === "stopped") return french`${who} en refus ou en veille, dont des aides restent en ligne`;
  if (doubt === "withdrawn") return french`${who} dont l'accord est retiré, et dont des aides restent en ligne`;
  return french`${who} ${isPlural(count) ? "sont" : "est"} « en ligne », sans aide publiée`;
}

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
    { title: "Échelle", text: ({ territory }) => scaleNames[territory.scale] },
    { title: "Code", text: ({ territory }) => territory.code },
    { title: "Région", text: ({ region }) => region?.split(":")[1] ?? null },
    { title: "Producteur", text: ({ authority }) => authority?.name ?? null },
    { title: "Situation", text: ({ state }) => stateLabels[state] },
    { title: "Étape", text: authorityLabel },
    ...coverageStates.map((state) => number(`Producteurs ${pluralStateLabel(state, 2)}`, ({ publishers }) => publishers[state])),
    ...aidScales.map(([scale, name]) => number(`Aides ${name}${of(theme)}`, (row) => aidsOf(row, theme)[scale])),
    ...vocabularies.themes.map(({ slug, label }) => number(label, (row) => aidsOf(row, slug).own)),
  ];
}

function number(title: string, text: (row: CoverageRow) => number): ExcelColumn<CoverageRow> {
  return { title, text, isNumber: true };
}

function of(theme: string | null): string {
  return theme === null ? "" : ` (${labelOf("themes", theme)})`;
}

/** Routes of the coverage page and its files. */
export const coverageRoutes: readonly Route[] = [coveragePage, ...coverageFiles];
