import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../catalogue/plans/plan-reader.ts";

/** The trial run that made a plan. A trial tests a new version of a connector. */
export interface PlanTrial {
  readonly connector: string;
  readonly runId: string;
  /** The trial became a version, so the next run would make the same changes. */
  readonly isKept: boolean;
}

/** Returns the trial that made a plan, or null. */
export async function trialOfPlan(
  { runs, connectorVersions }: Pick<Catalogue, "runs" | "connectorVersions">,
  { origin, connector, runId }: Pick<PlanRecord, "origin" | "connector" | "runId">,
): Promise<PlanTrial | null> {
  if (origin !== "run" || connector === null || runId === null) return null;
  const { trial, after = 0 } = ((await runs.find(runId))?.options ?? {}) as { readonly trial?: number; readonly after?: number };
  return trial === undefined ? null : { connector, runId, isKept: await connectorVersions.isTrialKept(connector, trial, after) };
}
