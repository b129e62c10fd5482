import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { NotFound } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";

/** The plan that the path names. @throws NotFound */
export async function planOf(visit: Visit): Promise<PlanRecord> {
  const planId = param(visit, "plan").toLowerCase();
  const plan = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(planId) ? await visit.catalogue.plans.find(planId) : null;
  if (plan === null) throw new NotFound("Ce plan n’existe pas, ou n’est plus conservé.");
  return plan;
}

/** What a plan is called: by what it comes from. */
export function titleOfPlan({ origin, connector, runId, madeBy }: PlanRecord): string {
  const of = connector === null ? "" : ` de ${connector}`;
  switch (origin) {
    case "run":
      return `Plan de la collecte${of}`;
    case "undo":
      return runId === null ? "Plan qui défait un autre plan" : `Plan qui défait une collecte${of}`;
    case "adopt":
      return "Plan de reprise d’un site";
    default:
      return `Plan de ${madeBy ?? "quelqu’un"}`;
  }
}

/** Pages above those of a plan. */
export function trailTo(plan: PlanRecord): readonly { readonly title: string; readonly href: string }[] {
  return [...trailToPlans, { title: titleOfPlan(plan), href: `/plans/${plan.planId}` }];
}

/** Pages above a plan. */
export const trailToPlans = [{ title: "Plans", href: "/plans" }] as const;
