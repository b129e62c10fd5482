import { counted } from "../../../french/typography.ts";
import { mayAs } from "../../../model/publisher/role.ts";
import { Pager } from "../../lists/pager.tsx";
import type { PageRoute } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { IssueTable } from "./issue-table.tsx";
import { breadcrumbUnder, readRun } from "./read-run.ts";
import { readAsides } from "./read-run-view.ts";

const groupsAPage = 100;

/** All issues of a run, with all the examples that are kept. */
export const issuesPage: PageRoute = { method: "get", path: "/collectes/:run/anomalies", who: "read", answer: answerIssues };

async function answerIssues(visit: Visit) {
  const run = await readRun(visit);
  const { report, runId, connector } = run;
  const { role } = visitorOf(visit);
  const issues = report?.issues ?? [];
  const pages = Math.max(1, Math.ceil(issues.length / groupsAPage));
  const page = Math.min(pages, Math.max(1, Number.parseInt(visit.query.get("page") ?? "1", 10) || 1));
  const records = issues.reduce((sum, { count }) => sum + count, 0);
  return {
    title: "Anomalies",
    breadcrumb: breadcrumbUnder(run),
    menuPath: "/collectes",
    content: (
      <>
        <h1>Anomalies de la collecte de {connector}</h1>
        {report === null || issues.length === 0 ? (
          <p class="fr-mb-6w">
            {report === null ? "Cette collecte n’a pas (encore) rendu compte." : "Cette collecte n’a rencontré aucune anomalie."}
          </p>
        ) : (
          <>
            <p>
              {counted(issues.length, "sorte")} d’anomalies, rencontrées {counted(records, "fois", "fois")}, les plus graves d’abord.
              Jusqu’à cinq exemples sont gardés de chacune ; les <a href={`/collectes/${runId}/rejets`}>enregistrements rejetés</a> le sont
              tous.
            </p>
            <IssueTable
              runId={runId}
              caption={counted(issues.length, "sorte d’anomalies", "sortes d’anomalies")}
              groups={issues.slice((page - 1) * groupsAPage, page * groupsAPage)}
              asides={await readAsides(visit, report)}
              mayAct={role !== null && mayAs(role, "ops")}
              examples={5}
            />
            <Pager
              path={`/collectes/${runId}/anomalies`}
              page={page}
              pages={pages}
              query={(more) => new URLSearchParams(more).toString()}
            />
          </>
        )}
      </>
    ),
  };
}
