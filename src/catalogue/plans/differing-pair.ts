import type { HeldAid, StagedAid } from "../../model/plan/plan.ts";

/** What the feed says now of an aid, and what we hold: the two differ. */
export interface DifferingPair {
  readonly staged: StagedAid;
  readonly held: HeldAid;
}
