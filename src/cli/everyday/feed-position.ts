import type { FeedPosition } from "../../catalogue/aids/change-feed-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { parisMidnight } from "../../publish/exports/paris-midnight.ts";
import { NotDone, WrongUse } from "../exit.ts";

const instant = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;
const runIdPattern = "00000000-0000-0000-0000-000000000000";

/** Parses a date (midnight in Paris), an instant, or a run id or its prefix. Throws `WrongUse` otherwise. */
export function readSince(text: string): { readonly from: Date } | { readonly run: string } {
  const day = instant.exec(text)?.[1] ?? text;
  const midnight = parisMidnight(day);
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && midnight !== undefined) {
    const from = new Date(day === text ? midnight : text);
    if (!Number.isNaN(from.getTime())) return { from };
  }
  if (text !== "" && runIdPattern.startsWith(text.replace(/[0-9a-f]/gi, "0"))) return { run: text };
  throw new WrongUse(
    `--changed-since ${text}: expected a run (its id or the beginning of it), a day (2026-11-25) or an instant (2026-11-25T03:00:00Z)`,
  );
}

/** Returns the position in the change feed. Throws `NotDone` if the run is unknown or ambiguous. */
export async function feedPosition(catalogue: Catalogue, since: ReturnType<typeof readSince>): Promise<FeedPosition> {
  if ("from" in since) return since;
  const [run, another] = await catalogue.changeFeed.runsBeginning(since.run);
  if (run === undefined) throw new NotDone(`unknown run ${since.run}; \`moisson runs\` lists them`);
  if (another !== undefined) throw new NotDone(`several runs begin with ${since.run}; give more characters of the id`);
  return run;
}
