import type { Child } from "hono/jsx";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { issueMessage } from "../../../french/issues.ts";
import { setAsideMessage } from "../../../french/monitoring.ts";
import { placeMessage } from "../../../french/places.ts";
import { counted, french, sentence } from "../../../french/typography.ts";
import type { IssueParams, Severity } from "../../../model/issue.ts";
import type { IssueGroup, RunReport } from "../../../model/run/run-report.ts";
import type { SetAside } from "../../../model/run/set-aside.ts";
import { Pager } from "../../lists/pager.tsx";
import { Collapsible } from "../../parts/collapsible.tsx";
import { Link } from "../../parts/link.tsx";
import { formatNumber, Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/time.ts";
import { pageRoute } from "../../route.ts";
import { hasRole, type Visit } from "../../visit.ts";
import { type RunView, readAsides, readRun, recordAddress, runBreadcrumb } from "./read-run.ts";

/** Max groups for each severity, and max examples of each group. The page of all issues has the rest. */
const groupsShown = 12;
const examplesShown = 3;

/** Renders the issues by severity. Those that need no act are folded. Issues that are set aside have a section of their own. */
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
        const kinds = counted(groups.length, "sorte d’anomalies", "sortes d’anomalies");
        const issueTable = <IssueTable {...table} caption={`${title}, ${kinds}`} groups={groups.slice(0, groupsShown)} />;
        if (severity === "info") return <Collapsible summary={french`${title} : ${kinds}. ${explained}`}>{issueTable}</Collapsible>;
        return (
          <>
            <h3 class="fr-mb-1v">{title}</h3>
            <p class="moisson-mention fr-mb-1w">{explained}</p>
            {issueTable}
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
        <Link
          href={`/collectes/${runId}/anomalies`}
          label="Voir toutes les anomalies, avec tous leurs exemples"
          icon="fr-icon-arrow-right-line fr-link--icon-right"
        />
      </p>
    </>
  );
}

/** Severities of issues, worst first, with a title and an explanation. */
const severities: readonly { readonly severity: Severity; readonly title: string; readonly explained: string }[] = [
  { severity: "error", title: "Rejets", explained: "L’enregistrement n’a pas pu être gardé." },
  {
    severity: "warning",
    title: "À regarder",
    explained: "L’aide est gardée ; ce qui n’a pas pu être lu est laissé vide, ou mérite un coup d’œil.",
  },
  { severity: "info", title: "Pour information", explained: "L’aide est gardée, et rien n’est à faire." },
];

/** Renders groups of issues as a table: count, field, meaning and example records. */
function IssueTable(given: {
  readonly runId: string;
  readonly caption: string;
  readonly groups: readonly IssueGroup[];
  readonly asides: ReadonlyMap<IssueGroup, SetAside>;
  readonly mayAct: boolean;
  /** Max examples of each group. */
  readonly examples: number;
}): Child {
  const { runId, caption, groups, asides, mayAct, examples } = given;
  return (
    <Table caption={caption} isCaptionHidden head={[{ title: "Nombre", isNumber: true }, "Champ", "Anomalie", "Exemples"]}>
      {groups.map((group) => (
        <tr>
          <td class="fr-cell--right">{formatNumber(group.count)}</td>
          <td>{group.field === null ? "tous" : <OneWord text={truncate(fieldNameOrKey(group.field), 80)} />}</td>
          <td class="moisson-sentence">
            {sentence(issueMessage(group.code, sharedParams(group)))}
            <Aside runId={runId} group={group} aside={asides.get(group)} mayAct={mayAct} />
          </td>
          <td>
            <Examples runId={runId} group={group} max={examples} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Renders who set the issue aside and until when, or the link to do so. */
function Aside(given: {
  readonly runId: string;
  readonly group: IssueGroup;
  readonly aside: SetAside | undefined;
  readonly mayAct: boolean;
}): Child {
  const { runId, group, aside, mayAct } = given;
  const address = `/collectes/${runId}/mettre-de-cote?${new URLSearchParams({ code: group.code, champ: group.field ?? "" })}`;
  return (
    <>
      {aside !== undefined && <p class="moisson-mention fr-mb-0">{sentence(setAsideMessage(aside))}</p>}
      {mayAct && (
        <p class="fr-mb-0">
          <a class="fr-link fr-link--sm" href={address}>
            {aside === undefined ? "Mettre de côté" : "Revoir ou reprendre"}
            <span class="fr-sr-only">{` : ${issueMessage(group.code, sharedParams(group))}`}</span>
          </a>
        </p>
      )}
    </>
  );
}

/** Renders a short text that must not be broken at the end of a line, because columns are narrow. */
function OneWord({ text }: { readonly text: string }): Child {
  return text.length > 28 ? text : <span class="moisson-unbroken">{text}</span>;
}

function Examples({ runId, group, max }: { readonly runId: string; readonly group: IssueGroup; readonly max: number }): Child {
  const shown = group.examples.filter(({ locator, value }) => locator !== null || value !== null).slice(0, max);
  if (shown.length === 0) return "le flux dans son ensemble";
  return (
    <ul class="moisson-examples">
      {shown.map(({ locator, value }) => (
        <li>
          {locator !== null && (
            <a href={recordAddress(runId, locator)}>
              <OneWord text={placeMessage(locator)} />
            </a>
          )}
          {locator !== null && value !== null && french` : `}
          {value !== null && <span class="moisson-mention">{french`« ${truncate(value, 80)} »`}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Returns the parameters that all examples of a group share, so that one sentence can describe the group. */
export function sharedParams({ examples: [first, ...others] }: Pick<IssueGroup, "examples">): IssueParams {
  if (first === undefined) return {};
  return Object.fromEntries(Object.entries(first.params).filter(([name, value]) => others.every(({ params }) => params[name] === value)));
}

const groupsPerPage = 100;

/** Lists all issues of a run, with all stored examples. */
export const issuesPage = pageRoute("/collectes/:run/anomalies", "read", answerIssues);

async function answerIssues(visit: Visit) {
  const run = await readRun(visit);
  const { report, runId } = run;
  const issues = report?.issues ?? [];
  const pages = Math.max(1, Math.ceil(issues.length / groupsPerPage));
  const page = Math.min(pages, Math.max(1, Number.parseInt(visit.query.get("page") ?? "1", 10) || 1));
  const records = issues.reduce((sum, { count }) => sum + count, 0);
  return {
    title: "Anomalies",
    breadcrumb: runBreadcrumb(run),
    menuPath: "/collectes",
    content: (
      <>
        <h1>Anomalies de la collecte, {run.name}</h1>
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
              groups={issues.slice((page - 1) * groupsPerPage, page * groupsPerPage)}
              asides={await readAsides(visit, report)}
              mayAct={hasRole(visit, "ops")}
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
