import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { type AidField, aidFields } from "../model/aid/aid.ts";
import { shownValue } from "../model/aid/shown-value.ts";

/** A publisher's change that waits for a person, with its three values. */
export interface WaitingProposal {
  /** `<aidId>:<field>` */
  readonly proposalId: string;
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly field: AidField;
  /** Value that the catalogue shows. */
  readonly current: unknown;
  /** The publisher's new value. */
  readonly incoming: unknown;
  /** Author of the edit, if the shown value is an edit. */
  readonly editedBy: string | null;
  /** ISO instant of the run that proposed it. */
  readonly since: string;
  readonly runId: string;
  readonly title: string;
  /** Shown deadline of the aid. */
  readonly deadline: string | null;
}

/** Returns the proposals on an aid, or on one of its fields. A rejected or merged aid has no proposals to answer. */
function proposalsOf(aid: CuratedAid, wanted?: AidField): WaitingProposal[] {
  if (aid.status === "deleted" || aid.status === "merged") return [];
  const { aidId, connector, externalId } = aid;
  return aidFields.flatMap((field) => {
    const proposal = aid.proposals[field];
    if (proposal === undefined || (wanted !== undefined && wanted !== field)) return [];
    return {
      proposalId: `${aidId}:${field}`,
      aidId,
      connector,
      externalId,
      field,
      current: shownValue(aid, field),
      incoming: aid.imported[field],
      editedBy: aid.edits[field]?.by ?? null,
      since: proposal.at,
      runId: proposal.runId,
      title: String(shownValue(aid, "name")),
      deadline: shownValue(aid, "submissionDeadline") as string | null,
    };
  });
}

/** Returns the first `limit` proposals and their total number: nearest deadline first, then without deadline, then past ones. */
export async function waitingProposals(
  aids: AsyncIterable<readonly CuratedAid[]>,
  asked: { readonly field?: AidField; readonly limit: number; readonly today: string },
): Promise<{ readonly proposals: readonly WaitingProposal[]; readonly count: number }> {
  let proposals: WaitingProposal[] = [];
  let count = 0;
  for await (const page of aids) {
    const found = page.flatMap((aid) => proposalsOf(aid, asked.field));
    count += found.length;
    // Keep only those that are shown: each may contain two versions of a long text.
    proposals = [...proposals, ...found].sort((a, b) => urgency(a, asked.today) - urgency(b, asked.today)).slice(0, asked.limit);
  }
  return { proposals, count };
}

/** Days until the deadline. Aids without a deadline sort last. */
function urgency({ deadline }: WaitingProposal, today: string): number {
  if (deadline === null) return 1e6;
  const days = (Date.parse(deadline) - Date.parse(today)) / 86_400_000;
  return days >= 0 ? days : 1e7 - days;
}
