import type { IssueGroup, RunReport } from "./run-report.ts";

/** A known issue or silence of a connector that somebody has set aside until a day, because nothing is to be done about it now. */
export interface SetAside {
  readonly id: string;
  readonly connector: string;
  readonly what: "issue" | "silence";
  /** Null for a silence. */
  readonly issueCode: string | null;
  /** Null: every field. */
  readonly field: string | null;
  /** It comes back when there is more: records with the issue, kinds of silence. */
  readonly upTo: number | null;
  /** `YYYY-MM-DD`: the day on which it comes back. */
  readonly until: string;
  readonly reason: string;
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
}

/** Number of records in which a report has an issue, of a field or of any. */
export function countOfIssue(groups: readonly IssueGroup[], code: string, field: string | null): number {
  let count = 0;
  for (const group of groups) if (group.code === code && (field === null || group.field === field)) count += group.count;
  return count;
}

/** The groups of issues of a report that are set aside on a day (`YYYY-MM-DD`): that day is before the one set, and they have not grown. */
export function asidesIn(report: RunReport, setAsides: readonly SetAside[], today: string): ReadonlyMap<IssueGroup, SetAside> {
  const asides = new Map<IssueGroup, SetAside>();
  for (const aside of setAsides) {
    const { connector, issueCode, field, upTo, until } = aside;
    if (connector !== report.connector || issueCode === null || until <= today) continue;
    if (upTo !== null && countOfIssue(report.issues, issueCode, field) > upTo) continue;
    for (const group of report.issues) if (group.code === issueCode && (field === null || group.field === field)) asides.set(group, aside);
  }
  return asides;
}

/** What sets a connector's silence aside on a day; `kinds`: how many kinds of silence there are of it. Null where nothing does. */
export function asideOfSilence(connector: string, kinds: number, setAsides: readonly SetAside[], today: string): SetAside | null {
  return setAsides.find((aside) => isSilenceOf(aside, connector) && today < aside.until && kinds <= (aside.upTo ?? kinds)) ?? null;
}

function isSilenceOf({ what, connector }: SetAside, of: string): boolean {
  return what === "silence" && connector === of;
}
