import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { StandingDecision } from "../model/plan/standing-decision.ts";
import { makeDecision, type WantedDecision } from "./make-standing-decision.ts";
import type { Curator } from "./person-plan.ts";
import { applyActs } from "./plan-acts.ts";

/** An answer to a question about a source. `publisher`: it holds for all sources of the publisher. */
export type Answer = Pick<WantedDecision, "connector" | "publisher" | "field" | "value" | "condition">;

/** The decision that an answer has become, and the plan that has filled the aids. Null: no aid lacks the field now. */
export interface Answered {
  readonly decision: StandingDecision["id"];
  readonly planId: string | null;
  readonly aids: number;
}

/**
 * Answers a question in one act: stores the decision that later runs follow, and fills the aids that lack the field with a plan that is
 * applied at once and can be undone. Throws `RunFailed` `world-moved` if an aid has changed meanwhile: the decision then holds already.
 */
export async function answerQuestion(catalogue: Catalogue, curator: Curator, answer: Answer): Promise<Answered> {
  const { id, acts } = await makeDecision(catalogue, curator, { kind: "fill", rule: null, ...answer });
  const { plan } = acts;
  if (plan === null) return { decision: id, planId: null, aids: 0 };
  await applyActs(catalogue, plan.planId, curator, true);
  return { decision: id, planId: plan.planId, aids: plan.changes };
}
