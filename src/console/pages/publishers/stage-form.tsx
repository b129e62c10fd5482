import type { Child } from "hono/jsx";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { publisherStageNext, publisherStageWord } from "../../../french/publisher-stages.ts";
import { capital } from "../../../french/typography.ts";
import { publisherStages } from "../../../model/publisher/publisher-stage.ts";
import { ActForm, Select } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";
import type { PageAgain } from "./page-again.ts";

/** Moves a publisher to another stage, be it forth or back. */
export function StageForm(given: { readonly visit: Visit; readonly publisher: StoredPublisher; readonly again: PageAgain }): Child {
  const { visit, publisher, again } = given;
  const choices = publisherStages.map((value) => ({ value, label: capital(publisherStageWord(value)) }));
  return (
    <section class="fr-mb-4w moisson-no-print">
      <h2>Où nous en sommes</h2>
      <p>{publisherStageNext(publisher.stage)}</p>
      <ActForm action={`/producteurs/${publisher.publisherId}/etape`} csrf={visit.csrf} class="moisson-filters__row">
        <input type="hidden" name="etait" value={publisher.stage} />
        <Select name="etape" label="Étape" choices={choices} value={again.typed.etape ?? publisher.stage} />
        <div class="moisson-filters__button fr-mb-2w">
          <button class="fr-btn fr-btn--secondary" type="submit">
            Changer l’étape
          </button>
        </div>
      </ActForm>
    </section>
  );
}
