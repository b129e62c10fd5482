import type { OpenUntil } from "../model/aid/open-until.ts";

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
