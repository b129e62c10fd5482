import type { Child } from "hono/jsx";
import type { MissCount } from "../../../catalogue/search/search-miss-repository.ts";
import { counted, french, isPlural } from "../../../french/typography.ts";
import { refOf } from "../../../kit/rules/perimeters.ts";
import { findPerimeter } from "../../../model/territories/perimeters.ts";
import { labelOf } from "../../../model/vocabularies.ts";
import { lastMonths } from "../../../partners/figures/paris-months.ts";
import { Collapsible } from "../../parts/collapsible.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import type { Visit } from "../../visit.ts";
import { territoryInWords } from "../publishers/read-publisher-rows.ts";
import { addressOfPublishers } from "./coverage-rows.ts";

/** Rarer searches could identify a person. They are only counted. */
export const minSearches = 3;
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
export function Missed({ caption, missed }: { readonly caption: string; readonly missed: readonly MissCount[] }): Child {
  return (
    <Table
      caption={caption}
      isCaptionHidden
      head={["Mots", "Territoire", "Thématique", { title: "Recherches", isNumber: true }, "Qui appeler"]}
    >
      {missed.map(({ keyword, territory, category, count }) => (
        <tr>
          <th scope="row">{keyword === "" ? "sans mot" : keyword}</th>
          <td>{territory === "" ? "tous" : territoryInWords(territory)}</td>
          <td>{category === "" ? "toutes" : labelOf("categories", category)}</td>
          <td class="fr-cell--right">{formatNumber(count)}</td>
          <td>
            <WhomToCall territory={territory} />
          </td>
        </tr>
      ))}
    </Table>
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
