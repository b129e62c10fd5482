import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { RunRecord } from "../../catalogue/runs/run-repository.ts";
import { NotDone } from "../exit.ts";

/** Runs that are looked through for the beginning of an id. */
const runsLookedAt = 10_000;

/** The run whose id begins so. Throws `NotDone` where there is none, or several. */
export async function runNamed(catalogue: Catalogue, asked: string): Promise<RunRecord> {
  const found = (await catalogue.runs.list({ limit: runsLookedAt })).filter((run) => run.runId.startsWith(asked.toLowerCase()));
  const [run] = found;
  if (run === undefined) throw new NotDone(`there is no run ${asked}; \`moisson runs\` lists them`);
  if (found.length > 1) throw new NotDone(`${found.length} runs begin with ${asked}; give more of the id`);
  return run;
}
