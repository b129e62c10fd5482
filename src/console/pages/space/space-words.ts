import type { OwnPlan } from "../../../catalogue/plans/publisher-plan-repository.ts";
import type { SpaceRun } from "../../../catalogue/publishers/publisher-space-repository.ts";
import type { SearchStanding } from "../../../catalogue/search/search-row.ts";
import { frenchDay } from "../../../french/dates.ts";
import { counted, french } from "../../../french/typography.ts";
import type { Outcome } from "../../../model/run/run-error.ts";
import type { Tone } from "../../parts/badge.tsx";

/** The standings of aids, in the words of a publisher. */
export const standingWords: Readonly<Record<SearchStanding, readonly [tone: Tone, label: string]>> = {
  live: ["success", "en ligne"],
  review: ["info", "en relecture chez nous"],
  draft: ["neutral", "en préparation"],
  "out-of-scope": ["neutral", "hors de notre champ"],
  withdrawn: ["warning", "retirée"],
  deleted: ["neutral", "non retenue"],
  merged: ["neutral", "réunie à une autre fiche"],
};

/** What a run was for the publisher. No guard or error of ours is named. */
const outcomes: Readonly<Record<Outcome, readonly [tone: Tone, sentence: string]>> = {
  applied: ["success", "Lu en entier ; nos fiches suivent votre flux."],
  "applied-with-rejects": ["new", "Lu ; quelques fiches n’ont pas pu être reprises."],
  unchanged: ["success", "Lu ; rien n’avait changé."],
  planned: ["info", "Lu ; nous relisons les changements avant de les reprendre."],
  held: ["info", "Lu ; un changement inhabituel attend notre relecture, vos fiches restent telles quelles."],
  unreachable: ["error", "Votre serveur n’a pas répondu. Nous réessayons."],
  refused: ["error", "Votre serveur a refusé l’accès."],
  unreadable: ["error", "Le fichier n’a pas pu être lu : sa forme a changé, ou il est incomplet."],
  "stopped-early": ["error", "Le fichier s’est interrompu avant la fin : rien n’en a été repris."],
  cancelled: ["neutral", "Lecture annulée."],
  abandoned: ["neutral", "Lecture interrompue de notre côté. Nous réessayons."],
  failed: ["neutral", "La lecture a échoué de notre côté. Nous nous en occupons."],
};

/** Returns the badge tone and the sentence about a run. */
export function runWords({ outcome }: Pick<SpaceRun, "outcome">): readonly [Tone, string] {
  return outcomes[outcome];
}

/** Returns what a run read: `42 fiches reçues, 3 nouvelles…`; "" without counts. */
export function runCounts({ received, rejected, created, updated }: SpaceRun): string {
  if (received === null) return "";
  const parts = [
    counted(received, "fiche reçue", "fiches reçues"),
    ...(created ? [counted(created, "nouvelle")] : []),
    ...(updated ? [counted(updated, "modifiée")] : []),
    ...(rejected ? [counted(rejected, "non reprise", "non reprises")] : []),
  ];
  return `${parts.join(", ")}.`;
}

const states: Readonly<Record<OwnPlan["state"], readonly [tone: Tone, label: string]>> = {
  open: ["info", "nous la relisons"],
  "part-applied": ["info", "reprise en partie"],
  applied: ["success", "reprise"],
  discarded: ["neutral", "non retenue"],
  overtaken: ["neutral", "dépassée : la fiche a changé"],
};

/** Returns where an act of a publisher is. */
export function actState({ state, isQueued }: OwnPlan): readonly [Tone, string] {
  return isQueued ? ["info", "enregistrement en cours"] : states[state];
}

/** Returns what a publisher did. `asked`: the request of its plan. */
export function actWords(asked: Readonly<Record<string, unknown>>): string {
  const count = typeof asked.aids === "number" ? asked.aids : 1;
  const title = typeof asked.title === "string" ? french` : « ${asked.title} »` : "";
  if (asked.act === "confirm") return counted(count, "aide confirmée", "aides confirmées");
  if (asked.act === "close") return french`Clôture annoncée pour le ${frenchDay(String(asked.day))}${title}`;
  return `Correction${title}`;
}
