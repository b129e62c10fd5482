import type { Child } from "hono/jsx";
import { publisherStageLabel } from "../../../french/publishers.ts";
import { counted, french } from "../../../french/typography.ts";
import type { RankedCall } from "../../../partners/rank-calls.ts";
import type { ExcelColumn } from "../../../publish/exports/excel-of.ts";
import { onePage, TableFileLinks, tableFileRoutes } from "../../lists/table-files.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { pageRoute, type Route } from "../../route.ts";
import { StageBadge } from "../publishers/publisher-stage.tsx";
import { kindWord, territoryInWords } from "../publishers/read-publisher-rows.ts";
import { missedMonths, readCalls } from "./read-calls.ts";

const path = "/couverture/a-appeler";
const title = "Les dix à appeler";

/** The publishers to call first, with the reasons. One printed page. */
const callsPage = pageRoute(path, "read", async (visit) => {
  const calls = await readCalls(visit);
  return {
    title,
    breadcrumb: [
      { title: "Producteurs", href: "/producteurs" },
      { title: "Couverture", href: "/couverture" },
    ],
    menuPath: "/couverture",
    content: (
      <div class="moisson-across">
        <h1>{title}</h1>
        <p>
          Les producteurs dont les aides manquent le plus : aides attendues, recherches sans résultat sur leur territoire et nombre
          d’habitants, multipliés. Ceux dont nous recevons déjà les aides, qui sont en veille ou qui ont refusé n’y figurent pas.
        </p>
        {calls.length === 0 ? <p>Aucun producteur n’est à appeler.</p> : <CallTable calls={calls} />}
        <TableFileLinks what="la liste" path={path} />
      </div>
    ),
  };
});

function CallTable({ calls }: { readonly calls: readonly RankedCall[] }): Child {
  return (
    <Table
      caption={title}
      isCaptionHidden
      head={[{ title: "Rang", isNumber: true }, "Producteur", "Étape", "Pourquoi", { title: "Habitants", isNumber: true }]}
    >
      {calls.map((call, place) => (
        <tr>
          <td class="fr-cell--right">{place + 1}</td>
          <th scope="row">
            <a href={`/producteurs/${call.publisher.publisherId}`}>{call.publisher.name}</a>
          </th>
          <td>
            <StageBadge stage={call.publisher.stage} doubt={null} />
          </td>
          <td>{reasonsOf(call).join(" ")}</td>
          <td class="fr-cell--right">{formatNumber(call.population)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** Returns the reasons for a rank, as French sentences. */
function reasonsOf({ publisher, expectedAids, basedOn }: RankedCall): readonly string[] {
  const { aidsThroughOthers, missedSearches } = publisher;
  const expected = french`Environ ${counted(expectedAids, "aide attendue", "aides attendues")}`;
  return [
    basedOn === null
      ? french`${expected} pour un producteur de cette nature.`
      : french`${expected}, comme pour les ${basedOn} producteurs de même nature déjà en ligne.`,
    aidsThroughOthers === 0
      ? "Aucune n’est en ligne."
      : french`${counted(aidsThroughOthers, "aide ouverte est déjà en ligne", "aides ouvertes sont déjà en ligne")} par d'autres producteurs.`,
    ...(missedSearches === 0
      ? []
      : [french`${counted(missedSearches, "recherche")} sans résultat sur son territoire en ${missedMonths} mois.`]),
  ];
}

const columns: readonly ExcelColumn<RankedCall>[] = [
  { title: "Producteur", text: ({ publisher }) => publisher.name },
  { title: "Nature", text: ({ publisher }) => kindWord(publisher.kind) },
  { title: "Territoire", text: ({ publisher }) => territoryInWords(publisher.territory) },
  { title: "Étape", text: ({ publisher }) => publisherStageLabel(publisher.stage) },
  { title: "Aides attendues", text: ({ expectedAids }) => expectedAids, isNumber: true },
  { title: "Aides en ligne par d’autres", text: ({ publisher }) => publisher.aidsThroughOthers, isNumber: true },
  { title: "Recherches sans résultat", text: ({ publisher }) => publisher.missedSearches, isNumber: true },
  { title: "Habitants", text: ({ population }) => population, isNumber: true },
  { title: "Pourquoi", text: (call) => reasonsOf(call).join(" ") },
];

/** Routes of the page and its files. */
export const callsRoutes: readonly Route[] = [
  callsPage,
  ...tableFileRoutes(path, "read", async (visit) => ({ fileName: "a-appeler", title, columns, pages: onePage(await readCalls(visit)) })),
];
