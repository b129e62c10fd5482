import type { Child } from "hono/jsx";
import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { PlanRecord } from "../../../catalogue/plans/plan-reader.ts";
import { guardMessage } from "../../../french/outcomes.ts";
import { sentence } from "../../../french/typography.ts";
import type { PastRun } from "../../../ingest/plan/guard-facts.ts";
import { guardSeries } from "../../../ingest/plan/guard-series.ts";
import { pastRunOf, runsLearnedFrom } from "../../../ingest/plan/past-run.ts";
import type { GuardFinding } from "../../../model/plan/plan.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { GuardChart } from "./guard-chart.tsx";
import { isOpen } from "./plan-badge.tsx";

/** What guards saw of a plan, beside what they saw in the runs before it. */
export async function GuardAccount({ catalogue, plan }: { readonly catalogue: Catalogue; readonly plan: PlanRecord }): Promise<Child> {
  const { guards, warnings } = plan;
  if (guards.length + warnings.length === 0) return null;
  const past = await pastOf(catalogue, plan);
  const day = parisDay(plan.createdAt);
  return (
    <section aria-labelledby="garde-fous">
      {guards.length > 0 && (
        <>
          <h2 id="garde-fous">{isOpen(plan) ? "Pourquoi ce plan attend" : "Pourquoi ce plan a été retenu"}</h2>
          <ul class="fr-raw-list">
            {guards.map((finding, place) => (
              <Finding finding={finding} past={past} day={day} id={`garde-fou-${place}`} />
            ))}
          </ul>
        </>
      )}
      {warnings.length > 0 && (
        <>
          <h2 id={guards.length > 0 ? undefined : "garde-fous"}>À regarder</h2>
          <ul class="fr-raw-list">
            {warnings.map((finding, place) => (
              <Finding finding={finding} past={past} day={day} id={`remarque-${place}`} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Finding({
  finding,
  past,
  day,
  id,
}: {
  readonly finding: GuardFinding;
  readonly past: readonly PastRun[];
  readonly day: string;
  readonly id: string;
}): Child {
  const series = guardSeries(finding, past);
  return (
    <li class="fr-mb-2w">
      <p class="fr-text--bold fr-mb-1w">{sentence(guardMessage(finding))}</p>
      {series !== null && <GuardChart series={series} day={day} id={id} />}
    </li>
  );
}

/** The runs that the guards learned from: those that were applied when the plan was made. */
async function pastOf({ runs }: Catalogue, { connector, runId, createdAt }: PlanRecord): Promise<readonly PastRun[]> {
  if (connector === null || runId === null) return [];
  const reports = await runs.lastReports(connector, runsLearnedFrom, { runId, at: createdAt });
  return reports.map(({ report, appliedAt }) => pastRunOf(report, appliedAt));
}
