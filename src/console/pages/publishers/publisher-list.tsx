import { publisherKindLabels, publisherStageLabels } from "../../../french/publishers.ts";
import { counted, french } from "../../../french/typography.ts";
import { refOf } from "../../../kit/rules/perimeters.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import { publisherKinds } from "../../../model/publisher/publisher-kinds.ts";
import { publisherStages } from "../../../model/publisher/publisher-stage.ts";
import type { Perimeter } from "../../../model/territories/perimeter.ts";
import { isWithin } from "../../../model/territories/perimeters.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import type { Filter, List } from "../../lists/list.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { ButtonLink, Link } from "../../parts/link.tsx";
import { requestedTerritories, territoryLabel } from "../../parts/territory-field.ts";
import { TerritoryNotice } from "../../parts/territory-notice.tsx";
import { formatDay } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";
import { NextActionCell } from "./next-action.tsx";
import { peopleInCharge, TakeChargeForm, TakeChargeInRow } from "./person-in-charge.tsx";
import { seesPeople } from "./publisher-at.ts";
import { doubtWords, StageBadge } from "./publisher-stage.tsx";
import { kindWord, type PublisherRow, readPublisherRows } from "./read-publisher-rows.ts";

type PageLink = readonly [title: string, href: string];

const pagesForAll: readonly PageLink[] = [
  ["Couverture", "/couverture"],
  ["Chiffres du mois", "/chiffres"],
  ["De la réception à la publication", "/publication"],
  ["Base de réutilisation", "/reutilisation"],
];

const pagesForTeam: readonly PageLink[] = [
  ["Courriers", "/courriers"],
  ["Les miens", "/producteurs?responsable=moi"],
  ["Radar", "/radar"],
  ["Suivi par tableur", "/producteurs/suivi"],
  ["Mes prochaines actions (agenda)", "/producteurs/actions.ics"],
];

const list: List<PublisherRow> = {
  path: "/producteurs",
  who: "read",
  title: "Producteurs",
  fileName: "producteurs",
  caption: (count) => counted(count, "producteur"),
  empty: (isFiltered) => (isFiltered ? "Aucun producteur ne répond à ce filtre." : "Il n’y a pas encore de producteur."),
  filters: [
    { name: "texte", label: "Nom, SIREN ou site", kind: "text" },
    {
      name: "etape",
      label: "Étape",
      kind: "choice",
      anyLabel: "Toutes",
      choices: () => publisherStages.map((value) => ({ value, label: publisherStageLabels[value] })),
    },
    {
      name: "nature",
      label: "Nature",
      kind: "choice",
      anyLabel: "Toutes",
      choices: () => publisherKinds.map((value) => ({ value, label: publisherKindLabels[value] })),
    },
    {
      name: "territoire",
      label: "Territoire",
      hint: french`Et ceux qu’il contient : « Bretagne », « 26 ».`,
      kind: "text",
      format: territoryLabel,
    },
    {
      name: "responsable",
      label: "Suivi par",
      kind: "choice",
      anyLabel: "Tout le monde",
      isAdvanced: true,
      choices: async (visit) =>
        seesPeople(visit) ? [{ value: "moi", label: "moi" }, { value: "none", label: "personne" }, ...(await peopleInCharge(visit))] : [],
    },
    {
      name: "action",
      label: "Prochaine action",
      kind: "choice",
      anyLabel: "Toutes",
      isAdvanced: true,
      choices: () => [
        { value: "due", label: "pour aujourd’hui ou en retard" },
        { value: "week", label: "dans les 7 jours, ou en retard" },
        { value: "none", label: "aucune" },
      ],
    },
    {
      name: "verifier",
      label: "À vérifier",
      kind: "choice",
      anyLabel: "Peu importe",
      isAdvanced: true,
      choices: () => [
        { value: "stopped", label: "refus ou en veille, et des aides restent en ligne" },
        { value: "withdrawn", label: "accord retiré, et des aides restent en ligne" },
        { value: "empty", label: french`« en ligne », sans aide publiée` },
      ],
    },
    {
      name: "connecteur",
      label: "Connecteur",
      kind: "choice",
      anyLabel: "Avec ou sans",
      isAdvanced: true,
      choices: () => [
        { value: "without", label: "sans connecteur" },
        { value: "with", label: "avec un connecteur" },
      ],
    },
  ],
  columns: [
    {
      title: "Producteur",
      text: ({ publisher }) => publisher.name,
      cell: ({ publisher: { publisherId, name, kind } }) => (
        <>
          <a href={`/producteurs/${publisherId}`}>{name}</a>
          <div class="moisson-mention">{kindWord(kind)}</div>
        </>
      ),
    },
    { title: "SIREN", text: ({ publisher }) => publisher.siren, isExportOnly: true },
    { title: "Nature", text: ({ publisher }) => kindWord(publisher.kind), isExportOnly: true },
    { title: "Territoire", text: ({ territory }) => territory },
    { title: "Site", text: ({ publisher }) => publisher.website, isExportOnly: true },
    {
      title: "Étape",
      text: ({ publisher }) => publisherStageLabels[publisher.stage],
      cell: ({ publisher, doubt }) => <StageBadge stage={publisher.stage} doubt={doubt} />,
    },
    { title: "À vérifier", text: ({ doubt }) => doubt && doubtWords[doubt], isExportOnly: true },
    {
      title: "Suivi par",
      text: ({ inCharge }) => inCharge,
      cell: ({ publisher, inCharge }, visit) =>
        publisher.personInCharge === null && seesPeople(visit) ? <TakeChargeInRow publisher={publisher} /> : inCharge,
    },
    {
      title: "Prochaine action",
      text: ({ publisher }) => publisher.nextActionOn,
      cell: (row, visit) => <NextActionCell row={row} showsText={seesPeople(visit)} />,
    },
    { title: "Connecteurs", text: ({ connectors }) => connectors, isNumber: true },
    { title: "Aides en ligne", text: ({ liveAids }) => liveAids, isNumber: true },
    {
      title: "Dernier échange",
      text: ({ lastExchangeAt }) => (lastExchangeAt === null ? null : parisDay(lastExchangeAt)),
      cell: ({ lastExchangeAt }) => (lastExchangeAt === null ? "" : formatDay(lastExchangeAt)),
    },
  ],
  above: (visit, { territoire }) => (
    <>
      {seesPeople(visit) && (
        <p class="moisson-no-print">
          <ButtonLink href="/producteurs/nouveau" label="Ajouter un producteur" />
        </p>
      )}
      <ul class="moisson-links fr-mb-3w moisson-no-print">
        {[...pagesForAll, ...(seesPeople(visit) ? pagesForTeam : [])].map(([title, href]) => (
          <li>
            <Link href={href} label={title} />
          </li>
        ))}
      </ul>
      {seesPeople(visit) && <TakeChargeForm visit={visit} />}
      {territoire !== undefined && <TerritoryNotice asked={territoire} name="territoire" visit={visit} />}
    </>
  ),
  rows: async (visit, filter, { limit, offset }) => (await filteredPublishers(visit, filter)).slice(offset, offset + limit),
  count: async (visit, filter) => (await filteredPublishers(visit, filter)).length,
};

