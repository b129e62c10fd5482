import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { RunRecord } from "../../catalogue/runs/run-repository.ts";
import { goodOutcomes } from "../../model/run/run-error.ts";
import type { LoadedConnector } from "../../registry/load-connectors.ts";
import { type MissingTerm, missingTerms } from "../../registry/terms/missing-terms.ts";
import type { CommandContext } from "../context.ts";

/** Runs among which the last whole one is looked for. */
const runsLookedAt = 20;

/** Words that nobody has decided on, as the last whole run of each connector met them; the most frequent first. All connectors where none is named. */
export async function missingTermsOf(
  context: CommandContext,
  catalogue: Catalogue,
  ids: readonly string[],
): Promise<readonly MissingTerm[]> {
  const missing: MissingTerm[] = [];
  for (const { definition, terms } of await askedConnectors(context, ids)) {
    const runs = await catalogue.runs.list({ connector: definition.id, limit: runsLookedAt });
    const whole = runs.find(hasReadAll);
    if (whole?.report) missing.push(...missingTerms(definition.id, whole.report, terms));
  }
  return missing.sort((a, b) => b.count - a.count || (a.term < b.term ? -1 : 1));
}

async function askedConnectors({ connectors, connector }: CommandContext, ids: readonly string[]): Promise<readonly LoadedConnector[]> {
  return ids.length === 0 ? (await connectors()).connectors : Promise.all(ids.map((id) => connector(id)));
}

/** Not a run that broke off, or was asked for a few records only: it says nothing about the words that it did not come to. Nor one of decisions that are only tried. */
function hasReadAll({ outcome, options, report }: RunRecord): boolean {
  const isWhole =
    outcome !== null && (goodOutcomes.has(outcome) || outcome === "held") && options.limit === undefined && options.trial === undefined;
  return isWhole && report !== null && report.counts.received > 0;
}
