import type { Child } from "hono/jsx";
import { publisherStages } from "../../../aid/publisher-stage.ts";
import type { StoredPublisher } from "../../../catalogue/publisher-repository.ts";
import { publisherStageWord } from "../../../texts/fr-publisher-stages.ts";
import { capital } from "../../../texts/fr-typography.ts";
import { ActForm, Select } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";

/** Moves a publisher to another stage, be it forth or back. */
export function StageForm({ visit, publisher }: { readonly visit: Visit; readonly publisher: StoredPublisher }): Child {
  const choices = publisherStages.map((value) => ({ value, label: capital(publisherStageWord(value)) }));
  return (
    <section class="fr-mb-4w moisson-no-print">
      <h2>Où nous en sommes</h2>
      <ActForm action={`/producteurs/${publisher.publisherId}/etape`} csrf={visit.csrf} class="moisson-filters__row">
        <Select name="etape" label="Étape" choices={choices} value={publisher.stage} />
        <div class="moisson-filters__button fr-mb-2w">
          <button class="fr-btn fr-btn--secondary" type="submit">
            Changer l’étape
          </button>
        </div>
      </ActForm>
    </section>
  );
}
