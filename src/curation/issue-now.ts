import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { IssueGroup } from "../model/run/run-report.ts";
import { countOfIssue } from "../model/run/set-aside.ts";

/** An issue, as counted in the connector's last report of a feed with records. */
export interface IssueNow {
  /** Number of records with the issue, or 0. An issue that is set aside is shown again above this number. */
  readonly upTo: number;
  readonly issues: readonly IssueGroup[];
}

/** Counts an issue in a connector's last report, so that it can be set aside. `field`: null for any field. */
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
