import { foldTerm } from "../kit/values/text/fold-term.ts";
import type { Visit } from "./visit.ts";

/** Returns `region-bretagne` for `Région Bretagne`. */
export function connectorIdFor(name: string): string {
  const words = foldTerm(name).replace(/[^a-z0-9]+/g, "-");
  return words.replace(/^[^a-z]+|-+$/g, "").slice(0, 60);
}

/** Adds a number to the wanted id if another connector has it. */
export async function freeConnectorId(visit: Visit, wanted: string): Promise<string> {
  const taken = await connectorIds(visit);
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}-${number}`;
  return name;
}

/** Returns the ids of all connectors. */
export async function connectorIds({ console: { jobs } }: Visit): Promise<ReadonlySet<string>> {
  return new Set((await jobs.connectors()).map(({ definition: { id } }) => id));
}
