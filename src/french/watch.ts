import type { SetAside } from "../model/run/set-aside.ts";
import type { Silence } from "../model/run/silence.ts";
import { frenchDay } from "./day.ts";
import { counted, french } from "./typography.ts";

/** Writes an instant as a day or a time. */
type When = (instant: string) => string;

/** How a connector is silent, in one sentence without capital or full stop. `when` gives what stands after « le »: `frenchDayOf`. */
export function silenceMessage(silence: Silence, when: When): string {
  if (silence.code === "quiet") {
    const { usualDays, changes, quietDays, lastChangedAt } = silence;
    const known = counted(changes, "changement connu", "changements connus");
    return french`d'habitude, le flux change ${pace(usualDays)} (${known}) ; plus rien depuis ${counted(quietDays, "jour")}, le dernier changement date du ${when(lastChangedAt)}`;
  }
  if (silence.code === "deadlines-past") {
    const { aids, lastDeadline } = silence;
    return aids === 1
      ? french`la date de clôture de sa seule aide est passée depuis le ${frenchDay(lastDeadline)}`
      : french`les dates de clôture de ses ${counted(aids, "aide")} sont toutes passées ; la dernière était le ${frenchDay(lastDeadline)}`;
  }
  if (silence.code === "never-applied") return french`le connecteur est actif, mais aucune de ses collectes n'a jamais été appliquée`;
  const { days, appliedAt } = silence;
  return french`le connecteur est actif, mais aucune collecte n'a été appliquée depuis ${counted(days, "jour")} ; la dernière date du ${when(appliedAt)}`;
}

/** Until when something (feminine: an anomalie) is not among what is to be looked at, who said so and why; without capital or full stop. */
export function setAsideMessage({ until, by, reason }: Pick<SetAside, "until" | "by" | "reason">): string {
  return french`mise de côté jusqu'au ${frenchDay(until)} par ${by} : ${reason}`;
}

function pace(usualDays: number): string {
  if (usualDays < 1) return "plusieurs fois par jour";
  return usualDays < 1.5 ? "chaque jour ou presque" : french`tous les ${counted(usualDays, "jour")}`;
}
