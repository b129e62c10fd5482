import type { PlanListFilter } from "../../../catalogue/plans/plan-page-repository.ts";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { requestSentence } from "../../../french/digest/ops.ts";
import { guardMessage } from "../../../french/guards.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { connectorFilter } from "../../lists/connector-column.tsx";
import type { Filter } from "../../lists/list.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { formatShortDateTime } from "../../parts/time.ts";
import { isOpen, PlanBadge, planOriginLabels, planStateName, shownState } from "./plan-state.tsx";
import { type NamedPlan, titleOfPlan, withNames } from "./read-plan.ts";

const origins = ["run", "undo", "curator", "adopt", "territories", "publisher", "move"] as const;
const states = ["held", "open", "part-applied", "applied", "discarded", "overtaken"] as const;

export const planList = listRoutes<NamedPlan>({
  path: "/plans",
  who: "read",
  title: "Plans",
  fileName: "plans",
  caption: (count) => counted(count, "plan"),
  empty: (isFiltered) =>
    isFiltered
      ? "Aucun plan ne répond à ce filtre."
      : "Aucun plan n’existe encore. Une collecte en prépare un, et toute action sur une aide en est un.",
  above: async ({ catalogue }, filter) => {
    if (filter.etat !== undefined) return null;
    const waiting = await catalogue.planPages.count({ state: "waiting" });
    return waiting === 0 ? (
      <p>Aucun plan n’attend de décision.</p>
    ) : (
      <ParagraphLink
        href="/plans?etat=waiting"
        label={french`Voir ${waiting === 1 ? "le seul plan qui attend" : `les ${waiting} plans qui attendent`} une décision`}
      />
    );
  },
  filters: [
    connectorFilter,
    {
      name: "etat",
      label: "État",
      kind: "choice",
      choices: () => [
        { value: "waiting", label: "tous ceux qui attendent" },
        { value: "requested", label: "ceux dont l’application est demandée" },
        ...states.map((value) => ({ value, label: planStateName(value) })),
      ],
    },
    {
      name: "origine",
      label: "Origine",
      kind: "choice",
      anyLabel: "Toutes",
      choices: () => origins.map((value) => ({ value, label: planOriginLabels[value] })),
    },
    { name: "qui", label: "Fait, appliqué ou écarté par", kind: "text" },
  ],
  columns: [
    {
      title: "Fait le",
      text: ({ createdAt }) => createdAt.toISOString(),
      cell: ({ createdAt }) => <span class="moisson-unbroken">{formatShortDateTime(createdAt)}</span>,
    },
    {
      title: "Plan",
      text: (plan) => titleOfPlan(plan),
      cell: (plan) => (
        <div class="moisson-title">
          <a href={`/plans/${plan.planId}`}>{titleOfPlan(plan)}</a>
          {["held", "first"].includes(shownState(plan)) && <p class="moisson-mention fr-mb-0">{firstGuard(plan)}</p>}
          {isOpen(plan) && plan.applyRequest !== null && <p class="moisson-mention fr-mb-0">{requestSentence(plan.applyRequest)}</p>}
        </div>
      ),
    },
    { title: "Identifiant", text: ({ planId }) => planId, isExportOnly: true },
    { title: "Connecteur", text: ({ connector }) => connector, isExportOnly: true },
    { title: "État", text: (plan) => planStateName(shownState(plan)), cell: (plan) => <PlanBadge plan={plan} /> },
    { title: "Créées", text: ({ counts }) => counts.created, isNumber: true },
    { title: "Modifiées", text: ({ counts }) => counts.updated + counts.restored, isNumber: true },
    { title: "Retirées", text: ({ counts }) => counts.withdrawn + (counts.removed ?? 0), isNumber: true },
    { title: "Fait par", text: ({ origin, madeBy }) => (origin === "run" ? "collecte" : madeBy) },
    { title: "Application demandée par", text: ({ applyRequest }) => applyRequest?.by ?? null, isExportOnly: true },
    { title: "Décidé par", text: decidedBy },
  ],
  rows: async (visit, filter, place) => withNames(visit, await visit.catalogue.planPages.list(filterOf(filter), place)),
  count: ({ catalogue }, filter) => catalogue.planPages.count(filterOf(filter)),
});

function firstGuard({ guards: [first] }: PlanRecord): string {
  return first === undefined ? "" : `${capitalize(guardMessage(first))}.`;
}

function decidedBy({ appliedBy, closedBy }: PlanRecord): string | null {
  const by = closedBy ?? appliedBy;
  return by === "run" ? "collecte" : by;
}

function filterOf({ connecteur, etat, origine, qui }: Filter): PlanListFilter {
  return {
    ...(connecteur !== undefined && { connector: connecteur }),
    ...(etat !== undefined && { state: etat as NonNullable<PlanListFilter["state"]> }),
    ...(origine !== undefined && { origin: origine as NonNullable<PlanListFilter["origin"]> }),
    ...(qui !== undefined && { who: qui }),
  };
}
