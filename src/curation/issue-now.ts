import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { IssueGroup } from "../model/run/run-report.ts";
import { countOfIssue } from "../model/run/set-aside.ts";

/** An issue in the last report of a connector that read anything. */
export interface IssueNow {
  /** Records that have it: it comes back when there are more. 0: there is no such issue. */
  readonly upTo: number;
  /** All that the report has. */
  readonly issues: readonly IssueGroup[];
}

/** How often a connector's last report has an issue, of a field or of any: what is known when it is set aside. */
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
