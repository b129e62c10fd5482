import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { RunRecord } from "../../catalogue/runs/run-repository.ts";
import { NotDone } from "../exit.ts";

/** Returns the run with this id or prefix. Throws `NotDone` if none or several match. */
export async function runNamed(catalogue: Catalogue, asked: string): Promise<RunRecord> {
  const found = await catalogue.runs.list({ begins: asked, limit: 2 });
  const [run] = found;
  if (run === undefined) throw new NotDone(`unknown run ${asked}; \`moisson runs\` lists them`);
  if (found.length > 1) throw new NotDone(`several runs begin with ${asked}; give more characters of the id`);
  return run;
}
