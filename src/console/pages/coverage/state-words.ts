import type { CoverageState } from "./coverage-state.ts";

const words: Readonly<Record<CoverageState, string>> = {
  online: "en ligne",
  talking: "en discussion",
  stopped: "en veille ou refus",
  absent: "absent",
};

const explained: Readonly<Record<CoverageState, string>> = {
  online: "des aides sont en ligne",
  talking: "contacté, en discussion ou accord donné",
  stopped: "en veille, ou a refusé",
  absent: "repéré, pas encore contacté",
};

/** How far one is with a publisher, in a word. */
export function stateWord(state: CoverageState): string {
  return words[state];
}

/** The same, said of so many. */
export function statesWord(state: CoverageState, count: number): string {
  return state === "absent" && count > 1 ? "absents" : words[state];
}

/** What the word stands for. */
export function stateExplained(state: CoverageState): string {
  return explained[state];
}
