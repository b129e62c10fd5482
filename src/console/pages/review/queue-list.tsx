import type { Child } from "hono/jsx";
import type { QueuedAid, ReviewQueue } from "../../../catalogue/aids/review-queue-repository.ts";
import { fieldName } from "../../../french/fields.ts";
import { counted, french } from "../../../french/typography.ts";
import { missingAt } from "../../../model/aid/publishable.ts";
import { connectorColumn, connectorFilter } from "../../lists/connector-column.tsx";
import type { Filter, FilterField } from "../../lists/list.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { AidTitle } from "../../parts/aid-text.tsx";
import { Alert } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { ButtonLink, Link } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { formatNumber } from "../../parts/table.tsx";
import { TerritoryNotice } from "../../parts/territory-notice.tsx";
import { formatDay } from "../../parts/time.ts";
import type { PageRoute } from "../../route.ts";
import { mayCurate, type Visit } from "../../visit.ts";
import { themeChoices } from "../catalogue/aid-filters.ts";
import { doubtsPath } from "../doubts/doubts-page.tsx";
import { FirstQuestions } from "../questions/questions-page.tsx";
import { reportsPath } from "../reports/reports-page.tsx";
import { BulkForm } from "./bulk-acts.tsx";
import { UndoLast } from "./decision-bar.tsx";
import { type FilteredQueue, queuePath, queueQuery, queues, readQueue, readyState, reviewFilterOf, reviewPath } from "./queue-address.ts";
import { Tick } from "./queue-form.tsx";

/** `others`: names of the people who also have the aid open. */
type Row = QueuedAid & { readonly others: string | null };

const explained: Readonly<Record<ReviewQueue, string>> = {
  review: french`Nouvelles aides de tous les connecteurs, la clôture la plus proche d'abord. Rien n'est en ligne avant qu'une personne ne publie, sauf dans les sources dont elle a confié la publication aux collectes.`,
  proposals: french`Des producteurs ont changé des champs qui attendent votre réponse : la nouvelle valeur, ou celle qui est affichée. La clôture la plus proche d'abord.`,
  expired: french`Leur date de clôture est passée pendant qu'elles attendaient. La dernière échue d'abord : elle a peut-être été prolongée.`,
  duplicates: french`Nouvelles aides qui portent le titre d'une aide d'un autre connecteur. La page de chacune montre celles qui lui ressemblent.`,
};

const empty: Readonly<Record<ReviewQueue, string>> = {
  review: french`Tout est relu : aucune nouvelle aide n'attend.`,
  proposals: french`Aucune proposition n'attend.`,
  expired: french`Aucune aide n'a expiré en attendant.`,
  duplicates: french`Aucune aide à relire ne porte le titre d'une autre.`,
};

/** Filters of all queues. */
export const queueFilters: readonly FilterField[] = [
  connectorFilter,
  { name: "territoire", label: "Territoire", hint: french`« Drôme », « 26 », « Valence »…`, kind: "text" },
  { name: "theme", label: "Thématique", kind: "choice", anyLabel: "Toutes", choices: themeChoices },
  { name: "depuis", label: "Clôture à partir du", kind: "date" },
  { name: "jusque", label: "Clôture jusqu’au", kind: "date" },
];

const stateFilter: FilterField = {
  ...({ name: "etat", label: "À faire", kind: "choice", anyLabel: "Peu importe" } as const),
  choices: () => [{ value: readyState, label: "prêtes à publier" }],
};

function routesOf({ queue, path, title }: (typeof queues)[number]): readonly PageRoute[] {
  return listRoutes<Row>({
    path,
    who: "read",
    title: "Relecture",
    windowTitle: french`Relecture : ${title.toLocaleLowerCase("fr")}`,
    fileName: path.slice(1).replace("/", "-"),
    caption: (count) => french`${title} : ${counted(count, "aide")}`,
    empty: (isFiltered) => (isFiltered ? french`Rien de tel n'attend : élargissez le filtre.` : empty[queue]),
    above: (visit, filter) => <QueueAbove queue={queue} visit={visit} filter={filter} />,
    filters: [...queueFilters, stateFilter],
    columns: [
      { title: "Aide", text: ({ title: name }) => name, cell: (row, visit) => <TitleCell row={row} queue={queue} visit={visit} /> },
      { title: "À faire", text: workOf, cell: (row) => <WorkCell row={row} /> },
      {
        title: "Clôture",
        text: ({ deadline }) => deadline,
        cell: ({ deadline }) => (deadline === null ? "sans date" : formatDay(deadline)),
      },
      {
        title: "Organismes",
        text: ({ organisations }) => organisations.join(" ; "),
        cell: ({ organisations }) => (organisations.length > 2 ? `${organisations.slice(0, 2).join(", ")}…` : organisations.join(", ")),
      },
      connectorColumn,
      { title: "Identifiant chez le producteur", text: ({ externalId }) => externalId, isExportOnly: true },
      { title: "Identifiant permanent", text: ({ aidId }) => aidId, isExportOnly: true },
      { title: "Arrivée le", text: ({ createdAt }) => createdAt.toISOString(), cell: ({ createdAt }) => formatDay(createdAt) },
    ],
    rows: async ({ catalogue, visitor, now }, filter, place) => {
      const found = await catalogue.reviewQueue.list(reviewFilterOf({ queue, filter }, now), place);
      const busy = await catalogue.aidVisits.busy(
        found.map(({ aidId }) => aidId),
        visitor?.personId ?? null,
        now,
      );
      return found.map((row) => ({ ...row, others: busy.get(row.aidId) ?? null }));
    },
    count: ({ catalogue, now }, filter) => catalogue.reviewQueue.count(reviewFilterOf({ queue, filter }, now)),
    wrapTable: (table, visit, filter, rows) => <BulkForm table={table} visit={visit} requested={{ queue, filter }} rows={rows.length} />,
  });
}

