import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../catalogue/plans/plan-reader.ts";

/** The trial of a connector's change that a plan comes from. */
export interface PlanTrial {
  readonly connector: string;
  readonly runId: string;
  /** It became a version: what the plan does is what the next run would do. */
  readonly isKept: boolean;
}

/** The trial that a plan comes from; null where it comes from none. */
export async function trialOfPlan(
  { runs, connectorVersions }: Pick<Catalogue, "runs" | "connectorVersions">,
  { origin, connector, runId }: Pick<PlanRecord, "origin" | "connector" | "runId">,
): Promise<PlanTrial | null> {
  if (origin !== "run" || connector === null || runId === null) return null;
  const { trial, after = 0 } = ((await runs.find(runId))?.options ?? {}) as { readonly trial?: number; readonly after?: number };
  return trial === undefined ? null : { connector, runId, isKept: await connectorVersions.isTrialKept(connector, trial, after) };
}
