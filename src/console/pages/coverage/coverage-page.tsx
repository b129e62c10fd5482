import { capitalize, counted, french, isPlural } from "../../../french/typography.ts";
import { FilterForm } from "../../lists/filter-form.tsx";
import { TableFileLinks } from "../../lists/table-files.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { formatNumber } from "../../parts/table.tsx";
import { pageRoute } from "../../route.ts";
import { audienceOf, coverageChoices, coverageFilters, filteredRows, readCoverageFilter, showsRegionsOnly } from "./coverage-filter.ts";
import { CoverageMap } from "./coverage-map.tsx";
import { OtherPublishers, PublishersToVerify } from "./coverage-publishers.tsx";
import { byState, publishersOutsideMap } from "./coverage-rows.ts";
import { type CoverageState, coverageStateOf, coverageStates, pluralStateLabel } from "./coverage-states.tsx";
import { CoverageTable, ThemeTable } from "./coverage-table.tsx";
import { MissedSearches } from "./missed-searches.tsx";
import { MonthChanges } from "./month-changes.tsx";
import { MonthPriorities } from "./month-priorities.tsx";
import { readCoverage } from "./read-coverage.ts";

const path = "/couverture";

/** A longer table is folded below the map, which has the same content. */
const maxRowsOpen = 15;

/** The coverage: map and table of territories, changes of the month, searches without results. */
export const coveragePage = pageRoute(path, "read", async (visit) => {
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
        <dl class="moisson-figures">
          {coverageStates.map((state) => (
            <div>
              <dt>{`Producteurs ${pluralStateLabel(state, 2)}`}</dt>
              <dd>{formatNumber(states[state])}</dd>
            </div>
          ))}
          <div>
            <dt>Aides en ligne</dt>
            <dd>{formatNumber(onSite)}</dd>
          </div>
          <div>
            <dt>{filter.public === undefined ? "Dont ouvertes" : "Dont ouvertes à ce public"}</dt>
            <dd>{formatNumber(open)}</dd>
          </div>
        </dl>
        <p>
          <a class="fr-link" href="/couverture/a-appeler">
            Les dix à appeler
          </a>
        </p>
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
