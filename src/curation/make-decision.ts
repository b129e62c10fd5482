import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { StandingDecision } from "../model/plan/standing-decision.ts";
import { planDecided } from "./follow-decision.ts";
import type { Curator } from "./person-plan.ts";
import type { PlannedActs } from "./plan-acts.ts";

/** A decision that a person makes, without its author and time. */
export type WantedDecision = Pick<StandingDecision, "kind" | "connector" | "publisher" | "field" | "rule" | "value">;

/**
 * Stores a standing decision, and makes an open plan for the aids that are in the catalogue already. The decision holds at once, whether the
 * plan is applied or not.
 */
export async function makeDecision(
  catalogue: Catalogue,
  curator: Curator,
  wanted: WantedDecision,
): Promise<{ readonly id: string; readonly acts: PlannedActs }> {
  const { by, now, note = null } = curator;
  const id = await catalogue.standingDecisions.add({ ...wanted, note, by, at: now.toISOString() });
  const connectors = await catalogue.standingDecisions.connectorsOf(wanted);
  return { id, acts: await planDecided(catalogue, curator, { id, ...wanted }, connectors) };
}
