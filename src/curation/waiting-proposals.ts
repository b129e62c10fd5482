import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { type AidField, aidFields } from "../model/aid/aid.ts";
import { shownValue } from "../model/aid/shown-value.ts";

/** A publisher's change that waits for a person. `editedBy`: author of the edit, if the shown value is an edit; `since`: ISO instant of the run that made the proposal. */
export type WaitingProposal = ReturnType<typeof proposalsOf>[number];

/** Returns the open proposals on an aid, or on one of its fields. Empty for a rejected or merged aid. */
function proposalsOf(aid: CuratedAid, wanted?: AidField) {
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

/** Returns the first `limit` proposals, and the number of all. Order: nearest deadline, no deadline, past deadline. */
export async function waitingProposals(
  aids: AsyncIterable<readonly CuratedAid[]>,
  { field, limit, today }: { readonly field?: AidField; readonly limit: number; readonly today: string },
): Promise<{ readonly proposals: readonly WaitingProposal[]; readonly count: number }> {
  let proposals: WaitingProposal[] = [];
  let count = 0;
  for await (const page of aids) {
    const found = page.flatMap((aid) => proposalsOf(aid, field));
    count += found.length;
    // Keep only the proposals that are shown, because each may contain two versions of a long text.
    proposals = [...proposals, ...found].sort((a, b) => urgency(a, today) - urgency(b, today)).slice(0, limit);
  }
  return { proposals, count };
}

/** Returns a sort key: days until the deadline, more without a deadline, most for a past deadline. */
function urgency({ deadline }: WaitingProposal, today: string): number {
  if (deadline === null) return 1e6;
  const days = (Date.parse(deadline) - Date.parse(today)) / 86_400_000;
  return days >= 0 ? days : 1e7 - days;
}
