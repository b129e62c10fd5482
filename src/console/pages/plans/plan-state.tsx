import type { Child } from "hono/jsx";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { counted, french } from "../../../french/typography.ts";
import type { PlanCounts, PlanOrigin, PlanState } from "../../../model/plan/plan.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";

/** Where a plan stands: `held`, where a guard asks a person to decide. */
type PlanStanding = PlanState | "held";

const standings: Readonly<Record<PlanStanding, readonly [word: string, sentence: string]>> = {
  held: ["retenu", french`Un garde-fou le retient : rien n'en est appliqué avant qu'une personne en décide.`],
  open: ["à décider", french`Rien n'en est encore appliqué : il attend la décision d'une personne.`],
  "part-applied": ["appliqué en partie", "Une partie est appliquée ; le reste attend une décision."],
  applied: ["appliqué", "Tout est appliqué."],
  discarded: ["écarté", french`Quelqu'un l'a écarté : il n'en reste rien à appliquer.`],
  overtaken: ["remplacé", french`Le catalogue a changé, ou un plan plus récent le remplace : il ne s'applique plus.`],
};

const origins: Readonly<Record<PlanOrigin, string>> = {
  run: "collecte",
  undo: "retour en arrière",
  curator: "personne",
  adopt: "reprise d’un site",
};

/** Where a plan stands, in a word. */
export function planStandingName(standing: PlanStanding): string {
  return standings[standing][0];
}

/** Where a plan stands, in a sentence. */
export function planStandingMessage(standing: PlanStanding): string {
  return standings[standing][1];
}

/** Where a plan comes from, in a word. */
export function planOriginName(origin: PlanOrigin): string {
  return origins[origin];
}

/** What a plan leaves as it is, in words: those that it does nothing about; empty where there are none. */
export function leftAloneMessage({ unchanged, ignored, missing, withdrawn, proposals }: PlanCounts): string {
  // Who is withdrawn now no longer waits for it: said once.
  const waiting = Math.max(missing - withdrawn, 0);
  const said = [
    ...(proposals > 0 ? [counted(proposals, "changement proposé à un relecteur", "changements proposés à un relecteur")] : []),
    ...(unchanged > 0 ? [counted(unchanged, "aide inchangée", "aides inchangées")] : []),
    ...(ignored > 0
      ? [counted(ignored, "aide laissée de côté (rejetée ou fusionnée)", "aides laissées de côté (rejetées ou fusionnées)")]
      : []),
    ...(waiting > 0
      ? [counted(waiting, "aide absente du flux, retirée après un délai", "aides absentes du flux, retirées après un délai")]
      : []),
  ];
  return said.join(", ");
}

const tones: Readonly<Record<PlanStanding, Tone>> = {
  held: "warning",
  open: "info",
  "part-applied": "info",
  applied: "success",
  discarded: "neutral",
  overtaken: "neutral",
};

/** True where something of a plan is left to decide. */
export function isOpen({ state }: PlanRecord): boolean {
  return state === "open" || state === "part-applied";
}

/** Where a plan stands: its state, or that a guard holds it. */
export function standingOf(plan: PlanRecord): PlanStanding {
  return plan.state === "open" && plan.guards.length > 0 ? "held" : plan.state;
}

/** Where a plan stands, in a word. */
export function PlanBadge({ plan }: { readonly plan: PlanRecord }): Child {
  const standing = standingOf(plan);
  return <Badge tone={tones[standing]} label={planStandingName(standing)} />;
}
