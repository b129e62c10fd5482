import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../catalogue/plans/plan-reader.ts";
import type { AidField } from "../model/aid/aid.ts";
import { type AppliedPart, applyPlanPart } from "./apply-plan-part.ts";
import type { Curator } from "./person-plan.ts";

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
