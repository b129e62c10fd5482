import type { ListedFile } from "../../../catalogue/publishers/publisher-file-repository.ts";
import { french } from "../../../french/typography.ts";
import type { FileProblem } from "../../../model/publisher/file-problem.ts";
import type { Tone } from "../../parts/badge.tsx";

/** Why a worker has not read what a publisher sent, in its words. */
export const problemWords: Readonly<Record<FileProblem, string>> = {
  "forgotten-person": french`refus : le nom d'une personne qui a demandé à être oubliée s'y trouve`,
  "no-connector": french`ce flux n'est plus lu`,
  "no-access": french`refus : l'accès de la personne est retiré`,
  "no-territory": "à reprendre : il nous manque votre territoire",
  "other-layout": french`à envoyer autrement : votre fichier ne peut pas être complété ici`,
  known: "déjà dans vos aides",
  "taken-identifier": "à reprendre : cet identifiant désigne déjà une autre aide",
  "not-readable": french`à reprendre : une réponse n'a pas pu être lue`,
  failed: french`en panne, de notre fait : nous reprenons cet envoi`,
};

/** Returns where a file that a publisher uploaded is, or an aid that it entered, in its words. */
export function fileState({ kind, problem, outcome, plan, isUndone }: ListedFile): readonly [Tone, string] {
  const isEntry = kind === "entry";
  if (problem !== null) return [problem === "known" ? "neutral" : "error", problemWords[problem]];
  if (outcome === null) return ["info", isEntry ? "en cours d’enregistrement" : "en cours de lecture"];
  if (isUndone) return ["neutral", isEntry ? "retirée" : "retiré"];
  if (plan === "open") return ["info", isEntry ? "nous la relisons" : "lu, nous le relisons"];
  if (plan === "applied" || plan === "part-applied") return ["success", isEntry ? "reprise" : "repris"];
  if (plan === "discarded" || plan === "overtaken") return ["neutral", isEntry ? "non retenue" : "non retenu"];
  if (outcome === "unchanged" || outcome === "planned") return ["success", "lu, rien ne change"];
  return ["error", french`n'a pas pu être ${isEntry ? "lue" : "lu"}`];
}

/**
 * Returns where an entered aid is. The file of the next entry contains it, so the plan of that entry takes the place of its own. `entries`: of the
 * publisher, newest first.
 */
export function entryState(entry: ListedFile, entries: readonly ListedFile[]): readonly [Tone, string] {
  if (entry.plan !== "overtaken") return fileState(entry);
  const next = entries.findLast(
    ({ connector, at, plan }) => connector === entry.connector && at >= entry.at && plan !== null && plan !== "overtaken",
  );
  return fileState(next ?? entry);
}
