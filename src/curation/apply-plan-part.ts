import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { AppliedPlan } from "../catalogue/plans/apply-plan.ts";
import type { PlanPart } from "../catalogue/plans/plan-part.ts";
import type { KindCounts, PlanRecord } from "../catalogue/plans/plan-reader.ts";
import type { AidField } from "../model/aid/aid.ts";
import type { Curator } from "./person-plan.ts";

/** The trial run that made a plan. A trial tests a new version of a connector. */
export interface PlanTrial {
  readonly connector: string;
  readonly runId: string;
  /** The trial became a version, so the next run would make the same changes. */
  readonly isKept: boolean;
}

/** Aids that changed after the plan was made: number, and the first external ids. */
export interface MovedAids {
  readonly count: number;
  readonly examples: readonly string[];
}

/** Result of applying a plan or a part. `left`: remaining changes by kind. `moved`: aids of the remaining changes that have moved. */
export interface AppliedPart {
  readonly applied: AppliedPlan;
  readonly left: KindCounts;
  readonly moved: MovedAids;
}

/** Reason why no change of a plan was applied. */
type NotApplied =
  | { readonly refused: "nothing-like-that" }
  | { readonly refused: "all-moved"; readonly moved: MovedAids }
  | { readonly refused: "not-kept"; readonly trial: PlanTrial };

/** Maximum number of examples of moved aids. */
const aidsNamed = 5;

/**
 * Applies a plan, or a part of it, for a person. Applies nothing and returns the reason:
 * - `nothing-like-that` if the part contains no remaining change;
 * - `all-moved` if `skipMoved` is set and every aid has moved;
 * - `not-kept` if the plan comes from a trial that did not become a version: the next run would revert the changes.
 *
 * Throws `RunFailed` `plan-closed`, or `world-moved` if an aid has moved and `skipMoved` is not set.
 */
export async function applyPlanPart(
  catalogue: Catalogue,
  planId: string,
  { now, by, note }: Curator,
  { part, skipMoved }: { readonly part?: PlanPart | undefined; readonly skipMoved?: boolean | undefined },
): Promise<AppliedPart | NotApplied> {
  const plan = await catalogue.plans.find(planId);
  const trial = plan === null ? null : await trialOfPlan(catalogue, plan);
  if (trial?.isKept === false) return { refused: "not-kept", trial };
  if (part !== undefined && isNothing(await catalogue.plans.countLeft(planId, part))) return { refused: "nothing-like-that" };
  const applied = await catalogue.plans.apply(planId, {
    token: null,
    now,
    appliedBy: by,
    ...(note !== undefined && { note }),
    ...(part && { part }),
    ...(skipMoved === true && { skipMoved }),
  });
  const left = await catalogue.plans.countLeft(planId);
  const moved = isNothing(left) ? { count: 0, examples: [] } : await catalogue.plans.moved(planId, aidsNamed);
  const { state, ...done } = applied;
  const isUnwritten = Object.values(done).every((count) => count === 0) && state !== "applied";
  return isUnwritten ? { refused: "all-moved", moved } : { applied, left, moved };
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

function isNothing(kinds: KindCounts): boolean {
  return Object.keys(kinds).length === 0;
}

/**
 * Applies a held plan without some fields. They keep their last values, in this plan and in the next runs, until the feed is right again:
 * see `FeedDecision`. The rest of the plan is discarded. Returns the applied part, which is empty if the plan changes only these fields.
 * Throws and refuses as `applyPlanPart`.
 */
export async function applyWithoutFields(
  catalogue: Catalogue,
  plan: PlanRecord & { readonly connector: string },
  curator: Curator,
  fields: readonly AidField[],
): ReturnType<typeof applyPlanPart> {
  const { planId, connector, guards } = plan;
  const { by, now, note } = curator;
  const applied = await applyPlanPart(catalogue, planId, curator, { part: { exceptFields: fields } });
  if ("refused" in applied && applied.refused !== "nothing-like-that") return applied;
  for (const field of fields) {
    const paths = guards.flatMap(({ code, params }) =>
      code === "path-missing" && params?.path !== undefined && String(params.fields).split(",").includes(field)
        ? [String(params.path)]
        : [],
    );
    await catalogue.feedDecisions.add({ connector, kind: "hold", subject: field, paths, note: note ?? null, by, at: now.toISOString() });
  }
  await catalogue.plans.close(planId, "discarded", curator);
  return "refused" in applied ? nothingApplied : applied;
}

const nothingApplied: AppliedPart = {
  applied: { created: 0, updated: 0, withdrawn: 0, removed: 0, state: "discarded" },
  left: {},
  moved: { count: 0, examples: [] },
};
