import type { Child } from "hono/jsx";
import type { ErrorReport } from "../../../catalogue/reports/error-report-repository.ts";
import type { MissCount } from "../../../catalogue/search/search-miss-repository.ts";
import { counted, french, isPlural } from "../../../french/typography.ts";
import { refOf } from "../../../kit/rules/perimeters.ts";
import { findPerimeter } from "../../../model/territories/perimeters.ts";
import { labelOf } from "../../../model/vocabularies.ts";
import { lastMonths } from "../../../partners/figures/paris-months.ts";
import { AidText } from "../../parts/aid-text.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import type { Visit } from "../../visit.ts";
import { territoryInWords } from "../publishers/read-publisher-rows.ts";
import { reportsPath } from "../reports/reports-page.tsx";
import { addressOfPublishers } from "./coverage-rows.ts";

/** Rarer searches could identify a person. They are only counted. */
const minSearches = 3;
const maxSearches = 50;
/** Number of searches shown before « Voir … autres ». */
const shownFirst = 10;
const months = 12;

/** API searches without results in the last months. They show which publishers to contact next. */
export async function MissedSearches({ visit }: { readonly visit: Visit }): Promise<Child> {
  const [firstMonth = ""] = lastMonths(visit.now, months);
  const { shown, rest } = await visit.catalogue.searchMisses.summary(`${firstMonth}-01`, { minCount: minSearches, limit: maxSearches });
  return (
    <section class="fr-mb-4w" aria-labelledby="cherche">
      <h2 id="cherche">Ce que l’on cherche et ne trouve pas</h2>
      <p>{french`Recherches sans résultat des ${months} derniers mois dans l'API, faites ${minSearches} fois au moins. Rien n'est retenu de qui cherche.`}</p>
      {shown.length === 0 ? (
        <p>Il n’y en a pas.</p>
      ) : (
        <Missed caption="Recherches les plus fréquentes" missed={shown.slice(0, shownFirst)} />
      )}
      {shown.length > shownFirst && (
        <Collapsible summary={french`Voir ${counted(shown.length - shownFirst, "autre recherche", "autres recherches")}`}>
          <Missed caption="Recherches suivantes" missed={shown.slice(shownFirst)} />
        </Collapsible>
      )}
      {rest.searches > 0 && (
        <p class="moisson-mention">
          {french`${counted(rest.searches, "autre recherche", "autres recherches")}, plus ${isPlural(rest.searches) ? "rares" : "rare"}, ${isPlural(rest.searches) ? "ont" : "a"} été ${isPlural(rest.searches) ? "faites" : "faite"} ${rest.count} fois en tout.`}
        </p>
      )}
    </section>
  );
}

/** The searches as a table, with a link to the publishers of each territory. */
function Missed({ caption, missed }: { readonly caption: string; readonly missed: readonly MissCount[] }): Child {
  return (
    <Table
      caption={caption}
      isCaptionHidden
      head={[{ title: "Mots", isRowTitle: true }, "Territoire", "Thématique", { title: "Recherches", isNumber: true }, "Qui appeler"]}
      rows={missed.map(({ keyword, territory, category, count }) => [
        keyword === "" ? "sans mot" : keyword,
        territory === "" ? "tous" : territoryInWords(territory),
        category === "" ? "toutes" : labelOf("categories", category),
        formatNumber(count),
        <WhomToCall territory={territory} />,
      ])}
    />
  );
}

function WhomToCall({ territory }: { readonly territory: string }): Child {
  const ref = territory === "" ? undefined : refOf(territory);
  const found = ref === undefined ? undefined : findPerimeter(ref)?.perimeter;
  if (found === undefined) return null;
  return (
    <a href={addressOfPublishers(territory)} title={`Voir les producteurs : ${found.name}`}>
      Voir les producteurs
    </a>
  );
}

const maxShown = 10;

/** The most frequent searches, readings and reports of the month, ranked. Rare searches and readings are left out. */
export async function MonthPriorities({ visit }: { readonly visit: Visit }): Promise<Child> {
  const { searchMisses, aidReads, errorReports } = visit.catalogue;
  const [month = ""] = lastMonths(visit.now, 1);
  const { shown: missed } = await searchMisses.summary(`${month}-01`, { minCount: minSearches, limit: maxShown });
  const read = await aidReads.list(`${month}-01`, minSearches, maxShown);
  const reported = await errorReports.list("new", maxShown);
  return (
    <section class="fr-mb-4w" aria-labelledby="priorites">
      <h2 id="priorites">Priorités du mois</h2>
      <p>{french`Ce qui est le plus signalé, lu et cherché sans résultat, au moins ${minSearches} fois pour les lectures et les recherches. Rien n'est retenu de qui lit ou cherche.`}</p>
      {reported.length > 0 && (
        <>
          <h3 class="fr-h6">
            <a href={reportsPath}>Erreurs signalées, à lire</a>
          </h3>
          <Ranked caption="Erreurs signalées" unit="Signalements" rows={reported} />
        </>
      )}
      {read.length > 0 && (
        <>
          <h3 class="fr-h6">Aides les plus lues</h3>
          <Ranked caption="Aides les plus lues" unit="Lectures" rows={read} />
        </>
      )}
      {missed.length > 0 && (
        <>
          <h3 class="fr-h6">Recherches sans résultat ce mois-ci</h3>
          <Missed caption="Recherches sans résultat ce mois-ci" missed={missed} />
        </>
      )}
      {reported.length + read.length + missed.length === 0 && <p>Rien encore ce mois-ci.</p>}
    </section>
  );
}

function Ranked(given: {
  readonly caption: string;
  readonly unit: string;
  readonly rows: readonly Pick<ErrorReport, "aidId" | "aidName" | "language" | "count">[];
}): Child {
  return (
    <Table
      caption={given.caption}
      isCaptionHidden
      head={[
        { title: "Aide", isRowTitle: true },
        { title: given.unit, isNumber: true },
      ]}
      rows={given.rows.map(({ aidId, aidName, language, count }) => [
        <a href={`/aides/${aidId}`}>
          <AidText text={aidName} language={language} />
        </a>,
        formatNumber(count),
      ])}
    />
  );
}
