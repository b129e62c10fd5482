import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { lastMonths } from "../../../partners/figures/paris-months.ts";
import { AidText } from "../../parts/aid-text.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import type { Visit } from "../../visit.ts";
import { reportsPath } from "../reports/reports-page.tsx";
import { Missed, minSearches } from "./missed-searches.tsx";

/** Maximum number of rows of a list. */
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

function Ranked({
  caption,
  unit,
  rows,
}: {
  readonly caption: string;
  readonly unit: string;
  readonly rows: readonly {
    readonly aidId: string;
    readonly aidName: string;
    readonly language: string | null;
    readonly count: number;
  }[];
}): Child {
  return (
    <Table caption={caption} isCaptionHidden head={["Aide", { title: unit, isNumber: true }]}>
      {rows.map(({ aidId, aidName, language, count }) => (
        <tr>
          <th scope="row">
            <a href={`/aides/${aidId}`}>
              <AidText text={aidName} language={language} />
            </a>
          </th>
          <td class="fr-cell--right">{formatNumber(count)}</td>
        </tr>
      ))}
    </Table>
  );
}
