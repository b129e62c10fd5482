import type { Child } from "hono/jsx";
import type { PublisherStage } from "../../../model/publisher/publisher-stage.ts";

/** States of a publisher in the coverage. They group the stages. */
export const coverageStates = ["online", "talking", "stopped", "absent"] as const;

/** State of a publisher in the coverage. */
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

/** Returns the state of a stage; `absent` for null. */
export function coverageStateOf(stage: PublisherStage | null): CoverageState {
  return stage === null ? "absent" : states[stage];
}

/** Names of the states in French. */
export const stateLabels: Readonly<Record<CoverageState, string>> = {
  online: "en ligne",
  talking: "en discussion",
  stopped: "en veille ou refus",
  absent: "absent",
};

/** Explanations of the states in French. */
export const stateExplanations: Readonly<Record<CoverageState, string>> = {
  online: "des aides sont en ligne",
  talking: "contacté, en discussion ou accord donné",
  stopped: "en veille, ou a refusé",
  absent: "repéré, pas encore contacté",
};

/** Returns the name of a state in French, in the plural if needed. */
export function pluralStateLabel(state: CoverageState, count: number): string {
  return state === "absent" && count > 1 ? "absents" : stateLabels[state];
}

/** Each state also has a shape (full, half, bar, empty), for people who do not see colours. */
const shapes: Readonly<Record<CoverageState, string>> = {
  online: "M1 1h12v12h-12z",
  talking: "M1 13L13 1V13z",
  stopped: "M1 6h12v2h-12z",
  absent: "",
};

/** A small mark of the state, shown beside its name. */
export function StateMark({ state }: { readonly state: CoverageState }): Child {
  return (
    <svg class={`moisson-map__small is-${state}`} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <rect x="1" y="1" width="12" height="12" fill="none" />
      <path d={shapes[state]} />
    </svg>
  );
}
