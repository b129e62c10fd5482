import type { Catalogue } from "../catalogue/open-catalogue.ts";
import { countOfIssue } from "../model/run/set-aside.ts";

/**
 * Counts an issue in a connector's last report of a feed with records, so that it can be set aside. `field`: null for any field. It is shown
 * again when more than `upTo` records have it.
 */
export async function countIssueInLastReport({ runs }: Pick<Catalogue, "runs">, connector: string, code: string, field: string | null) {
  const report = (await runs.list({ connector })).find((run) => (run.report?.counts.received ?? 0) > 0)?.report;
  const issues = report?.issues ?? [];
  return { upTo: countOfIssue(issues, code, field), issues };
}
