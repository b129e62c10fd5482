import type { IssueGroup, RunReport } from "./run-report.ts";

/** A known issue of a connector, the warning that it is silent, or a decision of the first page, which ops hide until a day. */
export interface SetAside {
  readonly id: string;
  readonly connector: string;
  /** `card`: a decision of the first page. */
  readonly what: "issue" | "silence" | "card";
  /** Only for an issue. */
  readonly issueCode: string | null;
  /** Field of an issue, or null for every field. Key of a card. */
  readonly field: string | null;
  /** It is shown again if more records than this have the issue, or if the connector is silent in more ways than this. */
  readonly upTo: number | null;
  /** Day on which it is shown again, `YYYY-MM-DD`. */
  readonly until: string;
  readonly reason: string;
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  /** Name of the person who is to decide a card, or null. */
  readonly assignedTo?: string | null;
}

/** Counts the records with an issue in one field, or in any. */
export function countOfIssue(groups: readonly IssueGroup[], code: string, field: string | null): number {
  let count = 0;
  for (const group of groups) if (group.code === code && (field === null || group.field === field)) count += group.count;
  return count;
}

/** Returns the issue groups of a report that are set aside today: `until` is a later day, and `upTo` is not exceeded. */
export function asidesIn(
  report: Pick<RunReport, "connector" | "issues">,
  setAsides: readonly SetAside[],
  today: string,
): ReadonlyMap<IssueGroup, SetAside> {
  const asides = new Map<IssueGroup, SetAside>();
  for (const aside of setAsides) {
    const { connector, issueCode, field, upTo, until } = aside;
    if (connector !== report.connector || issueCode === null || until <= today) continue;
    if (upTo !== null && countOfIssue(report.issues, issueCode, field) > upTo) continue;
    for (const group of report.issues) if (group.code === issueCode && (field === null || group.field === field)) asides.set(group, aside);
  }
  return asides;
}

/** Returns the entry that hides the warning about a silent connector today, or null. `kinds`: in how many ways the connector is silent. */
export function asideOfSilence(connector: string, kinds: number, setAsides: readonly SetAside[], today: string): SetAside | null {
  return setAsides.find((aside) => isSilenceOf(aside, connector) && today < aside.until && kinds <= (aside.upTo ?? kinds)) ?? null;
}

/** Days after which nobody is expected to decide an assigned card any more. */
const assignedDays = 14;

/** What a person has said about a card: the entry, and whether it hides the card today. */
export interface AsideOfCard {
  readonly aside: SetAside;
  readonly isHidden: boolean;
}

/** Returns the entries in force today, by the key of their card. */
export function asidesOfCards(setAsides: readonly SetAside[], now: Date, today: string): ReadonlyMap<string, AsideOfCard> {
  const lapsed = new Date(now.getTime() - assignedDays * 86_400_000).toISOString();
  const found = new Map<string, AsideOfCard>();
  for (const aside of setAsides) {
    const { what, field, until, assignedTo = null, at } = aside;
    if (what !== "card" || field === null) continue;
    const isHidden = today < until;
    if (isHidden || (assignedTo !== null && at > lapsed)) found.set(field, { aside, isHidden });
  }
  return found;
}

function isSilenceOf({ what, connector }: SetAside, of: string): boolean {
  return what === "silence" && connector === of;
}
