import type { Child } from "hono/jsx";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { type PlanStanding, planStandingName } from "./plan-in-french.ts";

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
