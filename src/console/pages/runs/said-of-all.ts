import type { IssueParams } from "../../../model/issue.ts";
import type { IssueGroup } from "../../../model/run/run-report.ts";

/** Parameters that are the same in all examples of a group: what its sentence may say of all of them. */
export function saidOfAll({ examples: [first, ...others] }: Pick<IssueGroup, "examples">): IssueParams {
  if (first === undefined) return {};
  return Object.fromEntries(Object.entries(first.params).filter(([name, value]) => others.every(({ params }) => params[name] === value)));
}
