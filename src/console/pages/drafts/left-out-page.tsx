import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { excludedCountMessage } from "../../../french/rules.ts";
import { keepWhenOf, leftOutOf } from "../../../registry/survey/left-out.ts";
import { offeredStates } from "../../../registry/survey/state-fields.ts";
import { ConflictAlert } from "../../forms/conflict.tsx";
import { LaterValues, RicherConditions, readLeftOut, StateBoxes } from "../../mapping/left-out.tsx";
import { Problems } from "../../parts/alert.tsx";
import { ActForm } from "../../parts/form.tsx";
import type { ActRoute, Page, PageRoute } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { analyseDraft, type DraftAnalysis } from "./analyse-draft.ts";
import { answersOf } from "./draft-steps.ts";
import { draftOf, RevisionField, saveDraft } from "./open-draft.tsx";
import { refusedSample, stepPage } from "./step-frame.tsx";

const path = "/brouillons/:brouillon/fiches";

const show: PageRoute = {
  method: "get",
  path,
  who: "bizdev",
  async answer(visit) {
    const draft = await draftOf(visit);
    const look = await analyseDraft(visit, draft);
    return "refused" in look ? refusedSample(draft, "lecture", look) : page(visit, draft, look, {});
  },
};

const choose: ActRoute = {
  method: "post",
  path,
  who: "bizdev",
  act: "draft.left-out",
  async perform(visit, form) {
    const draft = await draftOf(visit);
    const before = await analyseDraft(visit, draft);
    if ("refused" in before) return refusedSample(draft, "lecture", before);
    const leftOut = readLeftOut(form, leftOutOf(keepWhenOf(before.proposal.definition)));
    const look = await analyseDraft(visit, draft, { leftOut });
    if ("refused" in look) return refusedSample(draft, "lecture", look);
    if (form.text("revision") !== String(draft.revision)) return page(visit, draft, look, {}, true);
    const { kept } = look.proposal;
    if (kept.records === 0) return page(visit, draft, look, { fiches: "Plus aucune fiche ne serait gardée : cochez au moins une valeur." });
    if (form.has("compter")) return page(visit, draft, look, {});
    await saveDraft(visit, draft, { answers: { ...answersOf(draft), leftOut: [...leftOut] } });
    return {
      message: excludedCountMessage(kept),
      to: `/brouillons/${draft.draftId}/lecture#fiches`,
      subject: `brouillon ${draft.title}`,
      details: { leftOut },
    };
  },
};

function page(visit: Visit, draft: Draft, look: DraftAnalysis, problems: Readonly<Record<string, string>>, isMoved = false): Page {
  const { definition, kept } = look.proposal;
  const keepWhen = keepWhenOf(definition);
  const states = offeredStates(look.survey.states, keepWhen);
  const back = `/brouillons/${draft.draftId}/lecture#fiches`;
  return stepPage(
    draft,
    "lecture",
    <>
      <h3>Fiches à laisser de côté</h3>
      {isMoved && <ConflictAlert who={draft.updatedBy} conflicts={[]} />}
      <Problems problems={problems} />
      <p>
        Une fiche est un enregistrement du fichier. Décochez ce qui n’est pas une aide à montrer : les appels clos, les brouillons, ce qui
        est archivé.
      </p>
      <LaterValues />
      <p class="fr-text--bold" role="status">
        {excludedCountMessage(kept)}
      </p>
      <RicherConditions keepWhen={keepWhen} />
      {states.length === 0 ? (
        <>
          <p>Aucun champ de ce fichier ne ressemble à un état : toutes ses fiches sont gardées.</p>
          <p>
            <a class="fr-btn" href={back}>
              Revenir à la lecture
            </a>
          </p>
        </>
      ) : (
        <ActForm action={`/brouillons/${draft.draftId}/fiches`} csrf={visit.csrf}>
          <RevisionField draft={draft} />
          <StateBoxes states={states} leftOut={leftOutOf(keepWhen)} />
          <button class="fr-btn" type="submit">
            Enregistrer
          </button>{" "}
          <button class="fr-btn fr-btn--secondary" type="submit" name="compter" value="1">
            Compter d’abord
          </button>{" "}
          <a class="fr-btn fr-btn--secondary" href={back}>
            Ne rien changer
          </a>
        </ActForm>
      )}
    </>,
    isMoved ? 409 : Object.keys(problems).length > 0 ? 422 : 200,
  );
}

/** Routes that show and change which records are excluded. */
export const leftOutRoutes = [show, choose] as const;
