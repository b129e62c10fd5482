import { manualTemplate } from "moisson/connector-kit";

/** The manual template of Aides-territoires, delivered as a CSV file: `;`, UTF-8, cells with several lines. */
export const connector = manualTemplate({
  id: "modele-csv",
  feed: { urlFrom: "MOISSON_URL_MODELE_CSV" },
  decode: { format: "csv" },
});
