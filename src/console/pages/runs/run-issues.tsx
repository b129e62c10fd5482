import type { Child } from "hono/jsx";
import { counted } from "../../../french/typography.ts";
import type { IssueGroup, RunReport } from "../../../model/run/run-report.ts";
import { IssueTable } from "./issue-table.tsx";
import type { RunView } from "./read-run-view.ts";
import { severities } from "./severities.ts";

/** Groups shown of each severity, and examples of each group; the page of all issues has the rest. */
const groupsShown = 12;
const examplesShown = 3;

/** What was met in the records: what rejects them, what wants a look, what is only said; those that are set aside stand by themselves. */
export function RunIssues({ report, view }: { readonly report: RunReport; readonly view: RunView }): Child {
  const { issues, runId } = report;
  const { asides, mayAct } = view;
  if (issues.length === 0) return null;
  const isOpen = (group: IssueGroup) => !asides.has(group);
  const table = { runId, asides, mayAct, examples: examplesShown };
  return (
    <>
      <h2 id="anomalies" class="fr-mt-4w">
        Anomalies
      </h2>
      {severities.map(({ severity, title, explained }) => {
        const groups = issues.filter((group) => group.severity === severity && isOpen(group));
        if (groups.length === 0) return null;
        return (
          <>
            <h3 class="fr-mb-1v">{title}</h3>
            <p class="moisson-mention fr-mb-1w">{explained}</p>
            <IssueTable {...table} caption={`${title}, ${counted(groups.length, "sorte")}`} groups={groups.slice(0, groupsShown)} />
          </>
        );
      })}
      {asides.size > 0 && (
        <>
          <h3>Mises de côté</h3>
          <IssueTable {...table} caption="Anomalies mises de côté" groups={[...asides.keys()].slice(0, groupsShown)} />
        </>
      )}
      <p>
        <a class="fr-link fr-icon-arrow-right-line fr-link--icon-right" href={`/collectes/${runId}/anomalies`}>
          Voir toutes les anomalies, avec tous leurs exemples
        </a>
      </p>
    </>
  );
}
