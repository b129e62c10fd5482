import type { Child } from "hono/jsx";
import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import { lossKindNames } from "../../../french/losses.ts";
import { placeMessage } from "../../../french/places.ts";
import { counted, french } from "../../../french/typography.ts";
import { lossKinds } from "../../../model/run/losses.ts";
import type { RunReport } from "../../../model/run/run-report.ts";
import { RunBadge } from "../../parts/badge.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { List } from "../../parts/list.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { formatDateTime, formatDuration, truncate } from "../../parts/time.ts";
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
        {run.state === "ended" ? <RunOutcome view={view} /> : <RunProgress view={view} visit={visit} />}
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

const groupsShown = 20;

/** Renders what the compared records contain and their aids lack, with examples. */
function RunLosses({ report: { losses, connector } }: { readonly report: RunReport }): Child {
  if (losses === undefined || losses.groups.length === 0) return null;
  const totals = lossKinds.flatMap((kind) => {
    const total = losses.totals[kind];
    if (total === undefined || total.lost === 0) return [];
    return french`${lossKindNames[kind].toLowerCase()} : ${total.lost} sur ${total.found}`;
  });
  return (
    <>
      <h2 class="fr-mt-4w">Ce que les aides ne reprennent pas du flux</h2>
      <p>
        {french`Moisson a comparé ${counted(losses.measured, "aide nouvelle ou modifiée", "aides nouvelles ou modifiées")} avec le flux. Ne figurent nulle part dans les aides : ${totals.join(" ; ")}.`}{" "}
        Si ces éléments sont utiles, <a href={`/connecteurs/${connector}/definition`}>complétez la définition du connecteur</a>.
      </p>
      <details>
        <summary>Voir les champs du flux concernés</summary>
        <Table
          caption="Champs du flux dont des éléments ne figurent pas dans les aides"
          isCaptionHidden
          head={[
            { title: "Champ du flux", isRowTitle: true },
            "Élément",
            { title: "Non repris", isNumber: true },
            { title: "Aides", isNumber: true },
            "Exemples",
          ]}
          rows={losses.groups
            .slice(0, groupsShown)
            .map(({ path, kind, found, lost, records, examples }) => [
              <code>{truncate(path, 80)}</code>,
              lossKindNames[kind],
              french`${lost} sur ${found}`,
              formatNumber(records),
              <List
                class="moisson-names"
                items={examples.map(({ locator, value }) => french`${truncate(value, 100)} (${placeMessage(locator)})`)}
              />,
            ])}
        />
      </details>
    </>
  );
}
