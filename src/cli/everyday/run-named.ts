import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { RunRecord } from "../../catalogue/runs/run-repository.ts";
import { NotDone } from "../exit.ts";

/** Recent runs searched for an id. */
const maxRunsSearched = 10_000;

/** Returns the run with this id or prefix. Throws `NotDone` if none or several match. */
export async function runNamed(catalogue: Catalogue, asked: string): Promise<RunRecord> {
  const found = (await catalogue.runs.list({ limit: maxRunsSearched })).filter((run) => run.runId.startsWith(asked.toLowerCase()));
  const [run] = found;
  if (run === undefined) throw new NotDone(`unknown run ${asked}; \`moisson runs\` lists them`);
  if (found.length > 1) throw new NotDone(`${found.length} runs begin with ${asked}; give more characters of the id`);
  return run;
}
