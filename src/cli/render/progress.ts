import type { StageProgress } from "../../ingest/run-inputs.ts";

const stageWords = { fetch: "fetching", read: "reading", plan: "planning", apply: "applying" } as const;

/** How far a run is, on one line. */
export function renderProgress({ stage, done, of }: StageProgress): string {
  if (stage === "fetch") return `fetching… ${(done / 1_000_000).toFixed(1)} MB`;
  if (stage !== "read") return `${stageWords[stage]}…`;
  const width = 24;
  if (of === null || of === 0) return `reading… ${done} records`;
  const filled = Math.min(width, Math.round((done / of) * width));
  return `reading [${"#".repeat(filled)}${".".repeat(width - filled)}] ${done} of ${of} records`;
}
