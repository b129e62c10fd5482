import type { Child } from "hono/jsx";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { counted, french } from "../../../french/typography.ts";
import { isHeldAsFirst } from "../../../model/plan/guard.ts";
import type { PlanCounts, PlanOrigin, PlanState } from "../../../model/plan/plan.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";

/** State of a plan as shown. `held`: the plan is open, and a guard holds it; `first`: only because it is the first plan of a draft. */
type ShownState = PlanState | "held" | "first";

const stateWords: Readonly<Record<ShownState, readonly [word: string, sentence: string]>> = {
  held: ["retenu", french`Un garde-fou le retient : rien n'en est appliqué avant qu'une personne en décide.`],
  first: ["retenu", french`C'est une première collecte : rien n'entre au catalogue avant qu'une personne ait relu et appliqué ce plan.`],
  open: ["à décider", french`Rien n'en est encore appliqué : il attend la décision d'une personne.`],
  "part-applied": ["appliqué en partie", "Une partie est appliquée ; le reste attend une décision."],
  applied: ["appliqué", "Tout est appliqué."],
  discarded: ["écarté", french`Quelqu'un l'a écarté : il n'en reste rien à appliquer.`],
  overtaken: ["remplacé", french`Le catalogue a changé, ou un plan plus récent le remplace : il ne s'applique plus.`],
};

export const planOriginLabels: Readonly<Record<PlanOrigin, string>> = {
  run: "collecte",
  undo: "retour en arrière",
  curator: "personne",
  adopt: "reprise d’un site",
  territories: "édition des territoires",
  publisher: "producteur",
  move: "passage à un autre connecteur",
};

export function planStateName(state: ShownState): string {
  return stateWords[state][0];
}

export function planStateMessage(state: ShownState): string {
  return stateWords[state][1];
}

/** Returns the numbers of proposals and unchanged aids as text; "" for none. */
export function unchangedMessage({ unchanged, ignored, missing, withdrawn, proposals }: PlanCounts): string {
  // `missing` includes the aids that this plan withdraws.
  const waiting = Math.max(missing - withdrawn, 0);
  const messages = [
    ...(proposals > 0 ? [counted(proposals, "changement proposé à un relecteur", "changements proposés à un relecteur")] : []),
    ...(unchanged > 0 ? [counted(unchanged, "aide inchangée", "aides inchangées")] : []),
    ...(ignored > 0
      ? [counted(ignored, "aide laissée de côté (rejetée ou fusionnée)", "aides laissées de côté (rejetées ou fusionnées)")]
      : []),
    ...(waiting > 0
      ? [counted(waiting, "aide absente du flux, retirée après un délai", "aides absentes du flux, retirées après un délai")]
      : []),
  ];
  return messages.join(", ");
}

const tones: Readonly<Record<ShownState, Tone>> = {
  held: "warning",
  first: "info",
  open: "info",
  "part-applied": "info",
  applied: "success",
  discarded: "neutral",
  overtaken: "neutral",
};

/** Tells whether a plan has pending changes. */
export function isOpen({ state }: PlanRecord): boolean {
  return state === "open" || state === "part-applied";
}

/** Returns the state of a plan, or `held` or `first` if a guard holds it. */
export function shownState({ state, guards }: PlanRecord): ShownState {
  if (state !== "open" || guards.length === 0) return state;
  return isHeldAsFirst(guards) ? "first" : "held";
}

export function PlanBadge({ plan }: { readonly plan: PlanRecord }): Child {
  const state = shownState(plan);
  return <Badge tone={tones[state]} label={planStateName(state)} />;
}
