import type { FutureDueTime } from "../../model/run/digest.ts";
import { momentOf } from "../moments.ts";
import { counted, french } from "../typography.ts";
import { type DigestSection, sectionInOne, step } from "./lines.ts";

/** Names of the periodic work beside runs. */
const tasks: Readonly<Record<string, string>> = {
  digest: "La page du matin",
  heartbeat: "Le signal à la surveillance",
  "heartbeat asked": "Le signal à la surveillance",
  links: "La vérification des liens",
  "open-data": "Les données ouvertes",
  prune: "La suppression des données anciennes",
};

/** Returns the section about due times that were in the future. */
export function clockSection(times: readonly FutureDueTime[]): DigestSection[] {
  return sectionInOne("Horloge en avance", futureNames(times), {
    who: "Horloge d’une machine",
    what: times.length === 0 ? [] : [clockSentence(times)],
    next: [step("Vérifier l’heure de chaque machine, et de la base", "timedatectl")],
  });
}

/** Returns what happened and its consequence. `times` is not empty. */
export function clockSentence(times: readonly FutureDueTime[]): string {
  const last =
    times
      .map(({ doneFor }) => doneFor)
      .sort()
      .at(-1) ?? "";
  return french`Une horloge était en avance : ${counted(times.length, "échéance était notée comme faite", "échéances étaient notées comme faites")} jusqu'au ${momentOf(last)} au plus. Ces échéances ont compté comme non faites, et le travail dû a été refait :`;
}

/** Returns whose due times they were. */
export function futureNames(times: readonly FutureDueTime[]): string[] {
  const names = times.map(({ connector, publisher }) =>
    publisher === connector ? (tasks[connector] ?? connector) : `${publisher} (${connector})`,
  );
  return [...new Set(names)];
}
