import type { Catalogue } from "../catalogue/open-catalogue.ts";
import { formerAnswers, isAboutSameAids } from "../model/plan/answer-review.ts";
import { isNarrower, type StandingDecision } from "../model/plan/standing-decision.ts";
import { type DecisionPreview, makeDecision, previewDecision, type Replaced, type WantedDecision } from "./make-standing-decision.ts";
import type { Curator } from "./person-plan.ts";
import { applyActs } from "./plan-acts.ts";

/**
 * An answer to a question about a source. `publisher`: it holds for all sources of the publisher. `replaces`: ids of answers whose values it
 * replaces; they end, except those that are for more aids.
 */
export interface Answer extends Pick<WantedDecision, "connector" | "publisher" | "field" | "value" | "condition"> {
  readonly replaces?: readonly string[];
}

/** The decision that an answer has become, and the plan that has filled the aids. Null: no aid changes now. */
export interface Answered {
  readonly decision: StandingDecision["id"];
  readonly planId: string | null;
  readonly aids: number;
}

/**
 * Answers a question in one act: stores the decision that later runs follow, and fills the aids that lack the field with a plan that is
 * applied at once and can be undone. Replaces the values of an earlier answer about the same aids. Throws `RunFailed` `world-moved` if an aid
 * has changed meanwhile: the decision then holds already.
 */
export async function answerQuestion(catalogue: Catalogue, curator: Curator, answer: Answer): Promise<Answered> {
  const { replaced, wanted } = await decisionOf(catalogue, answer);
  const { id, acts } = await makeDecision(catalogue, curator, wanted, replaced);
  const { plan } = acts;
  if (plan === null) return { decision: id, planId: null, aids: 0 };
  await applyActs(catalogue, plan.planId, curator, true);
  return { decision: id, planId: plan.planId, aids: plan.changes };
}

/** Returns what an answer would change. Stores nothing. */
export async function previewAnswer(catalogue: Catalogue, curator: Curator, answer: Answer): Promise<DecisionPreview> {
  const { replaced, wanted } = await decisionOf(catalogue, answer);
  return previewDecision(catalogue, curator, wanted, replaced);
}

async function decisionOf(
  catalogue: Catalogue,
  { replaces = [], ...answer }: Answer,
): Promise<{ readonly wanted: WantedDecision; readonly replaced: Replaced }> {
  const wanted = { kind: "fill", rule: null, ...answer } as const;
  const all = await catalogue.standingDecisions.answers(await catalogue.standingDecisions.connectorsOf(answer));
  const holding = all.filter(({ endedAt, field }) => endedAt === null && field === answer.field);
  const replaced = holding.filter((one) => replaces.includes(one.id) || isAboutSameAids(one, answer));
  const ended = replaced.filter(({ condition }) => !isNarrower(answer.condition, condition));
  const former = new Set(replaced.flatMap((one) => [one, ...formerAnswers(one, all)]).map(({ id }) => id));
  return { wanted, replaced: { ended: ended.map(({ id }) => id), former } };
}
