import { manualTemplate } from "moisson/connector-kit";

/** The file that publishers fill in by hand for Aides-territoires, as CSV. It uses `;` and UTF-8, and cells may have several lines. */
export const connector = manualTemplate({
  id: "modele-csv",
  title: "CSV",
  feed: { urlFrom: "MOISSON_URL_MODELE_CSV" },
  decode: { format: "csv" },
});
