import { manualTemplate } from "moisson/connector-kit";

/** The manual template of Aides-territoires, delivered as an Excel file. Reads the first visible sheet. */
export const connector = manualTemplate({
  id: "modele-xlsx",
  feed: { urlFrom: "MOISSON_URL_MODELE_XLSX" },
  decode: { format: "excel", sheet: 1 },
});