function TitleCell({ row, queue, visit }: { readonly row: Row; readonly queue: ReviewQueue; readonly visit: Visit }): Child {
  const { aidId, revision, connector, others } = row;
  const title = <AidTitle visit={visit} connector={connector} title={row.title} />;
  const requested = { queue, filter: readQueue(visit.query).filter };
  return (
    <div class="moisson-tick">
      {mayCurate(visit) && <Tick id={`choix-${aidId}`} name="aide" value={`${aidId}.${revision}`} title={title} />}
      <div>
        <a href={reviewPath(aidId, requested)}>{title}</a>
        {others !== null && <p class="fr-badge fr-badge--sm fr-badge--info fr-badge--no-icon fr-mb-0">{`${others} y est`}</p>}
      </div>
    </div>
  );
}

function WorkCell({ row }: { readonly row: Row }): Child {
  const isReady = row.standing === "review" && missingAt("publishable", row.missing).length === 0 && row.proposed.length === 0;
  return <div class="moisson-work">{isReady ? <Badge tone="success" label={workOf(row)} /> : workOf(row)}</div>;
}

/** Returns the remaining work on an aid, in a few words. */
function workOf({ standing, missing, proposed }: QueuedAid): string {
  const names = (fields: QueuedAid["missing"]) => fields.slice(0, 4).map(fieldName).join(", ") + (fields.length > 4 ? "…" : "");
  const blocking = missingAt("publishable", missing);
  const parts = [
    ...(standing === "review" && missing.length === 0 ? ["prête à publier, entièrement décrite"] : []),
    ...(standing === "review" && missing.length > 0 && blocking.length === 0 ? [french`prête à publier ; sans ${names(missing)}`] : []),
    ...(standing === "review" && blocking.length > 0 ? [french`${counted(blocking.length, "champ")} à remplir : ${names(blocking)}`] : []),
    ...(proposed.length > 0 ? [french`${counted(proposed.length, "proposition")} : ${names(proposed)}`] : []),
  ];
  return parts.join(french` ; `);
}

/** Renders the last act, the queues with their counts, and the way into the review, above the list of a queue. */
export async function QueueAbove(given: {
  readonly queue: ReviewQueue;
  readonly visit: Visit;
  readonly filter: Filter;
  readonly summary?: Child;
}): Promise<Child> {
  const { queue, visit, filter, summary } = given;
  const requested = { queue, filter };
  const { catalogue, now } = visit;
  const isThere = (await catalogue.reviewQueue.count(reviewFilterOf(requested, now))) > 0;
  return (
    <>
      <UndoLast visit={visit} />
      {visit.query.has("fin") && (
        <Alert
          kind="info"
          text={french`Vous êtes au bout de la file. Ce qui reste ici a été passé, est arrivé depuis, ou est entre les mains d'une autre personne.`}
        />
      )}
      {await QueueTabs({ requested, visit })}
      <p>{explained[queue]}</p>
      {summary}
      {queue === "review" && (
        <List
          class="moisson-links fr-mb-2w"
          items={[
            <Link href={doubtsPath} label="Noms à vérifier dans les aides en ligne" />,
            <Link href={reportsPath} label="Erreurs signalées par des lecteurs" />,
          ]}
        />
      )}
      {queue === "review" && mayCurate(visit) && (await FirstQuestions({ visit, connector: filter.connecteur ?? null }))}
      {filter.territoire !== undefined && <TerritoryNotice asked={filter.territoire} name="territoire" visit={visit} />}
      {isThere && (
        <p>
          <ButtonLink href={`/relecture/suivante?${queueQuery(requested)}`} label="Commencer la relecture" />
        </p>
      )}
      {queue === "expired" && isThere && mayCurate(visit) && (
        <div>
          <ActButton
            action="/relecture/echues/rejeter"
            csrf={visit.csrf}
            label="Rejeter toutes les échues"
            fields={{ file: queueQuery(requested) }}
          />
          <p class="moisson-mention">{french`Le rejet de toutes les aides à relire échues${Object.keys(filter).length > 0 ? " de ce filtre" : ""} est d'abord préparé : rien n'est fait avant que le plan ne soit appliqué.`}</p>
        </div>
      )}
    </>
  );
}

/** The lists of waiting aids: a page, a CSV and an Excel file for each queue. `changeList` lists the proposals. */
export const queueLists: readonly PageRoute[] = queues.filter(({ queue }) => queue !== "proposals").flatMap(routesOf);

/** Renders the queues with their counts under the current filter. */
async function QueueTabs({ requested, visit }: { readonly requested: FilteredQueue; readonly visit: Visit }): Promise<Child> {
  const counts = await visit.catalogue.reviewQueue.counts(reviewFilterOf(requested, visit.now));
  return (
    <nav class="fr-mb-3w" aria-label="Files de relecture">
      <ul class="moisson-tabs">
        {queues.map(({ queue, title }) => (
          <li>
            <a href={queuePath({ queue, filter: requested.filter })} aria-current={queue === requested.queue ? "page" : undefined}>
              {`${title} (${formatNumber(counts[queue])})`}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
