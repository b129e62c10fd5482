import { machineFaultSentence, whatToDo } from "../../../../french/machines.ts";
import { french } from "../../../../french/typography.ts";
import { cardKey } from "../../../../model/run/card-key.ts";
import { databasePlace, type MachineFault } from "../../../../model/run/machine-fault.ts";
import { type Card, open } from "./card.ts";

/** Returns the card of a fault of a machine: one, however many runs it stopped. */
export function machineCard(fault: MachineFault): Card {
  const { cause, place, endedAt } = fault;
  return {
    kind: "machine",
    key: cardKey.machine(fault),
    connector: null,
    who: place === databasePlace ? "La base de données" : french`La machine ${place}`,
    whoHref: null,
    cause: endedAt === null ? `${machineFaultSentence(fault)} ${whatToDo(cause)}` : machineFaultSentence(fault),
    evidence: [
      endedAt === null
        ? "Les collectes reprennent d’elles-mêmes quand la panne est finie ; aucune n’a perdu d’essai."
        : "La panne est finie : les collectes ont repris d’elles-mêmes, et aucune n’a perdu d’essai.",
    ],
    acts: [open("Voir les exécuteurs", "/travailleurs")],
    aids: null,
  };
}
