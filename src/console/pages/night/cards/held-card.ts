import { heldSince, requestSentence } from "../../../../french/digest/ops.ts";
import { fieldName } from "../../../../french/fields.ts";
import { guardMessage } from "../../../../french/guards.ts";
import { french, joinedWithAnd, sentence } from "../../../../french/typography.ts";
import { advisedAct } from "../../../../model/plan/advised-act.ts";
import { brokenFields, renamesIn } from "../../../../model/plan/feed-breaks.ts";
import { type GuardFinding, holdingGuard } from "../../../../model/plan/guard.ts";
import { cardKey } from "../../../../model/run/card-key.ts";
import type { HeldPlan, RequestedPlan } from "../../../../model/run/digest.ts";
import { truncate } from "../../../parts/time.ts";
import { type Card, type CardAct, connectorCard, open, writeToPublisher } from "./card.ts";

/** Guards after which the missing aids are those concerned. */
const lossGuards: ReadonlySet<string> = new Set(["nothing-received", "none-valid", "fewer-than-expected", "aids-gone"]);
/** Longer names of columns are cut in a button. */
const maxNameLength = 40;

/** Returns the card of a plan that guards hold. */
export function heldCard(plan: HeldPlan): Card {
  const { connector, planId, guards } = plan;
  const holding = guards.filter(({ code }) => holdingGuard(code) !== undefined);
  const [first = guards[0], ...others] = holding;
  const code = first?.code ?? "held";
  return connectorCard(plan, {
    kind: code === "first-run-of-draft" ? "first-run" : "held",
    key: cardKey.held(plan),
    cause: first === undefined ? "Un garde-fou retient la collecte." : causeOf(first),
    evidence: [heldSince(plan), ...others.map(causeOf)],
    acts: actsOf(
      plan,
      holding.some((finding) => finding.code === "first-run-of-draft"),
    ),
    aids: { of: lossGuards.has(code) ? "absences" : "plan", planId, connector },
  });
}

/** Returns what a guard found. The card shows the titles of missing aids, so that their identifiers are left out here. */
function causeOf(finding: GuardFinding): string {
  return sentence(guardMessage(lossGuards.has(finding.code) ? { ...finding, examples: [] } : finding));
}

function actsOf({ planId, connector, guards }: HeldPlan, isFirst: boolean): readonly CardAct[] {
  const [readIt, discardIt, applyIt] = [readPlan(planId), discard(planId), apply(planId)];
  const write = isFirst ? [] : [writeToPublisher(connector)];
  switch (advisedAct(guards)) {
    case "follow":
      return [follow(planId, renamesIn(guards)), readIt, discardIt];
    case "without-fields":
      return [withoutFields(planId, brokenFields(guards)), readIt, discardIt, ...write];
    case "read":
      return [readIt, applyIt, discardIt, ...write];
    case "discard":
      return [discardIt, readIt, applyIt, ...write];
  }
}

function readPlan(planId: string): CardAct {
  return open("Lire le plan", `/plans/${planId}`, { effect: "Rien n’est fait : vous lisez chaque changement, puis vous décidez." });
}

function discard(planId: string): CardAct {
  return {
    label: "Écarter cette collecte",
    who: "ops",
    action: `/plans/${planId}/ecarter`,
    effect: french`Le catalogue reste tel qu’il est. La prochaine collecte relira le flux ; « Traité » permet de le relire tout de suite.`,
  };
}

function apply(planId: string): CardAct {
  return {
    label: "Tout appliquer",
    who: "ops",
    action: `/plans/${planId}/appliquer`,
    effect: "Le flux est accepté tel qu’il est. Le plan pourra être défait.",
  };
}

function follow(planId: string, renames: ReturnType<typeof renamesIn>): CardAct {
  const [first] = renames;
  const names = renames.map(({ from, to }) => french`« ${to} » au lieu de « ${from} »`);
  return {
    label:
      first === undefined || renames.length > 1
        ? french`Lire les ${renames.length} champs sous leur nouveau nom`
        : french`Lire « ${truncate(first.to, maxNameLength)} » au lieu de « ${truncate(first.from, maxNameLength)} »`,
    who: "ops",
    action: `/plans/${planId}/suivre`,
    effect: french`Le connecteur lit ${joinedWithAnd(names)}, et le même flux est relu. Si plus rien ne le retient, il s'applique tout seul ; la version d'avant du connecteur peut être reprise.`,
  };
}

function withoutFields(planId: string, fields: ReturnType<typeof brokenFields>): CardAct {
  const names = joinedWithAnd(fields.map((field) => french`« ${fieldName(field)} »`));
  return {
    label: french`Appliquer le reste, sauf ${names}`,
    who: "ops",
    action: `/plans/${planId}/sauf-champs`,
    fields: { champs: fields.join(",") },
    effect: french`${fields.length === 1 ? "Ce champ garde ses" : "Ces champs gardent leurs"} dernières valeurs jusqu'à ce que le flux soit de nouveau comme avant. Le plan pourra être défait.`,
  };
}

/** Returns the card of a plan that a colleague asked ops to apply. */
export function requestedCard({ planId, request, ...of }: RequestedPlan): Card {
  return connectorCard(of, {
    kind: "requested",
    key: cardKey.requested({ planId }),
    cause: requestSentence(request),
    acts: [
      { ...apply(planId), label: "Appliquer le plan", effect: "Tous les changements du plan sont écrits. Le plan pourra être défait." },
      readPlan(planId),
      { ...discard(planId), label: "Écarter le plan" },
    ],
    aids: { of: "plan", planId, connector: of.connector },
  });
}
