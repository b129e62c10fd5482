import type { Child } from "hono/jsx";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import type { MissingAid } from "../../../catalogue/runs/absence-repository.ts";
import { frenchDayOf } from "../../../french/dates.ts";
import { missingAidsMessage, withdrawalMessage } from "../../../french/plans.ts";
import { counted, french } from "../../../french/typography.ts";
import { type WithdrawalDay, withdrawalDay } from "../../../jobs/schedule/withdrawal-day.ts";
import type { Column, List } from "../../lists/list.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { AidText } from "../../parts/aid-text.tsx";
import { StandingBadge, standingLabel } from "../../parts/badge.tsx";
import { Table } from "../../parts/table.tsx";
import type { Visit } from "../../visit.ts";
import { isOpen } from "./plan-state.tsx";
import { planOf, plansBreadcrumb } from "./read-plan.ts";

/** Number of aids on the page of the plan. The list has all of them. */
const aidsShown = 8;

interface MissingRow extends MissingAid {
  /** Null if the definition of the connector is gone. */
  readonly withdrawal: WithdrawalDay | null;
}

const columns: readonly Column<MissingRow>[] = [
  {
    title: "Aide",
    text: ({ title, externalId }) => title ?? externalId,
    cell: ({ aidId, externalId, title, language, originUrl }) => (
      <div class="moisson-title">
        <a href={`/aides/${aidId}`}>
          <AidText text={(title ?? externalId).slice(0, 200)} language={language} />
        </a>
        <p class="moisson-mention fr-mb-0">
          {externalId.slice(0, 200)}
          {originUrl !== null && /^https?:\/\//.test(originUrl) && (
            <>
              {", "}
              <a href={originUrl} target="_blank" rel="noopener noreferrer" title={`${title ?? externalId} – nouvelle fenêtre`}>
                page du producteur
              </a>
            </>
          )}
        </p>
      </div>
    ),
  },
  { title: "Identifiant", text: ({ externalId }) => externalId, isExportOnly: true },
  { title: "Page du producteur", text: ({ originUrl }) => originUrl, isExportOnly: true },
  {
    title: "Situation",
    text: ({ standing }) => standingLabel(standing),
    cell: ({ standing }) => <StandingBadge standing={standing} />,
  },
  {
    title: "Vue dans le flux pour la dernière fois",
    text: ({ lastSeen }) => lastSeen?.slice(0, 10) ?? null,
    cell: ({ lastSeen }) => (lastSeen === null ? "date inconnue" : french`le ${frenchDayOf(lastSeen)}`),
  },
  { title: "Retrait, si elle reste absente", text: withdrawalMessage },
];

const list: List<MissingRow> = {
  path: "/plans/:plan/absentes",
  who: "read",
  title: "Aides absentes du flux",
  fileName: "aides-absentes",
  caption: (count) => counted(count, "aide absente du flux", "aides absentes du flux"),
  empty: () => "Aucune aide ne manque, ou ce plan n’est plus ouvert.",
  breadcrumb: ({ params }) => [...plansBreadcrumb, { title: "Plan", href: `/plans/${params.plan}` }],
  filters: [],
  columns,
  rows: async (visit, _, place) => rowsOf(visit, await planOf(visit), place),
  count: async (visit) => visit.catalogue.absences.count((await planOf(visit)).planId),
};

/** The list of the aids that are missing from the feed of a plan. */
export const missingAidList = listRoutes(list);

async function rowsOf(
  { catalogue, console: { jobs }, now }: Visit,
  { planId, connector }: Pick<PlanRecord, "planId" | "connector">,
  place: { readonly limit: number; readonly offset?: number },
): Promise<readonly MissingRow[]> {
  const aids = await catalogue.absences.list(planId, place);
  const known = (await jobs.connectors()).find(({ definition }) => definition.id === connector);
  return aids.map((aid) => ({ ...aid, withdrawal: known === undefined ? null : withdrawalDay(known.definition, aid, now) }));
}

/** Returns when the missing aids of a plan are withdrawn, as sentences. */
export async function withdrawalSentence(visit: Visit, plan: Pick<PlanRecord, "planId" | "connector">, count: number): Promise<string> {
  const [first] = await rowsOf(visit, plan, { limit: 1 });
  const { count: newly } = await visit.catalogue.absences.newlyMissing(plan.planId, 0);
  return missingAidsMessage(count, newly, newly === 0 ? null : (first?.withdrawal ?? null));
}

/** Renders the first aids that are missing from the feed of an open plan, with the day of their withdrawal. */
export async function MissingAids({ visit, plan }: { readonly visit: Visit; readonly plan: PlanRecord }): Promise<Child> {
  const count = isOpen(plan) ? await visit.catalogue.absences.count(plan.planId) : 0;
  if (count === 0) return null;
  const rows = await rowsOf(visit, plan, { limit: aidsShown });
  const path = `/plans/${plan.planId}/absentes`;
  return (
    <section class="fr-mb-4w" aria-labelledby="absentes">
      <h2 id="absentes">{french`Aides absentes du flux (${count})`}</h2>
      <p>{await withdrawalSentence(visit, plan, count)}</p>
      <Table
        caption={list.caption(count)}
        isCaptionHidden
        head={shownColumns}
        rows={rows.map((row) => shownColumns.map(({ cell, text }) => (cell === undefined ? text(row) : cell(row, visit))))}
      />
      {count > rows.length && (
        <p>
          {french`… et ${counted(count - rows.length, "autre")}. `}
          <a href={path}>{french`Voir les ${count} aides absentes`}</a>
        </p>
      )}
    </section>
  );
}

const shownColumns = columns.filter(({ isExportOnly }) => isExportOnly !== true);
