import type { IssueParams } from "../model/issue.ts";
import { counted, french, isPlural } from "./typography.ts";

/** Why a walk of pages came to its end; what is no end of a feed, or came before the announced number of records. */
const ends: Readonly<Record<string, string>> = {
  "announced-total-reached": "le nombre annoncé semblait atteint",
  "empty-page": "la page est vide",
  "no-next-link": "rien n’indique de page suivante",
  "past-the-end": "le serveur n’a plus de page",
  "repeated-page": "la page est la même qu’une page déjà lue",
  "next-link-loop": "le lien vers la page suivante ramène à une page déjà lue",
  "bad-next-link": "le lien vers la page suivante est illisible",
  "cursor-loop": "le repère de la page suivante a déjà servi",
  "bad-cursor": "le repère de la page suivante est illisible",
  "over-window":
    "le serveur annonce ici plus d’enregistrements qu’il n’en laisse lire, et aucun critère ne permet plus de diviser la demande",
  "window-reached": "le serveur n’en laisse pas lire davantage, et n’annonce pas combien il y en a",
  "split-incomplete": "les critères par lesquels la demande est divisée ne couvrent pas tout le flux",
  "not-a-page": "ce qui a été reçu n’est pas une page du flux",
};

/**
 * How far a walk of pages came (`walk-incomplete`), and why no further. `errorMessage` says why a page failed, from the code of its error; null where it
 * knows no such code.
 */
export function walkMessage(params: IssueParams, errorMessage: (code: string) => string | null): string {
  const { announced, received, page, division, reason, error } = params;
  const why = error === undefined ? ends[reason ?? ""] : errorMessage(String(error));
  const at = page === undefined ? "" : french` à la page ${page}`;
  const of = division === undefined ? "" : french` dans la partie « ${String(division)} »`;
  const where = at === "" && of === "" ? "" : french` ; la lecture s'est arrêtée${at}${of}`;
  return french`${recordsReceived(received, announced)}${where}${why == null ? "" : french` : ${why}`}`;
}

function recordsReceived(received: string | number | undefined, announced: string | number | undefined): string {
  if (received === undefined) return "une partie seulement des enregistrements est arrivée";
  const came = Number(received);
  if (announced === undefined)
    return french`${counted(came, "enregistrement")} seulement ${isPlural(came) ? "sont arrivés" : "est arrivé"}`;
  return french`${counted(came, "enregistrement reçu", "enregistrements reçus")} sur ${counted(announced, "annoncé")}`;
}
