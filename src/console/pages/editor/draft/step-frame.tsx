import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { runErrorMessage } from "../../../../french/runs.ts";
import type { RefusedSample } from "../../../../survey/sample/refused-sample.ts";
import { Alert } from "../../../parts/alert.tsx";
import type { Page } from "../../../route.ts";
import { canOpen, draftSteps, type StepPath } from "./draft-steps.ts";

/** Returns a page of the wizard, with links to the other steps. */
export function stepPage(draft: Draft, step: StepPath, content: Child, status: Page["status"] = 200): Page {
  const index = draftSteps.findIndex(({ path }) => path === step);
  const here = draftSteps[index];
  const title = here?.title ?? "";
  return {
    title: `${title} – ${draft.title}`,
    status,
    menuPath: "/brouillons",
    breadcrumb: [{ title: "Nouveau producteur", href: "/brouillons" }],
    content: (
      <>
        <h1>{draft.title}</h1>
        <div class="fr-stepper">
          <h2 class="fr-stepper__title">
            {title}
            <span class="fr-stepper__state">{`Étape ${index + 1} sur ${draftSteps.length}`}</span>
          </h2>
          <div class="fr-stepper__steps" data-fr-current-step={String(index + 1)} data-fr-steps={String(draftSteps.length)} />
        </div>
        <nav aria-label="Étapes" class="fr-mb-2w">
          <ul class="fr-tags-group">
            {draftSteps.map(({ path, title: name }) => (
              <li>
                {canOpen(path, draft) ? (
                  <a
                    class="fr-tag fr-tag--sm"
                    href={`/brouillons/${draft.draftId}/${path}`}
                    aria-current={path === step ? "step" : undefined}
                  >
                    {name}
                  </a>
                ) : (
                  <span class="fr-tag fr-tag--sm moisson-mention">{name}</span>
                )}
              </li>
            ))}
          </ul>
        </nav>
        {content}
      </>
    ),
  };
}

/** Returns the page of a step whose sample cannot be read. */
export function refusedSample(draft: Draft, step: StepPath, { refused }: RefusedSample): Page {
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
        <a class="fr-btn fr-btn--secondary" href={`/brouillons/${draft.draftId}/lecture`}>
          Revenir à la lecture détectée
        </a>
      </p>
    </>,
    422,
  );
}
