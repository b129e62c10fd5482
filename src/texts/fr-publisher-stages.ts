import type { PublisherStage } from "../aid/publisher-stage.ts";

const words: Readonly<Record<PublisherStage, string>> = {
  spotted: "repéré",
  contacted: "contacté",
  talking: "en discussion",
  agreed: "accord",
  online: "en ligne",
  paused: "en veille",
  refused: "refus",
};

/** How far one is with a publisher, in a word or two. */
export function publisherStageWord(stage: PublisherStage): string {
  return words[stage];
}