/** The list of publishers: a page, a CSV and an Excel file, without contacts and notes. */
export const publisherList = listRoutes(list);

const weekInMs = 7 * 86_400_000;

/** Returns the publishers that match a filter, sorted by name. */
async function filteredPublishers(visit: Visit, filter: Filter): Promise<readonly PublisherRow[]> {
  const { etape, nature, responsable, connecteur, verifier } = filter;
  const inCharge = responsable === "moi" ? visit.visitor?.personId : responsable;
  const words = foldTerm(filter.texte ?? "").split(" ");
  const territories = filter.territoire === undefined ? null : requestedTerritories(filter.territoire);
  return (await readPublisherRows(visit)).filter(
    (row) =>
      hasWords(row, words) &&
      (etape === undefined || row.publisher.stage === etape) &&
      (nature === undefined || row.publisher.kind === nature) &&
      (territories === null || isIn(row, territories)) &&
      (inCharge === undefined || (row.publisher.personInCharge ?? "none") === inCharge) &&
      (filter.action === undefined || hasAction(row, filter.action, visit.now)) &&
      (verifier === undefined || row.doubt === verifier) &&
      (connecteur === undefined || row.connectors > 0 === (connecteur === "with")),
  );
}

function hasWords({ publisher: { name, siren, website } }: PublisherRow, words: readonly string[]): boolean {
  const text = foldTerm(`${name} ${siren ?? ""} ${website ?? ""}`);
  return words.every((word) => text.includes(word));
}

function isIn({ publisher: { territory } }: PublisherRow, territories: readonly Perimeter[]): boolean {
  const ref = territory === null ? undefined : refOf(territory);
  return ref !== undefined && territories.some((outer) => isWithin(ref, outer));
}

function hasAction({ publisher: { nextAction, nextActionOn } }: PublisherRow, choice: string, now: Date): boolean {
  if (choice === "none") return nextAction === null && nextActionOn === null;
  const until = parisDay(choice === "week" ? new Date(now.getTime() + weekInMs) : now);
  return nextActionOn !== null && nextActionOn <= until;
}
