import type { AidLink, LinkReason } from "../model/publisher/link-verdict.ts";
import type { OutgrownCatalogue } from "../model/run/digest.ts";
import type { SetAside } from "../model/run/set-aside.ts";
import type { Silence } from "../model/run/silence.ts";
import { frenchDay, frenchDayOf } from "./dates.ts";
import { counted, french } from "./typography.ts";

/** Says that an embedded catalogue should move to PostgreSQL. */
export function outgrownSentence({ aids, bytes }: OutgrownCatalogue): string {
  const gigabytes = (bytes / 1e9).toLocaleString("fr", { maximumFractionDigits: 1 });
  return french`Le catalogue intégré contient ${counted(aids, "aide")} (${gigabytes} Go) : les collectes et les pages y deviennent lentes. Il est temps de le déplacer dans PostgreSQL.`;
}

/** Returns why a connector is reported as silent, in one sentence without capital or full stop. */
export function silenceMessage(silence: Silence): string {
  if (silence.code === "quiet") {
    const { usualDays, changes, quietDays, lastChangedAt } = silence;
    const judged = counted(changes, "changement");
    return french`d'habitude, le flux change ${pace(usualDays)} (d'après ${judged}) ; plus rien depuis ${counted(quietDays, "jour")}, le dernier changement date du ${frenchDayOf(lastChangedAt)}`;
  }
  if (silence.code === "deadlines-past") {
    const { aids, lastDeadline } = silence;
    return aids === 1
      ? french`la date de clôture de sa seule aide est passée depuis le ${frenchDay(lastDeadline)}`
      : french`les dates de clôture de ses ${counted(aids, "aide")} sont toutes passées ; la dernière était le ${frenchDay(lastDeadline)}`;
  }
  if (silence.code === "never-applied") return french`le connecteur est actif, mais aucune de ses collectes n'a jamais été appliquée`;
  const { days, appliedAt } = silence;
  return french`le connecteur est actif, mais aucune collecte n'a été appliquée depuis ${counted(days, "jour")} ; la dernière date du ${frenchDayOf(appliedAt)}`;
}

/** Returns until when an issue (feminine: an anomalie) is set aside, by whom and why; without capital or full stop. */
export function setAsideMessage({ until, by, reason }: Pick<SetAside, "until" | "by" | "reason">): string {
  return french`mise de côté jusqu'au ${frenchDay(until)} par ${by} : ${reason}`;
}

function pace(usualDays: number): string {
  if (usualDays < 1) return "plusieurs fois par jour";
  return usualDays < 1.5 ? "chaque jour ou presque" : french`tous les ${counted(usualDays, "jour")}`;
}

const linkReasons: Readonly<Record<LinkReason, string>> = {
  "not-found": "la page n’existe pas",
  "unknown-host": "le nom de son site n’existe nulle part",
  "connection-refused": "son serveur refuse les connexions",
  "redirect-loop": "il renvoie sans fin d’une adresse à une autre",
  "redirected-home": "il mène à la page d’accueil de son site",
  "redirected-to-other-home": "il mène à la page d’accueil d’un autre site",
  "http-status": "le serveur ne donne pas la page",
  "robot-wall": "le site veut savoir si nous sommes une personne",
  "says-not-found": "la page dit elle-même qu’elle n’existe pas",
  "tls-failed": "son certificat ou son chiffrement n’est pas en ordre",
  "timed-out": "pas de réponse à temps",
  "connection-failed": "la connexion a été coupée",
  "address-refused": "ce n’est pas une adresse publique",
};

/** Returns the result of checking a link, in one sentence without capital or full stop. */
export function linkMessage({
  state,
  since,
  checkedAt,
  status,
  reason,
}: Pick<AidLink, "state" | "since" | "checkedAt" | "status" | "reason">): string {
  const why = reason === null ? "" : french` : ${linkReasons[reason]}${status === null ? "" : ` (${status})`}`;
  if (state === "unchecked") return "pas encore vérifié";
  if (state === "alive") return french`vérifié le ${dayOf(checkedAt)}`;
  if (state === "dead") return french`mort depuis le ${dayOf(since)}${why}`;
  if (state === "failing")
    return french`en échec depuis le ${dayOf(since)}${why} ; il sera dit mort s'il échoue encore une semaine plus tard`;
  return french`à vérifier par une personne : nous n'avons pas pu le faire le ${dayOf(checkedAt)}${why}`;
}

function dayOf(instant: string | null): string {
  return instant === null ? "?" : frenchDayOf(instant);
}
