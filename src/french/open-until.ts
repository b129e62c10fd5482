import type { OpenUntil } from "../model/aid/open-until.ts";
import { capitalize } from "./typography.ts";

/** What readers see where the publisher gives no value. */
export const unstated = "non précisé par le producteur";

/** What readers see where we have no term of ours for the aid yet. */
export const notClassified = "pas encore classée";

/** Says until when an aid without deadline is open, for readers. */
export const openUntilMessages: Readonly<Record<Exclude<OpenUntil, "deadline">, string>> = {
  permanent: "toute l’année",
  unannounced: "sans date limite annoncée",
  "to-check": "dates à vérifier auprès du producteur",
  unstated,
};

/** Says until when an aid is open that has no deadline. */
export function undatedMessage(until: OpenUntil): string {
  return until === "deadline" ? unstated : openUntilMessages[until];
}

/** Returns what readers see instead of « Permanente » where that is only our assumption. Null: the recurrence is as it should be shown. */
export function assumedPermanence(isOngoing: boolean, until: OpenUntil): string | null {
  return isOngoing && until !== "permanent" && until !== "deadline" ? capitalize(openUntilMessages[until]) : null;
}

/** What an old client shows first of an aid without deadline, because it takes a missing deadline for an open aid. */
export const openingNotices: Readonly<Partial<Record<OpenUntil, string>>> = {
  unannounced: "Sans date limite annoncée : vérifiez auprès du producteur que cette aide est encore ouverte.",
  "to-check": "Dates à vérifier auprès du producteur avant de préparer une demande.",
  unstated: "Dates non précisées par le producteur : vérifiez auprès de lui que cette aide est encore ouverte.",
};
