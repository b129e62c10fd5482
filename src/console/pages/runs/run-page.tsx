import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import { RunBadge } from "../../parts/badge.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { formatDateTime, formatDuration } from "../../parts/time.ts";
import { pageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { readRun, readRunView, runTitle } from "./read-run.ts";
import { RunActs } from "./run-acts.tsx";
import { RunBudget } from "./run-budget.tsx";
import { RunChanges } from "./run-changes.tsx";
import { RunCounts } from "./run-counts.tsx";
import { RunFeed, RunRequest } from "./run-facts.tsx";
import { RunFields, UnmappedWords } from "./run-fields.tsx";
import { RunIssues } from "./run-issues.tsx";
import { RunLosses } from "./run-losses.tsx";
import { RunOutcome, RunWarnings } from "./run-outcome.tsx";
import { RunProgress, RunStages } from "./run-progress.tsx";

/** Renders a run: outcome, next step, feed, changes and progress. */
export const runPage = pageRoute("/collectes/:run", "read", answerRun);

async function answerRun(visit: Visit) {
  const run = await readRun(visit);
  const view = await readRunView(visit, run);
  const { report } = run;
  return {
    title: runTitle(run),
    breadcrumb: [{ title: "Collectes", href: "/collectes" }],
    menuPath: "/collectes",
    content: (
      <>
        <h1 class="fr-mb-1w">
          Collecte de <a href={`/connecteurs/${run.connector}`}>{run.name}</a>
        </h1>
        <p>
          <RunBadge {...run} since={view.since} rejected={report?.counts.rejected ?? null} warnings={report?.warnings.length ?? null} />{" "}
          {headline(run)}
        </p>
        {run.state === "ended" ? <RunOutcome view={view} /> : <RunProgress view={view} now={visit.now} />}
        <RunActs view={view} csrf={visit.csrf} />
        {report !== null && (
          <>
            <RunWarnings report={report} />
            <RunCounts report={report} keepWhen={view.keepWhen} />
            <RunChanges catalogue={visit.catalogue} view={view} report={report} />
            <RunIssues report={report} view={view} />
            <RunLosses report={report} />
            <div class="moisson-halves">
              <UnmappedWords report={report} />
              <div>
                <RunFields report={report} />
                <RunFeed view={view} />
              </div>
            </div>
          </>
        )}
        {report === null ? (
          <div class="moisson-halves">
            <RunFeed view={view} />
            <RunRequest view={view} />
          </div>
        ) : (
          <Collapsible summary="Qui l’a demandée, durée de chaque étape, ressources consommées">
            <RunRequest view={view} />
            <div class="moisson-halves">
              <RunStages report={report} />
              <RunBudget report={report} />
            </div>
          </Collapsible>
        )}
      </>
    ),
  };
}

function headline({ state, startedAt, report }: RunRecord): string {
  if (state === "queued") return `Demandée le ${formatDateTime(startedAt)}`;
  return `Le ${formatDateTime(startedAt)}${report === null ? "" : `, en ${formatDuration(report.durationMs)}`}`;
}
