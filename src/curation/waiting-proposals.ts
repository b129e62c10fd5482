import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { type AidField, aidFields } from "../model/aid/aid.ts";
import { shownValue } from "../model/aid/shown-value.ts";

/** A change of a publisher's that waits for a person, with the three values that count. */
export interface WaitingProposal {
  /** `<aidId>:<field>` */
  readonly proposalId: string;
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly field: AidField;
  /** What the catalogue shows. */
  readonly current: unknown;
  /** What the publisher says now. */
  readonly incoming: unknown;
  /** Who corrected the field, where what is shown is a person's. */
  readonly editedBy: string | null;
  /** ISO instant of the run that proposed it. */
  readonly since: string;
  readonly runId: string;
  readonly title: string;
  /** Deadline shown of the aid. */
  readonly deadline: string | null;
}

/** Proposals on an aid, or on one of its fields. None on one that a person rejected or merged: nobody waits for an answer. */
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

/** Proposals that wait, the nearest deadline first, then those without one, then those whose deadline is past; the first `limit`, and how many there are. */
export async function waitingProposals(
  aids: AsyncIterable<readonly CuratedAid[]>,
  asked: { readonly field?: AidField; readonly limit: number; readonly today: string },
): Promise<{ readonly proposals: readonly WaitingProposal[]; readonly count: number }> {
  let proposals: WaitingProposal[] = [];
  let count = 0;
  for await (const page of aids) {
    const found = page.flatMap((aid) => proposalsOf(aid, asked.field));
    count += found.length;
    // No more of them are held than are shown: a long text has two versions here.
    proposals = [...proposals, ...found].sort((a, b) => urgency(a, asked.today) - urgency(b, asked.today)).slice(0, asked.limit);
  }
  return { proposals, count };
}

/** Days until the deadline; what has none comes after every one that is to come. */
function urgency({ deadline }: WaitingProposal, today: string): number {
  if (deadline === null) return 1e6;
  const days = (Date.parse(deadline) - Date.parse(today)) / 86_400_000;
  return days >= 0 ? days : 1e7 - days;
}
