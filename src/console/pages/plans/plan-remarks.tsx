import type { Child } from "hono/jsx";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { ListedRemark, PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { matchReasonNames, remarkMessage } from "../../../french/plans.ts";
import { territoryChangeMessage, territoryMessage } from "../../../french/territories.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import type { MatchReason } from "../../../model/plan/plan.ts";
import type { RemarkCode } from "../../../model/plan/remark.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { ParagraphLink } from "../../parts/link.tsx";
import { List } from "../../parts/list.tsx";
import { planOf, plansBreadcrumb } from "./read-plan.ts";

const words: Readonly<Record<RemarkCode, string>> = {
  spared: "laissée telle quelle",
  "doubtful-pair": "peut-être la même aide",
  "our-own": "aide de notre catalogue",
  "renamed-rejected": "déjà rejetée ou fusionnée",
  "linked-elsewhere": "rattachée à une autre source",
  "known-elsewhere": "déjà au catalogue",
  "contradicts-elsewhere": "contredit une autre source",
  "maybe-elsewhere": "peut-être déjà au catalogue",
  "no-match": "sans correspondance",
  "not-in-file": "absente du nouveau fichier",
  "territory-changed": "territoire modifié",
};

export const remarkList = listRoutes<ListedRemark>({
  path: "/plans/:plan/remarques",
  who: "read",
  title: "Remarques d’un plan",
  fileName: "remarques",
  caption: (count) => counted(count, "remarque"),
  empty: () => "Ce plan ne signale rien.",
  breadcrumb: ({ params }) => [...plansBreadcrumb, { title: "Plan", href: `/plans/${params.plan}` }],
  filters: [],
  columns: [
    { title: "Quoi", text: ({ code }) => words[code] },
    {
      title: "Aide ou territoire",
      text: subjectOf,
      cell: (remark) => {
        const { heldAs, aidId } = remark;
        return heldAs === null || aidId === null ? subjectOf(remark) : <a href={`/aides/${aidId}`}>{subjectOf(remark)}</a>;
      },
    },
    { title: "Détail", text: detailOf },
  ],
  rows: async (visit, _, { limit, offset }) => visit.catalogue.plans.remarks((await planOf(visit)).planId, limit, offset),
  count: async (visit) => {
    const counts = await visit.catalogue.plans.countRemarks((await planOf(visit)).planId);
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  },
});

function subjectOf({ code, heldAs, externalId, aidId, params }: ListedRemark): string {
  return code === "territory-changed" ? territoryMessage(params) : (heldAs ?? externalId ?? aidId ?? String(params.with ?? ""));
}

function detailOf({ code, externalId, params }: ListedRemark): string {
  switch (code) {
    case "spared":
      return Array.isArray(params.fields) && params.fields.length > 0
        ? params.fields.map((field) => fieldNameOrKey(String(field))).join(", ")
        : "l’aide entière";
    case "linked-elsewhere":
    case "contradicts-elsewhere":
    case "known-elsewhere":
    case "maybe-elsewhere":
      return [french`${String(params.of)}, ${sureOf(params)}`, ...contradictionsIn(params.contradicts)].join(" ; ");
    case "our-own":
      return french`c'est ${String(params.of)}`;
    case "not-in-file":
      return String(params.title ?? "");
    case "no-match":
      return [params.liveTitle, params.siteUrl].filter(Boolean).join(", ");
    case "territory-changed":
      return territoryChangeMessage(params);
    case "renamed-rejected":
      return french`c'était ${String(params.was)}, ${params.status === "merged" ? "fusionnée" : "rejetée"}`;
    default:
      return pairOf(externalId, params);
  }
}

/** Names the fields in which two sources contradict each other, with both values. */
function contradictionsIn(contradicts: unknown): string[] {
  if (!Array.isArray(contradicts)) return [];
  return contradicts.map(({ field, incoming, known, isSwapped }) => {
    const swapped = isSwapped ? " (jour et mois inversés)" : "";
    return french`${fieldNameOrKey(String(field))} : ${String(incoming)} ici, ${String(known)} au catalogue${swapped}`;
  });
}

function pairOf(externalId: string | null, params: ListedRemark["params"]): string {
  return french`avec ${externalId ?? String(params.with ?? "?")}, ${sureOf(params)}`;
}

function sureOf(params: ListedRemark["params"]): string {
  const reasons = Array.isArray(params.reasons) ? (params.reasons as MatchReason[]).map((one) => matchReasonNames[one]).join(", ") : "";
  // Rounded down: 99.7 % is not certain.
  const sure = Math.floor(Number(params.certainty ?? 0) * 100);
  const why = reasons === "" ? "" : french` : ${reasons}`;
  return french`sûr à ${sure} %${why}`;
}

/** Renders the remarks of a plan: a sentence for each kind, and a link to the list. */
export async function PlanRemarks({ catalogue, plan }: { readonly catalogue: Catalogue; readonly plan: PlanRecord }): Promise<Child> {
  const counts = Object.entries(await catalogue.plans.countRemarks(plan.planId)) as [RemarkCode, number][];
  if (counts.length === 0) return null;
  return (
    <section aria-labelledby="remarques">
      <h2 id="remarques">Ce que ce plan signale</h2>
      <List items={counts.map(([code, count]) => sentence(remarkMessage(code, count)))} />
      <ParagraphLink
        href={`/plans/${plan.planId}/remarques`}
        label={plan.origin === "territories" ? "Voir les territoires qui changent" : "Voir les aides concernées"}
      />
    </section>
  );
}
