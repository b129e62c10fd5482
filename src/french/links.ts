import type { AidLink, LinkReason } from "../model/publisher/link-verdict.ts";
import { frenchDayOf } from "./day.ts";
import { french } from "./typography.ts";

const reasons: Readonly<Record<LinkReason, string>> = {
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

/** What is known of a link, in one sentence without capital or full stop. */
export function linkMessage({
  state,
  since,
  checkedAt,
  status,
  reason,
}: Pick<AidLink, "state" | "since" | "checkedAt" | "status" | "reason">): string {
  const why = reason === null ? "" : french` : ${reasons[reason]}${status === null ? "" : ` (${status})`}`;
  if (state === "unchecked") return "pas encore vérifié";
  if (state === "alive") return french`vérifié le ${dayOf(checkedAt)}`;
  if (state === "dead") return french`mort depuis le ${dayOf(since)}${why}`;
  if (state === "failing")
    return french`en échec depuis le ${dayOf(since)}${why} ; il sera dit mort s'il échoue encore une semaine plus tard`;
  return french`à vérifier par une personne, nous n'avons pas pu le ${dayOf(checkedAt)}${why}`;
}

function dayOf(instant: string | null): string {
  return instant === null ? "?" : frenchDayOf(instant);
}
