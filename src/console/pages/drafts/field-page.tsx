import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { certaintyLabel, evidenceMessage, fieldLabel } from "../../../french/survey.ts";
import { FieldRules } from "../../../kit/field-rules.ts";
import { aidFields } from "../../../model/aid/aid.ts";
import type { OwnField } from "../../../registry/survey/match-name.ts";
import type { Way } from "../../../registry/survey/proposal.ts";
import { ConflictAlert } from "../../forms/conflict.tsx";
import { FieldChoiceFields, type OfferedWay, readFieldChoice } from "../../mapping/field-choice.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form.tsx";
import { type ActRoute, type Form, NotFound, type Page, type PageRoute } from "../../route.ts";
import { param, type Visit } from "../../visit.ts";
import { analyseDraft, type DraftAnalysis } from "./analyse-draft.ts";
import { answersOf } from "./draft-steps.ts";
import { draftOf, RevisionField, saveDraft } from "./open-draft.tsx";
import { refusedSample, stepPage } from "./step-frame.tsx";

const path = "/brouillons/:brouillon/champs/:champ";

const show: PageRoute = {
  method: "get",
  path,
  who: "bizdev",
  async answer(visit) {
    const draft = await draftOf(visit);
    const look = await analyseDraft(visit, draft);
    return "refused" in look ? refusedSample(draft, "champs", look) : fieldPage(visit, draft, look, fieldOf(visit), {});
  },
};

const choose: ActRoute = {
  method: "post",
  path,
  who: "bizdev",
  act: "draft.field",
  async perform(visit, form) {
    const draft = await draftOf(visit);
    const field = fieldOf(visit);
    const look = await analyseDraft(visit, draft);
    if ("refused" in look) return refusedSample(draft, "champs", look);
    if (form.text("revision") !== String(draft.revision)) return fieldPage(visit, draft, look, field, { typed: form, isMoved: true });
    const read = readFieldChoice(
      form,
      field,
      waysOf(look, field),
      look.survey.fields.map((profile) => profile.path),
    );
    if ("problem" in read) return fieldPage(visit, draft, look, field, { typed: form, problems: { [read.at]: read.problem } });
    const { fields = {} } = answersOf(draft);
    if (read.choice !== null)
      await saveDraft(visit, draft, { answers: { ...answersOf(draft), fields: { ...fields, [field]: read.choice } } });
    return {
      message: null,
      to: `/brouillons/${draft.draftId}/champs#ligne-${field}`,
      subject: `brouillon ${draft.title}`,
      details: { field },
    };
  },
};

function fieldOf(visit: Visit): OwnField {
  const name = param(visit, "champ");
  const field = (["externalId", ...aidFields] as const).find((known) => known === name);
  if (field === undefined || !(field in FieldRules.shape)) throw new NotFound("Ce champ n’existe pas.");
  return field;
}

/** Returns the current source of a field, then its alternatives. */
function waysOf({ proposal }: DraftAnalysis, field: OwnField): readonly Way[] {
  const now = proposal.fields.find((candidate) => candidate.field === field);
  return now === undefined ? [] : [now, ...now.alternatives].slice(0, 12);
}

interface Shown {
  readonly problems?: Readonly<Record<string, string>>;
  /** The submitted form, if it is shown again. */
  readonly typed?: Form;
  /** Somebody else saved meanwhile. The saved source is then the first choice. */
  readonly isMoved?: true;
}

function fieldPage(visit: Visit, draft: Draft, look: DraftAnalysis, field: OwnField, shown: Shown): Page {
  const { problems = {}, typed, isMoved } = shown;
  const ways = waysOf(look, field);
  return stepPage(
    draft,
    "champs",
    <>
      <h3>{fieldLabel(field)}</h3>
      {isMoved && <ConflictAlert who={draft.updatedBy} conflicts={[]} />}
      <Problems problems={problems} />
      <ActForm action={`/brouillons/${draft.draftId}/champs/${field}`} csrf={visit.csrf}>
        <RevisionField draft={draft} />
        <FieldChoiceFields field={field} ways={ways.map(offered)} profiles={look.survey.fields} problems={problems} typed={typed} />
        <button class="fr-btn" type="submit">
          Enregistrer
        </button>{" "}
        <a class="fr-btn fr-btn--secondary" href={`/brouillons/${draft.draftId}/champs#ligne-${field}`}>
          Ne rien changer
        </a>
      </ActForm>
    </>,
    isMoved ? 409 : Object.keys(problems).length > 0 ? 422 : 200,
  );
}

function offered(way: Way): OfferedWay {
  return { label: sourceOf(way), hint: `${certaintyLabel(way.certainty)} : ${way.evidence.map(evidenceMessage).join(" ; ")}` };
}

function sourceOf({ from, rule }: Way): string {
  if (from.length > 0) return from.join(", ");
  return rule.kind === "constant" ? "une valeur fixe" : "une règle";
}

/** Routes that show and change the source of a field. */
export const fieldRoutes = [show, choose] as const;
