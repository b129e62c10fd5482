import type { Child } from "hono/jsx";
import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { askForIdentifier, certaintyLabel, evidenceMessage } from "../../../french/survey.ts";
import type { IdentifierCandidate, IdentifierProposal } from "../../../registry/survey/proposal.ts";
import { Alert } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { ActForm } from "../../parts/form.tsx";
import type { Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { analyseDraft, type DraftAnalysis } from "./analyse-draft.ts";
import { answersOf } from "./draft-steps.ts";
import { RevisionField, stepRoutes, withStepDone } from "./open-draft.tsx";
import { refusedSample, stepPage } from "./step-frame.tsx";

/** Step for the identifier of the aids, by which later runs recognise them. */
export const identifierStep = stepRoutes({
  step: "identifiant",
  act: "draft.identifier",
  async show(visit, draft) {
    const look = await analyseDraft(visit, draft);
    return "refused" in look ? refusedSample(draft, "identifiant", look) : show(visit, draft, look);
  },
  async save(visit, draft, form) {
    const look = await analyseDraft(visit, draft);
    if ("refused" in look) return refusedSample(draft, "identifiant", look);
    const all = candidates(look.proposal.identifier);
    const chosen = all[Number(form.text("identifiant") || "0")];
    const { fields = {} } = answersOf(draft);
    const isKept = chosen === undefined || chosen === all[0];
    const rule = chosen?.rule as unknown as { kind: string };
    return { answers: withStepDone(draft, "identifiant", { fields: isKept ? fields : { ...fields, externalId: { way: "rule", rule } } }) };
  },
});

function candidates({ chosen, others }: IdentifierProposal): readonly IdentifierCandidate[] {
  const seen = new Set<string>();
  return [chosen, ...others].filter(({ rule }) => {
    const key = JSON.stringify(rule);
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

function show(visit: Visit, draft: Draft, { proposal }: DraftAnalysis): Page {
  const { identifier } = proposal;
  const all = candidates(identifier);
  return stepPage(
    draft,
    "identifiant",
    <>
      <p>
        À quoi reconnaître la même aide d’une nuit à l’autre ? Un bon identifiant est unique, toujours rempli, et ne change jamais, même
        quand le titre ou la page change.
      </p>
      <ActForm action={`/brouillons/${draft.draftId}/identifiant`} csrf={visit.csrf}>
        <RevisionField draft={draft} />
        <fieldset class="fr-fieldset" aria-labelledby="identifiant-legende">
          <legend class="fr-fieldset__legend" id="identifiant-legende">
            Identifiant
          </legend>
          {all.map((candidate, index) => (
            <div class="fr-fieldset__element">
              <div class="fr-radio-group">
                <input type="radio" id={`identifiant-${index}`} name="identifiant" value={String(index)} checked={index === 0} />
                <label class="fr-label" for={`identifiant-${index}`}>
                  {candidate.from.join(" et ") || "fixe"}
                  <span class="fr-hint-text">{candidate.evidence.map(evidenceMessage).join(" ; ")}</span>
                </label>
              </div>
              <Sure candidate={candidate} />
            </div>
          ))}
        </fieldset>
        <button class="fr-btn" type="submit">
          Enregistrer et continuer
        </button>
      </ActForm>
      {identifier.isFragile && (
        <Alert kind="warning" title="Aucun champ n’est fait pour durer">
          <p>Demandez un identifiant au producteur. Le texte est prêt :</p>
          <p id="demande-identifiant" class="moisson-text">
            {askForIdentifier(identifier.chosen.from, identifier.chosen.evidence)}
          </p>
          <button type="button" class="fr-btn fr-btn--sm fr-btn--secondary" data-copies="demande-identifiant">
            Copier
          </button>
        </Alert>
      )}
    </>,
  );
}

function Sure({ candidate: { certainty } }: { readonly candidate: IdentifierCandidate }): Child {
  return <Badge tone={certainty >= 0.65 ? "success" : "warning"} label={certaintyLabel(certainty)} />;
}
