import { manualTemplate } from "moisson/connector-kit";

/** The manual template of Aides-territoires as CSV: `;`, UTF-8, cells over several lines. Delivered as a file. */
export const connector = manualTemplate({
  id: "modele-csv",
  feed: { urlFrom: "MOISSON_URL_MODELE_CSV" },
  decode: { format: "csv" },
});
