import type { Child } from "hono/jsx";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { remarkMessage } from "../../../french/plans.ts";
import { sentence } from "../../../french/typography.ts";
import type { RemarkCode } from "../../../model/plan/plan.ts";

/** What a plan says of aids and does nothing about: a sentence for each kind, and where all of them are listed. */
export async function PlanRemarks({ catalogue, plan }: { readonly catalogue: Catalogue; readonly plan: PlanRecord }): Promise<Child> {
  const told = Object.entries(await catalogue.plans.countRemarks(plan.planId)) as [RemarkCode, number][];
  if (told.length === 0) return null;
  return (
    <section aria-labelledby="remarques">
      <h2 id="remarques">Ce que ce plan signale</h2>
      <ul>
        {told.map(([code, count]) => (
          <li>{sentence(remarkMessage(code, count))}</li>
        ))}
      </ul>
      <p>
        <a class="fr-link" href={`/plans/${plan.planId}/remarques`}>
          Voir les aides concernées
        </a>
      </p>
    </section>
  );
}
