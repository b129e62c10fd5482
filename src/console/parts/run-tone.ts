import type { Outcome } from "../../model/run/run-error.ts";

/** How a run ended, for charts: each tone has a colour, and a shape or a height. */
export type RunTone = "good" | "same" | "look" | "held" | "bad" | "other";

const tones: Readonly<Record<Outcome, RunTone>> = {
  applied: "good",
  "applied-with-rejects": "look",
  unchanged: "same",
  planned: "other",
  held: "held",
  unreachable: "bad",
  refused: "bad",
  unreadable: "bad",
  "stopped-early": "bad",
  cancelled: "other",
  abandoned: "bad",
  failed: "bad",
};

/** Returns the tone of an outcome. */
export function toneOf(outcome: Outcome): RunTone {
  return tones[outcome];
}
