import type { Child } from "hono/jsx";
import { publisherStageWord } from "../../../french/publisher-stages.ts";
import type { PublisherStage } from "../../../model/publisher/publisher-stage.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { doubtWords, type PublisherDoubt } from "./publisher-doubt.ts";

const tones: Readonly<Record<PublisherStage, Tone>> = {
  spotted: "neutral",
  contacted: "info",
  talking: "info",
  agreed: "new",
  online: "success",
  paused: "warning",
  refused: "error",
};

/** How far one is with a publisher, and what does not fit with its aids on the site. */
export function StageBadge({ stage, doubt = null }: { readonly stage: PublisherStage; readonly doubt?: PublisherDoubt | null }): Child {
  return (
    <>
      <Badge tone={tones[stage]} label={publisherStageWord(stage)} />
      {doubt !== null && <div class="moisson-mention">{doubtWords(doubt)}</div>}
    </>
  );
}
