import type { Command } from "commander";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { PlanPart } from "../../catalogue/plans/plan-part.ts";
import { type AidField, aidFields } from "../../model/aid/aid.ts";
import { type ChangeKind, changeKinds } from "../../model/plan/plan.ts";
import { nearest } from "../../registry/nearest.ts";
import { NotDone, WrongUse } from "../exit.ts";

/** What `addPartFlags` lets a person choose of a plan. */
export interface PartFlags {
  only?: ChangeKind[];
  field?: AidField[];
  aid?: string[];
}

/** Options of every command that looks at a plan, or applies it, in part. */
export function addPartFlags(command: Command): Command {
  return command
    .option("--only <kinds>", "changes of these kinds, comma separated: create, update, withdraw, restore, re-identify…", (given) =>
      named("--only", "kind of change", given, changeKinds),
    )
    .option("--field <fields>", "these fields of the aids, comma separated; no creations or withdrawals", (given) =>
      named("--field", "field", given, aidFields),
    )
    .option(
      "--aid <aid>",
      "this aid: its aidId, connector/externalId, or the publisher's id; may be repeated",
      (given, before: string[] = []) => [...before, given],
    );
}

function named<Name extends string>(option: string, what: string, given: string, known: readonly Name[]): Name[] {
  return given.split(",").map((word) => {
    const wanted = word.trim();
    const found = known.find((name) => name === wanted);
    if (found !== undefined) return found;
    const near = nearest(wanted, known);
    throw new WrongUse(
      `${option}: there is no ${what} "${wanted}"; ${near === undefined ? `there are: ${known.join(", ")}` : `did you mean ${near}?`}`,
    );
  });
}

/** The part of a plan that was chosen; undefined where all of it was. Throws `NotDone` for an aid that the plan does not change. */
export async function partOf(catalogue: Catalogue, planId: string, flags: PartFlags): Promise<PlanPart | undefined> {
  const { only, field, aid } = flags;
  if (only === undefined && field === undefined && aid === undefined) return undefined;
  return {
    ...(only && { kinds: only }),
    ...(field && { fields: field }),
    ...(aid && { aids: await Promise.all(aid.map((one) => aidOf(catalogue, planId, one))) }),
  };
}

async function aidOf(catalogue: Catalogue, planId: string, named: string): Promise<string> {
  const [aidId, another] = await catalogue.plans.aidsNamed(planId, named);
  if (aidId === undefined) throw new NotDone(`plan ${planId.slice(0, 8)} has no change for an aid ${named}`);
  if (another !== undefined) throw new NotDone(`several aids of plan ${planId.slice(0, 8)} are called ${named}; give connector/externalId`);
  return aidId;
}
