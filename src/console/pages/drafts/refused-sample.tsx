import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { runErrorMessage } from "../../../french/runs.ts";
import { Alert } from "../../parts/alert.tsx";
import type { Page } from "../../route.ts";
import type { SampleAnswer } from "../../sample/sample-ask.ts";
import type { StepPath } from "./draft-steps.ts";
import { stepPage } from "./step-frame.tsx";

/** The page of a step whose sample cannot be read: why, and the way back to the file. */
export function refusedSample(draft: Draft, step: StepPath, { refused }: Extract<SampleAnswer, { refused: unknown }>): Page {
  return stepPage(
    draft,
    step,
    <>
      <Alert kind="error" title="Ce qui a été donné ne peut pas être lu" isAnnounced>
        <p>{runErrorMessage(refused.code, refused.params)}</p>
      </Alert>
      <p>
        <a class="fr-btn" href={`/brouillons/${draft.draftId}/flux`}>
          Donner un autre fichier ou une autre adresse
        </a>{" "}
        <a class="fr-btn fr-btn--secondary" href={`/brouillons/${draft.draftId}/lecture?format=oublier`}>
          Revenir à la lecture détectée
        </a>
      </p>
    </>,
    422,
  );
}
