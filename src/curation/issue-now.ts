import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { IssueGroup } from "../model/run/run-report.ts";
import { countOfIssue } from "../model/run/set-aside.ts";

/** An issue in a connector's last report with records. */
export interface IssueNow {
  /** Records with the issue; it returns when there are more. 0: the issue does not occur. */
  readonly upTo: number;
  /** All issues of the report. */
  readonly issues: readonly IssueGroup[];
}

/** Counts an issue in a connector's last report, in one field or in any, before it is set aside. */
export async function issueNow(
  { runs }: Pick<Catalogue, "runs">,
  connector: string,
  code: string,
  field: string | null,
): Promise<IssueNow> {
  const report = (await runs.list({ connector })).find((run) => (run.report?.counts.received ?? 0) > 0)?.report;
  const issues = report?.issues ?? [];
  return { upTo: countOfIssue(issues, code, field), issues };
}
