import type { GuardFinding } from "../../aid/plan.ts";

/** What a guard looks at. */
export interface GuardedRun {
  readonly received: number;
  readonly valid: number;
  readonly skipped: number;
  /** Fewest records of a healthy feed; null where none is said or the feed was given by hand. */
  readonly atLeast: number | null;
}

/** Checks on the whole plan. One that finds something holds the run: nothing is written, yesterday's catalogue stays. */
export function checkGuards(run: GuardedRun): GuardFinding[] {
  if (run.received === 0) return [{ code: "nothing-received", found: 0, limit: 1, examples: [] }];
  if (run.valid === 0) return [{ code: "none-valid", found: 0, limit: 1, examples: [] }];
  if (run.atLeast !== null && run.valid < run.atLeast) {
    return [{ code: "fewer-than-expected", found: run.valid, limit: run.atLeast, examples: [] }];
  }
  return [];
}
