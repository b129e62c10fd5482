import type { AnsweredLetter } from "../../model/publisher/letter-answer.ts";
import { cardKey, mainGuard } from "../../model/run/card-key.ts";
import type { HeldPlan, PromisedCorrection, RequestedPlan } from "../../model/run/digest.ts";
import type { WaitingDecision } from "../../model/run/waiting-decision.ts";
import { frenchDay } from "../dates.ts";
import { guardMessage } from "../guards.ts";
import { pointTopic } from "../letters/points.ts";
import { counted, french, sentence } from "../typography.ts";

/** Returns the decision about a plan that guards hold. */
export function heldDecision(plan: HeldPlan, kind: "held" | "draft"): WaitingDecision {
  const guard = mainGuard(plan.guards);
  return {
    kind,
    key: cardKey.held(plan),
    at: new Date(plan.heldAt),
    who: plan.publisher,
    what: guard === undefined ? "Un garde-fou retient la collecte." : sentence(guardMessage(guard)),
    path: `/plans/${plan.planId}`,
  };
}

/** Returns the decision about a plan that a colleague asks ops to apply. Who asks and why is only on the page. */
export function requestedDecision({ publisher, planId, request }: RequestedPlan): WaitingDecision {
  return {
    kind: "draft",
    key: cardKey.requested({ planId }),
    at: new Date(request.at),
    who: publisher,
    what: french`Un collègue demande d'appliquer son plan.`,
    path: `/plans/${planId}`,
  };
}

/** Returns the decision about a letter that a publisher has answered. The answers are only on the page. */
export function answeredDecision({ letterId, connector, at, points }: AnsweredLetter, who: string): WaitingDecision {
  return {
    kind: "answered",
    key: `answered ${letterId} ${at.toISOString()}`,
    at,
    who,
    what: french`Le producteur a répondu à ${counted(points, "point")} de la lettre.`,
    path: `/connecteurs/${connector}/courriers/${letterId}`,
  };
}

/** Returns the decision about a correction that a publisher promised and that is missing. */
export function promisedDecision({ publisher, code, field, plannedFor, page }: PromisedCorrection, key: string): WaitingDecision {
  return {
    kind: "promised",
    key,
    at: new Date(`${plannedFor}T00:00:00Z`),
    who: publisher,
    what: french`Correction promise pour le ${frenchDay(plannedFor)} : ${pointTopic({ code, field })}.`,
    path: page,
  };
}
