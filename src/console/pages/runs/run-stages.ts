import type { RunStage } from "../../../model/run/run-report.ts";

const stages: Readonly<Record<RunStage, string>> = {
  fetch: "Réception du flux",
  read: "Lecture des enregistrements",
  plan: "Préparation du plan",
  apply: "Écriture dans le catalogue",
};

/** Name of a stage of a run. What we have no name for comes back as it is. */
export function frenchRunStage(stage: string): string {
  return isStage(stage) ? stages[stage] : stage;
}

function isStage(stage: string): stage is RunStage {
  return Object.hasOwn(stages, stage);
}
