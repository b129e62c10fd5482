import type { RunReport } from "../../src/model/run/run-report.ts";
import type { TestCatalogue } from "./catalogues.ts";
import { testNow } from "./made-aids.ts";

/** Applies the plan of a run that a guard held, as a curator who has looked at it. */
export async function applyHeld(catalogue: TestCatalogue, { outcome, planId }: RunReport): Promise<void> {
  if (outcome !== "held") return;
  await catalogue.plans.apply(planId ?? "", { token: null, now: testNow, appliedBy: "ops", note: "looked at" });
}
