import type { PublisherStage } from "../../../model/publisher/publisher-stage.ts";

/** How far one is with a publisher, as coverage tells it: on the site, in talks, stopped (paused or refused), or absent. */
export const coverageStates = ["online", "talking", "stopped", "absent"] as const;

/** How far one is with a publisher, as coverage tells it. */
export type CoverageState = (typeof coverageStates)[number];

const states: Readonly<Record<PublisherStage, CoverageState>> = {
  spotted: "absent",
  contacted: "talking",
  talking: "talking",
  agreed: "talking",
  online: "online",
  paused: "stopped",
  refused: "stopped",
};

/** What a stage counts as; of nobody (null): absent. */
export function coverageStateOf(stage: PublisherStage | null): CoverageState {
  return stage === null ? "absent" : states[stage];
}
