import type { Child } from "hono/jsx";
import type { PublisherStage } from "../../../aid/publisher-stage.ts";
import { publisherStageWord } from "../../../texts/fr-publisher-stages.ts";
import { Badge, type Tone } from "../../parts/badge.tsx";

const tones: Readonly<Record<PublisherStage, Tone>> = {
  spotted: "neutral",
  contacted: "info",
  talking: "info",
  agreed: "new",
  online: "success",
  paused: "warning",
  refused: "error",
};

/** How far one is with a publisher. */
export function StageBadge({ stage }: { readonly stage: PublisherStage }): Child {
  return <Badge tone={tones[stage]} label={publisherStageWord(stage)} />;
}
