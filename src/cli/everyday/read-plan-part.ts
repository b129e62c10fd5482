import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { PlanPart } from "../../catalogue/plans/plan-part.ts";
import { aidFields } from "../../model/aid/aid.ts";
import { changeKinds } from "../../model/plan/plan.ts";
import { NotDone } from "../exit.ts";
import { knownName } from "../read-argument.ts";

/** Options that select a part of a plan. */
export interface PartFlags {
  only?: string[];
  field?: string[];
  aid?: string[];
}

/**
 * Returns the selected part of a plan, or undefined for the whole plan. Throws `WrongUse` for an unknown kind or field, `NotDone` for an aid that the plan does
 * not change.
 */
export async function partOf(catalogue: Catalogue, planId: string, flags: PartFlags): Promise<PlanPart | undefined> {
  const { only, field, aid } = flags;
  if (only === undefined && field === undefined && aid === undefined) return undefined;
  return {
    ...(only && { kinds: only.map((kind) => knownName("--only: unknown kind of change", kind, changeKinds)) }),
    ...(field && { fields: field.map((name) => knownName("--field: unknown field", name, aidFields)) }),
    ...(aid && { aids: await Promise.all(aid.map((one) => aidOf(catalogue, planId, one))) }),
  };
}

async function aidOf(catalogue: Catalogue, planId: string, named: string): Promise<string> {
  const [aidId, another] = await catalogue.plans.aidsNamed(planId, named);
  if (aidId === undefined) throw new NotDone(`plan ${planId.slice(0, 8)} has no change for an aid ${named}`);
  if (another !== undefined) throw new NotDone(`several aids of plan ${planId.slice(0, 8)} are called ${named}; give connector/externalId`);
  return aidId;
}
