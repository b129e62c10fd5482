import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../../catalogue/plans/plan-reader.ts";
import type { RunRecord } from "../../catalogue/runs/run-repository.ts";
import { NotDone, WrongUse } from "../exit.ts";

/**
 * Returns the plan with this id, or the only open plan of this connector. Throws `NotDone` if the connector has no open plan, or several;
 * otherwise throws like `planNamed`.
 */
export async function openPlanNamed(catalogue: Catalogue, asked: string): Promise<PlanRecord> {
  const ofConnector = await catalogue.plans.list({ connector: asked, limit: 1 });
  if (ofConnector.length === 0) return planNamed(catalogue, asked);
  const [plan, ...others] = await catalogue.plans.list({ connector: asked, isOpen: true });
  if (plan === undefined)
    throw new NotDone(`no plan of ${asked} is open; \`moisson plan list --connector ${asked} --all\` lists its plans`);
  if (others.length > 0) throw new NotDone(`${asked} has ${others.length + 1} open plans; \`moisson plan list\` lists their ids`);
  return plan;
}

/**
 * Returns the plan with this id, or of the run with this id, or a prefix. Throws `WrongUse` if it is not an id, `NotDone` if none or
 * several match.
 */
export async function planNamed(catalogue: Catalogue, asked: string): Promise<PlanRecord> {
  if (!/^[0-9a-f-]{4,36}$/i.test(asked))
    throw new WrongUse(`"${asked}" is not an id of a plan or a run; give at least its first 4 characters`);
  const byPlan = await catalogue.plans.list({ begins: asked, limit: 2 });
  if (byPlan.length > 1) throw ambiguous("plans", asked);
  const [plan = await madeByRun(catalogue, asked)] = byPlan;
  return plan;
}

async function madeByRun(catalogue: Catalogue, asked: string): Promise<PlanRecord> {
  const byRun = await catalogue.plans.list({ runBegins: asked, origin: "run" });
  if (new Set(byRun.map(({ runId }) => runId)).size > 1) throw ambiguous("runs", asked);
  // If another run wrote between plan and write, the run has made a second plan, which is the valid one.
  const plan = byRun.find(({ state }) => state !== "overtaken") ?? byRun[0];
  if (plan === undefined) {
    throw new NotDone(`no plan has the id ${asked}, and no run with this id made one; \`moisson plan list --all\` lists them`);
  }
  return plan;
}

function ambiguous(what: string, asked: string): NotDone {
  return new NotDone(`several ${what} begin with ${asked}; give more characters of the id`);
}

/** Returns the run with this id or prefix. Throws `NotDone` if none or several match. */
export async function runNamed(catalogue: Catalogue, asked: string): Promise<RunRecord> {
  const found = await catalogue.runs.list({ begins: asked, limit: 2 });
  const [run] = found;
  if (run === undefined) throw new NotDone(`unknown run ${asked}; \`moisson runs\` lists them`);
  if (found.length > 1) throw new NotDone(`several runs begin with ${asked}; give more characters of the id`);
  return run;
}
