import { capital, counted } from "../../../texts/fr-typography.ts";
import { FilterForm } from "../../lists/filter-form.tsx";
import { shownNumber } from "../../parts/table.tsx";
import type { PageRoute } from "../../route.ts";
import { coverageChoices, coverageFilters, filteredRows, readCoverageFilter } from "./coverage-filter.ts";
import { CoverageMap } from "./coverage-map.tsx";
import { byState, publishersBeside } from "./coverage-rows.ts";
import { coverageStateOf, coverageStates } from "./coverage-state.ts";
import { CoverageTable } from "./coverage-table.tsx";
import { MissedSearches } from "./missed-searches.tsx";
import { MonthChanges } from "./month-changes.tsx";
import { PublishersBeside } from "./publishers-beside.tsx";
import { readCoverage } from "./read-coverage.ts";
import { stateWord } from "./state-words.ts";
import { ThemeTable } from "./theme-table.tsx";

const path = "/couverture";

/** Who is online, in talks, absent: map and table, what changed this month, what is looked for and not found. */
export const coveragePage: PageRoute = {
  method: "get",
  path,
  who: "read",
  async answer(visit) {
    const filter = readCoverageFilter(visit.query);
    const theme = filter.theme ?? null;
    const { rows, wide, publishers, moves } = await readCoverage(visit);
    const onSite = wide.find((one) => one.theme === null)?.all ?? 0;
    const states = byState(publishers.map(({ publisher }) => publisher));
    const query = new URLSearchParams(filter).toString();
    const beside = publishersBeside(publishers).filter(
      ({ publisher: { stage } }) => filter.situation === undefined || coverageStateOf(stage) === filter.situation,
    );
    const names = new Map(publishers.map(({ publisher: { publisherId, name } }) => [publisherId, name]));
    return {
      title: "Couverture",
      trail: [{ title: "Producteurs", href: "/producteurs" }],
      under: path,
      content: (
        <div class="moisson-across">
          <h1>Couverture</h1>
          <dl class="moisson-figures">
            {coverageStates.map((state) => (
              <div>
                <dt>{`Producteurs ${state === "absent" ? "absents" : stateWord(state)}`}</dt>
                <dd>{shownNumber(states[state])}</dd>
              </div>
            ))}
            <div>
              <dt>Aides en ligne</dt>
              <dd>{shownNumber(onSite)}</dd>
            </div>
          </dl>
          <FilterForm fields={coverageFilters} path={path} filter={filter} choices={coverageChoices()} />
          <div class="moisson-coverage">
            <section aria-label="Carte">
              <MapSwitch filter={filter} />
              <CoverageMap rows={rows} scale={filter.carte === undefined ? "region" : "department"} theme={theme} />
            </section>
            <MonthChanges visit={visit} aids={moves} onSite={onSite} names={names} />
            <section class="moisson-coverage__table" aria-labelledby="territoires">
              <h2 id="territoires">Par territoire</h2>
              <p class="moisson-mention">
                La situation est celle de la collectivité qui en a la charge. Les producteurs sont tous ceux du territoire et de ce qu’il
                contient. Une aide qui vaut à plusieurs échelles compte à chacune ; les aides régionales d’un département sont celles de sa
                région.
              </p>
              <CoverageTable rows={filteredRows(rows, filter)} theme={theme} />
              <ul class="fr-links-group fr-links-group--inline moisson-no-print">
                <li>
                  <a class="fr-link fr-link--download" href={`${path}.csv?${query}`}>
                    Télécharger le tableau en CSV
                  </a>
                </li>
                <li>
                  <a class="fr-link fr-link--download" href={`${path}.xlsx?${query}`}>
                    Télécharger le tableau pour Excel
                  </a>
                </li>
              </ul>
            </section>
          </div>
          <section class="fr-mb-4w" aria-labelledby="nationaux">
            <h2 id="nationaux">{`Ministères, agences et autres : ${counted(beside.length, "producteur")}`}</h2>
            <PublishersBeside rows={beside} />
          </section>
          <section class="fr-mb-4w" aria-labelledby="thematiques">
            <h2 id="thematiques">Par thématique</h2>
            <p class="moisson-mention">
              D’abord les aides qui valent partout ; puis, par territoire, celles qui ne valent que là ou dans une partie, chacune une fois.
            </p>
            <ThemeTable rows={filteredRows(rows, filter)} wide={wide} />
          </section>
          <MissedSearches visit={visit} />
        </div>
      ),
    };
  },
};

/** Between the map of regions and that of departments; the rest of the address stays. */
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
            {capital(titles[title])}
          </a>
        </li>
      ))}
    </ul>
  );
}
