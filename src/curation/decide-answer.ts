import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { type AidField, aidFields } from "../model/aid/aid.ts";
import { layersOf } from "../model/aid/shown-value.ts";
import type { FieldChange } from "../model/plan/plan.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, personsFieldChange, refused, type Verdict } from "./persons-change.ts";

/** A person's answer to a proposal. */
export type Answer = "accept" | "refuse";

/**
 * Answers proposals on the wanted fields of an aid, or on all fields (null). `accept` shows the publisher's value and removes an edit of
 * the field. `refuse` keeps the shown value; the publisher's next change makes a new proposal.
 */
export function decideAnswer(aid: CuratedAid, answer: Answer, wanted: readonly AidField[] | null, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  const fields: Partial<Record<AidField, FieldChange>> = {};
  for (const field of wanted ?? aidFields) {
    const { proposal, ...rest } = layersOf(aid, field);
    if (proposal !== undefined) fields[field] = answered(aid, field, answer, rest);
    else if (wanted !== null) return refused("no-proposal", { field });
  }
  if (Object.keys(fields).length === 0) return refused("no-proposal", { field: "" });
  return { change: personsChange(aid, answer, curator, { fields }), cautions: [] };
}

function answered(aid: CuratedAid, field: AidField, answer: Answer, rest: FieldChange["after"]): FieldChange {
  const incoming = aid.imported[field];
  if (answer === "accept") return personsFieldChange(aid, field, { incoming, action: "apply", after: {} });
  return personsFieldChange(aid, field, { incoming, action: "keep", after: rest ?? {} });
}
