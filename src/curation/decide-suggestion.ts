import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { AidField } from "../model/aid/aid.ts";
import { sameValue } from "../model/aid/same-value.ts";
import { layersOf, shownContent } from "../model/aid/shown-value.ts";
import { isUnconfirmed } from "../model/aid/suggested-edit.ts";
import type { SuggestionRule } from "../model/aid/suggestion.ts";
import type { Edit, SuggestedBy } from "../model/plan/plan.ts";
import { answeredValue, answers, type StandingDecision } from "../model/plan/standing-decision.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, personsFieldChange, refused, type Verdict } from "./persons-change.ts";
import { suggestionsOf } from "./waiting-suggestions.ts";

/**
 * Fills an empty field of an aid with its best suggestion, of a rule if one is given. Confirms a value that an answer has filled in. Returns
 * an objection if nothing is suggested.
 */
export function decideSuggestion(aid: CuratedAid, field: AidField, curator: Curator, rule?: SuggestionRule): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  const { edit } = layersOf(aid, field);
  if (edit?.suggestion !== undefined) {
    const { rule: of, evidence } = edit.suggestion;
    if (!isUnconfirmed(edit.suggestion)) return refused("is-confirmed", { field });
    return filled(aid, field, edit.value, { rule: of, evidence, confirmed: true }, curator);
  }
  const best = suggestionsOf(aid).find((one) => one.field === field && (rule === undefined || one.rule === rule));
  if (best === undefined) return refused("no-suggestion", { field });
  return filled(aid, field, best.value, { rule: best.rule, evidence: best.evidence, confirmed: true }, curator);
}

/** A person's answer for a field of many aids. `former`: ids of the answers whose values it replaces. */
interface GivenAnswer extends Pick<StandingDecision, "id" | "value" | "condition"> {
  readonly field: AidField;
  readonly former?: ReadonlySet<string>;
}

/**
 * Fills a field of an aid with an answer for many aids. Replaces the value of a former answer; takes it away if the answer leaves out the
 * aid. Returns an objection if the answer does not fill the field, or if a person or the publisher has said anything about it.
 */
export function decideFill(aid: CuratedAid, { id, field, value, condition, former }: GivenAnswer, curator: Curator): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  const none = refused("no-suggestion", { field });
  const { [field]: edit, ...others } = aid.edits;
  const isReplaced = isUnconfirmed(edit?.suggestion) && former?.has(edit?.suggestion?.decision ?? "") === true;
  if (isReplaced && condition?.except?.includes(aid.externalId)) return changed(aid, field, null, curator);
  if ((edit !== undefined && !isReplaced) || aid.proposals[field] !== undefined) return none;
  const content = shownContent({ ...aid, edits: others });
  if (!answers({ value, condition }, field, { externalId: aid.externalId, content })) return none;
  const given = answeredValue(field, value, content);
  if (isReplaced && sameValue(field, given, edit?.value)) return none;
  return filled(aid, field, given, { rule: "connector-default", evidence: [], confirmed: false, decision: id }, curator);
}

function filled(aid: CuratedAid, field: AidField, value: unknown, suggestion: SuggestedBy, curator: Curator): Verdict {
  return changed(aid, field, { value, by: curator.by, at: curator.now.toISOString(), note: curator.note ?? null, suggestion }, curator);
}

/** Changes the edit of a field. Null: takes it away. */
function changed(aid: CuratedAid, field: AidField, edit: Edit | null, curator: Curator): Verdict {
  const { kept } = layersOf(aid, field);
  const after = { ...(kept !== undefined && { kept }), ...(edit !== null && { edit }) };
  const incoming = edit === null ? (kept ?? aid.imported[field]) : edit.value;
  const fields = { [field]: personsFieldChange(aid, field, { incoming, action: "apply", after }) };
  return { change: personsChange(aid, "edit", curator, { fields }), cautions: [] };
}
