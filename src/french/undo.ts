import type { UndoRefusal, UndoRefusalCode } from "../model/plan/undo-refusal.ts";
import { french } from "./typography.ts";

type Sentence = (params: UndoRefusal["params"], isRun: boolean) => string;

const refusals: Readonly<Record<UndoRefusalCode, Sentence>> = {
  "is-undo": ({ connector }) =>
    connector === undefined
      ? french`ce plan en défait déjà un autre, et ne se défait pas : refaites ce qu'il a repris`
      : french`ce plan défait déjà une collecte, et ne se défait pas : relancez plutôt la collecte de ${connector}`,
  "still-open": (_, isRun) => french`${whose(isRun)} n'est pas appliqué, il n'y a donc rien à défaire ; vous pouvez l'écarter`,
  "never-applied": (_, isRun) => french`${whose(isRun)} n'a jamais été appliqué : il n'y a rien à défaire`,
  "changed-nothing": (_, isRun) => french`${whose(isRun)} n'a modifié aucune aide : il n'y a rien à défaire`,
  undone: (_, isRun) => french`${isRun ? "cette collecte a déjà été défaite" : "ce plan a déjà été défait"}`,
  "undo-open": (_, isRun) =>
    french`un plan qui défait ${isRun ? "cette collecte" : "ce plan"} est déjà prêt : il ne reste qu'à l'appliquer, ou à l'écarter`,
};

/** Why something cannot be undone, and what to do instead, in one sentence without capital or full stop. The plans are named beside it, by links. */
export function undoRefusalMessage({ code, params }: UndoRefusal): string {
  return refusals[code](params, params.run !== undefined);
}

function whose(isRun: boolean): string {
  return isRun ? "le plan de cette collecte" : "ce plan";
}
