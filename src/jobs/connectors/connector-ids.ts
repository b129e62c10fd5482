import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { JobServices } from "../job-services.ts";

/** Returns `region-bretagne` for `Région Bretagne`. */
export function connectorIdFor(name: string): string {
  const words = foldTerm(name).replace(/[^a-z0-9]+/g, "-");
  return words.replace(/^[^a-z]+|-+$/g, "").slice(0, 60);
}

/** Adds a number to the wanted id if another connector has it. */
export async function freeConnectorId(jobs: Pick<JobServices, "connectors">, wanted: string): Promise<string> {
  const taken = await connectorIds(jobs);
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`;
  return name;
}

/** Returns the ids of all connectors. */
export async function connectorIds(jobs: Pick<JobServices, "connectors">): Promise<ReadonlySet<string>> {
  return new Set((await jobs.connectors()).map(({ definition: { id } }) => id));
}
