import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { publisherStageLabels } from "../../../french/publishers.ts";
import { counted, french } from "../../../french/typography.ts";
import { refOf } from "../../../kit/rules/perimeters.ts";
import { isWithin } from "../../../model/territories/perimeters.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { lastMonths } from "../../../partners/figures/paris-months.ts";
import { organisationKey } from "../../../partners/organisation-key.ts";
import { type RankedCall, rankCalls } from "../../../partners/rank-calls.ts";
import type { ExcelColumn } from "../../../publish/exports/excel-of.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import { onePage, TableFileLinks, tableFileRoutes } from "../../lists/table-files.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { pageRoute, type Route } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { StageBadge } from "./publisher-stage.tsx";
import { kindWord, readPublisherRows, territoryInWords } from "./read-publisher-rows.ts";

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
      head={[
        { title: "Rang", isNumber: true },
        { title: "Producteur", isRowTitle: true },
        "Étape",
        "Pourquoi",
        { title: "Habitants", isNumber: true },
      ]}
      rows={calls.map((call, place) => [
        place + 1,
        <a href={`/producteurs/${call.publisher.publisherId}`}>{call.publisher.name}</a>,
        <StageBadge stage={call.publisher.stage} doubt={null} />,
        reasonsOf(call).join(" "),
        formatNumber(call.population),
      ])}
    />
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
  { title: "Étape", text: ({ publisher }) => publisherStageLabels[publisher.stage] },
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

const maxCalls = 10;
const missedMonths = 12;

const countedOrganisations = cachedUntilChange(({ coverage }, now) => coverage.byOrganisation(parisDay(now)));

/** Why to contact a publisher. */
interface ReasonsToCall {
  /** Open aids that name it, from connectors of others. */
  readonly aidsThroughOthers: number;
  /** Searches without a result, for its territory or a part of it. */
  readonly missedSearches: number;
}

/** Returns the publishers to call first. */
async function readCalls(visit: Visit): Promise<readonly RankedCall[]> {
  const [rows, reasonsOf] = await Promise.all([readPublisherRows(visit), readReasons(visit)]);
  return rankCalls(
    rows.map(({ publisher, connectors, liveAids }) => {
      const { publisherId, name, kind, territory, stage } = publisher;
      // Only publishers without a connector are ranked, so all aids that name them come from others.
      return { publisherId, name, kind, territory, stage, connectors, liveAids, ...reasonsOf(publisher) };
    }),
    maxCalls,
  );
}

/** Returns why to contact a publisher without a connector. */
export async function readReasonsToCall(visit: Visit, publisher: Pick<StoredPublisher, "name" | "territory">): Promise<ReasonsToCall> {
  return (await readReasons(visit))(publisher);
}

async function readReasons({ catalogue, now }: Visit): Promise<(publisher: Pick<StoredPublisher, "name" | "territory">) => ReasonsToCall> {
  await catalogue.search.catchUp();
  const [firstMonth = ""] = lastMonths(now, missedMonths);
  const [organisations, misses] = await Promise.all([
    countedOrganisations(catalogue, now),
    catalogue.searchMisses.byTerritory(`${firstMonth}-01`),
  ]);
  const aidsByKey = new Map<string, number>();
  for (const { organisation, aids } of organisations) {
    const key = organisationKey(organisation);
    aidsByKey.set(key, (aidsByKey.get(key) ?? 0) + aids);
  }
  return ({ name, territory }) => ({
    aidsThroughOthers: aidsByKey.get(organisationKey(name)) ?? 0,
    missedSearches: misses.reduce((sum, miss) => sum + (isPartOf(miss.territory, territory) ? miss.count : 0), 0),
  });
}

/** Returns true if a searched territory is a publisher's territory or a part of it. All of France is nobody's in particular. */
function isPartOf(searched: string, territory: string | null): boolean {
  const inner = refOf(searched);
  const outer = territory === null ? undefined : refOf(territory);
  return inner !== undefined && outer !== undefined && outer.scale !== "country" && isWithin(inner, outer);
}
