import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import { type AidField, aidFields } from "../model/aid/aid.ts";
import { layersOf, shownContent } from "../model/aid/shown-value.ts";
import { isUnconfirmed } from "../model/aid/suggested-edit.ts";
import type { Suggestion, SuggestionRule } from "../model/aid/suggestion.ts";
import type { Objection } from "../model/plan/objection.ts";
import type { Edit, FieldChange } from "../model/plan/plan.ts";
import { type AnswerCondition, answeredValue, answers } from "../model/plan/standing-decision.ts";
import { isSure } from "../suggest/is-sure.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, personsFieldChange, type Verdict } from "./persons-change.ts";

/** The suggestions that a person accepts. */
export interface Acceptance {
  /** Null: every field with a suggestion. */
  readonly field: AidField | null;
  /** Only suggestions of this rule. */
  readonly rule?: SuggestionRule | undefined;
  /**
   * True if the person has seen the suggestion of this aid. Otherwise it is accepted for many aids: only sure ones are, and they stay
   * unconfirmed.
   */
  readonly isSeen: boolean;
  /** A value that the person chose for the field of all these aids, instead of their suggestions. */
  readonly chosen?: unknown;
  /** The aids that the chosen value is for. Null or absent: all that lack the field. */
  readonly condition?: AnswerCondition | null;
  /** Id of the standing decision that accepts them. */
  readonly decision?: string;
}

/**
 * Fills empty fields of an aid with suggestions. A suggestion that a standing decision has filled in becomes confirmed, if the person has
 * seen it. Returns an objection if nothing is suggested, or if the suggestion is not sure and nobody has seen it.
 */
export function decideSuggestion(aid: CuratedAid, wanted: Acceptance, suggestions: readonly Suggestion[], curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  const fields: Partial<Record<AidField, FieldChange>> = {};
  let objection: Objection = { code: "no-suggestion", params: { field: wanted.field ?? "" } };
  for (const field of wanted.field === null ? aidFields : [wanted.field]) {
    const decided = decideField(aid, field, wanted, suggestions, curator);
    if ("code" in decided) objection = decided.code === "no-suggestion" ? objection : decided;
    else fields[field] = decided;
  }
  if (Object.keys(fields).length === 0) return { refused: objection };
  return { change: personsChange(aid, "edit", curator, { fields }), cautions: [] };
}

function decideField(
  aid: CuratedAid,
  field: AidField,
  { rule, isSeen, chosen, condition = null, decision }: Acceptance,
  suggestions: readonly Suggestion[],
  curator: Curator,
): FieldChange | Objection {
  const { edit, kept } = layersOf(aid, field);
  const made = (value: unknown, from: Pick<Suggestion, "rule" | "evidence">): FieldChange => {
    const suggestion = { rule: from.rule, evidence: from.evidence, confirmed: isSeen, ...(decision !== undefined && { decision }) };
    const filled: Edit = { value, by: curator.by, at: curator.now.toISOString(), note: curator.note ?? null, suggestion };
    const after = { ...(kept !== undefined && { kept }), edit: filled };
    return personsFieldChange(aid, field, { incoming: value, action: "apply", after });
  };
  if (edit?.suggestion !== undefined && isSeen) {
    return isUnconfirmed(edit.suggestion) ? made(edit.value, edit.suggestion) : { code: "is-confirmed", params: { field } };
  }
  if (chosen !== undefined) {
    return mayChoose(aid, field, condition)
      ? made(answeredValue(field, chosen, shownContent(aid)), { rule: "connector-default", evidence: [] })
      : { code: "no-suggestion", params: { field } };
  }
  const ofField = suggestions.filter((one) => one.field === field && (rule === undefined || one.rule === rule));
  const [best] = isSeen ? ofField : ofField.filter(isSure);
  if (best !== undefined) return made(best.value, best);
  return { code: ofField.length === 0 ? "no-suggestion" : "not-sure", params: { field } };
}

/** Returns true if a person may choose the value for many aids: an answer fills the field, and neither a person nor the publisher has said anything about it. */
function mayChoose(aid: CuratedAid, field: AidField, condition: AnswerCondition | null): boolean {
  const isOpen = aid.edits[field] === undefined && aid.proposals[field] === undefined;
  return isOpen && answers({ condition }, field, { externalId: aid.externalId, content: shownContent(aid) });
}
