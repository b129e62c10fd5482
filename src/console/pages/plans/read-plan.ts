import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { KindCounts, PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { bySchedule } from "../../../jobs/queue/request-run.ts";
import { mayAs, type Role } from "../../../model/publisher/role.ts";
import { nameOfConnector } from "../../../registry/connector-names.ts";
import { NotFound } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";

/** A plan with the display name of its connector. */
export interface NamedPlan extends PlanRecord {
  /** Null if it has no connector. */
  readonly name: string | null;
}

/** Returns the plan named in the path. @throws NotFound */
export async function planOf(visit: Visit): Promise<NamedPlan> {
  const planId = param(visit, "plan").toLowerCase();
  const plan = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(planId) ? await visit.catalogue.plans.find(planId) : null;
  if (plan === null) throw new NotFound("Ce plan n’existe pas, ou n’est plus conservé.");
  return (await withNames(visit, [plan]))[0] as NamedPlan;
}

/** Adds the names of their connectors to plans. */
export async function withNames({ console: { jobs } }: Visit, plans: readonly PlanRecord[]): Promise<readonly NamedPlan[]> {
  const connectors = await jobs.connectors();
  return plans.map((plan) => ({ ...plan, name: plan.connector === null ? null : nameOfConnector(connectors, plan.connector) }));
}

/** Returns a title for a plan, from its origin. */
export function titleOfPlan({ origin, name, runId, madeBy }: Omit<NamedPlan, "planId">): string {
  const of = name === null ? "" : `, ${name}`;
  switch (origin) {
    case "run":
      return `Plan de la collecte${of}`;
    case "undo":
      return runId === null ? "Plan qui défait un autre plan" : `Plan qui défait une collecte${of}`;
    case "adopt":
      return "Plan de reprise d’un site";
    case "territories":
      return "Plan d’une nouvelle édition des territoires";
    case "publisher":
      return `Plan d’un producteur${of}`;
    case "move":
      return `Plan d’un passage à un autre connecteur${of}`;
    default:
      return `Plan de ${madeBy ?? "quelqu’un"}`;
  }
}

/** Returns the breadcrumb of the pages below a plan. */
export function planBreadcrumb(plan: NamedPlan): readonly { readonly title: string; readonly href: string }[] {
  return [...plansBreadcrumb, { title: titleOfPlan(plan), href: `/plans/${plan.planId}` }];
}

export const plansBreadcrumb = [{ title: "Plans", href: "/plans" }] as const;

/**
 * Returns true if a role may apply or discard a plan. Ops may do so for any plan. Unless a guard holds the plan, bizdev may do so for a
 * person's or a publisher's plan, its undo, and a dry run that a person requested.
 */
export async function mayDecide(catalogue: Catalogue, role: Role | null, plan: PlanRecord): Promise<boolean> {
  if (role === null || !mayAs(role, "bizdev")) return false;
  if (mayAs(role, "ops")) return true;
  if (plan.guards.length > 0) return false;
  if (plan.origin === "curator" || plan.origin === "publisher") return true;
  if (plan.origin === "undo") return plan.runId === null;
  return plan.origin === "run" && plan.runId !== null && (await isPersonsTrial(catalogue, plan.runId));
}

/** Tells whether a role may create the plan that undoes this one: bizdev for a person's or a publisher's plan, ops for any plan. */
export function mayUndo(role: Role | null, { origin }: PlanRecord): boolean {
  return role !== null && mayAs(role, origin === "curator" || origin === "publisher" ? "bizdev" : "ops");
}

async function isPersonsTrial(catalogue: Catalogue, runId: string): Promise<boolean> {
  const run = await catalogue.runs.find(runId);
  return run !== null && run.options.dryRun === true && run.askedBy !== null && run.askedBy !== bySchedule;
}

/** Returns the number of changes of all kinds. */
export function totalOf(kinds: KindCounts): number {
  return Object.values(kinds).reduce((sum, count) => sum + count, 0);
}
