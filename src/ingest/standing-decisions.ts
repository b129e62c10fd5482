import type { Suggestion } from "../model/aid/suggestion.ts";
import { parisDay } from "../model/text/paris-day.ts";
import { NeighbourIndex } from "../suggest/neighbours/neighbour-index.ts";
import type { Neighbourhood } from "../suggest/neighbours/neighbourhood.ts";
import { suggestFor } from "../suggest/suggest-for.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import { type FollowedRules, followDecisions } from "./plan/follow-decisions.ts";

/** Number of aids that standing decisions fill and publish. */
export interface FollowedCounts {
  readonly filled: number;
  readonly published: number;
}

/** Maximum number of published aids that suggestions of a run compare with. */
const maxLabelled = 5000;

/**
 * Adds to a plan in preparation what people have decided for the connector: fills empty fields of the aids that it creates or changes, and
 * publishes those that lack nothing. Reads the plan's changes only if there is a decision.
 */
export async function addStandingDecisions({ services, connector, claim }: IngestionRun, planId: string): Promise<FollowedCounts> {
  const { standingDecisions, plans, aids, letters } = services.catalogue;
  const { id } = connector.definition;
  const held = await standingDecisions.holdingFor(id);
  // Nothing is published from a site by itself before its publisher has been sent a courtesy letter.
  const isUnannounced = held.some(({ kind }) => kind === "publish") && (await letters.unannouncedSites()).has(id);
  const decisions = isUnannounced ? held.filter(({ kind }) => kind !== "publish") : held;
  if (decisions.length === 0) return { filled: 0, published: 0 };
  const compares = decisions.some(({ kind, rule, value }) => kind === "fill" && value === null && (rule === null || rule === "neighbours"));
  const labelled = compares ? await aids.labelled(maxLabelled) : [];
  const neighbours: Neighbourhood | null = labelled.length === 0 ? null : new NeighbourIndex(labelled);
  const now = services.clock.now();
  const rules: FollowedRules = {
    decisions,
    suggest: (content, aidId): readonly Suggestion[] => suggestFor(content, neighbours, new Set([aidId])),
    now,
    today: parisDay(now),
  };
  let filled = 0;
  let published = 0;
  for await (const page of plans.followedChanges(planId, claim.runId)) {
    const followed = page.flatMap((change) => followDecisions(change, rules) ?? []);
    await plans.addToChanges(planId, followed);
    filled += followed.filter(({ fields }) => Object.keys(fields).length > 0).length;
    published += followed.filter(({ publishes }) => publishes).length;
  }
  return { filled, published };
}
