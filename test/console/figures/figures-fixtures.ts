import type { CuratedAid } from "../../../src/catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../../src/catalogue/open-catalogue.ts";
import { decideEdit } from "../../../src/curation/decide-edit.ts";
import { decidePublish } from "../../../src/curation/decide-status.ts";
import type { Curator } from "../../../src/curation/person-plan.ts";
import type { Verdict } from "../../../src/curation/persons-change.ts";
import { applyActs, planActs } from "../../../src/curation/plan-acts.ts";
import { undoRun } from "../../../src/curation/undo-run.ts";
import type { RunReport } from "../../../src/model/run/run-report.ts";
import { curatedAid } from "../../support/curate.ts";
import type { Harvest } from "../../support/harvest.ts";

/** Fields that aids of `smallDefinition` lack to be published. */
const whatLacks = {
  contact: "<p>Marie</p>",
  recurrence: "ongoing",
  targetedAudiences: ["commune"],
  aidTypes: ["technical-engineering"],
  mobilizationSteps: ["preop"],
  categories: ["eau-potable"],
  financerSuggestion: "la région",
  perimeterSuggestion: "la région",
};

/** Marie as curator, at an instant. */
function marieAt(instant: string): Curator {
  return { by: "marie", now: new Date(instant) };
}

/** Imports the feed of a day, at an instant. */
export function dayAt(harvest: Harvest, instant: string, records: readonly unknown[]): Promise<RunReport> {
  return harvest.day(records, {}, { clock: { now: () => new Date(instant), fixed: null, elapsed: () => performance.now() } });
}

/** Applies an act of Marie to one aid, at an instant. */
export async function actAt(
  catalogue: Catalogue,
  instant: string,
  aid: { readonly connector: string; readonly externalId: string },
  decide: (aid: CuratedAid, curator: Curator) => Verdict,
): Promise<void> {
  const curator = marieAt(instant);
  const found = await curatedAid(catalogue, aid);
  const { plan, refused } = await planActs(catalogue, curator, { connector: aid.connector, asked: {} }, [[found]], (one) =>
    decide(one, curator),
  );
  if (plan === null) throw new Error(`nothing was done to ${aid.externalId}: ${JSON.stringify(refused)}`);
  await applyActs(catalogue, plan.planId, curator, true);
}

/** Fills in the missing fields of an aid. */
export function fillAt(catalogue: Catalogue, instant: string, { connector }: Harvest, externalId: string): Promise<void> {
  return actAt(catalogue, instant, { connector, externalId }, (aid, curator) =>
    decideEdit(aid, { values: whatLacks, withdrawn: [] }, curator),
  );
}

/** Publishes an aid. */
export function publishAt(catalogue: Catalogue, instant: string, { connector }: Harvest, externalId: string): Promise<void> {
  return actAt(catalogue, instant, { connector, externalId }, decidePublish);
}

/** Undoes a run. */
export async function undoAt(catalogue: Catalogue, instant: string, { planId }: RunReport): Promise<void> {
  const plan = await catalogue.plans.find(planId ?? "");
  if (plan === null) throw new Error("the run has no plan");
  const made = await undoRun(catalogue, marieAt(instant), plan);
  if ("refused" in made) throw new Error(made.refused.code);
  await applyActs(catalogue, made.planId, marieAt(instant), false);
}
