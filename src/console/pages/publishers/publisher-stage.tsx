import type { Child } from "hono/jsx";
import type { PublisherActivity } from "../../../catalogue/publishers/publisher-listing-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { publisherStageLabel, publisherStageNextStep } from "../../../french/publishers.ts";
import { capitalize } from "../../../french/typography.ts";
import { type PublisherStage, publisherStages } from "../../../model/publisher/publisher-stage.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { ActForm, Select, SubmitButton } from "../../parts/form-controls.tsx";
import type { Visit } from "../../visit.ts";
import type { FormState } from "./publisher-at.ts";

/**
 * A contradiction between a publisher's stage and its published aids, which only a person can resolve. `stopped`: stage `refused` or
 * `paused`, with published aids; `withdrawn`: agreement withdrawn, with published aids; `empty`: stage `online`, without published aids.
 */
export type PublisherDoubt = (typeof publisherDoubts)[number];

/** All contradictions, in the order of the pages. */
export const publisherDoubts = ["stopped", "withdrawn", "empty"] as const;

/** Returns the contradiction, or null. */
export function doubtOf(
  { stage, licence }: Pick<StoredPublisher, "stage" | "licence">,
  { liveAids, wasAgreed }: Pick<PublisherActivity, "liveAids" | "wasAgreed">,
): PublisherDoubt | null {
  if (liveAids === 0) return stage === "online" ? "empty" : null;
  if (stage === "refused" || stage === "paused") return "stopped";
  return licence === null && wasAgreed ? "withdrawn" : null;
}

/** Texts shown beside the stage. */
export const doubtWords: Readonly<Record<PublisherDoubt, string>> = {
  stopped: "des aides restent en ligne",
  withdrawn: "accord retiré, des aides restent en ligne",
  empty: "sans aide publiée",
};

const tones: Readonly<Record<PublisherStage, Tone>> = {
  spotted: "neutral",
  contacted: "info",
  talking: "info",
  agreed: "new",
  online: "success",
  paused: "warning",
  refused: "error",
};

export function StageBadge({ stage, doubt = null }: { readonly stage: PublisherStage; readonly doubt?: PublisherDoubt | null }): Child {
  return (
    <>
      <Badge tone={tones[stage]} label={publisherStageLabel(stage)} />
      {doubt !== null && <div class="moisson-mention">{doubtWords[doubt]}</div>}
    </>
  );
}

export function StageForm(given: { readonly visit: Visit; readonly publisher: StoredPublisher; readonly again: FormState }): Child {
  const { visit, publisher, again } = given;
  const choices = publisherStages.map((value) => ({ value, label: capitalize(publisherStageLabel(value)) }));
  return (
    <section class="fr-mb-4w moisson-no-print">
      <h2>Où nous en sommes</h2>
      <p>{publisherStageNextStep(publisher.stage)}</p>
      <ActForm action={`/producteurs/${publisher.publisherId}/etape`} csrf={visit.csrf} class="moisson-filters__row">
        <input type="hidden" name="etait" value={publisher.stage} />
        <Select name="etape" label="Étape" choices={choices} value={again.typed.etape ?? publisher.stage} />
        <div class="moisson-filters__button fr-mb-2w">
          <SubmitButton label="Changer l’étape" isSecondary />
        </div>
      </ActForm>
    </section>
  );
}
