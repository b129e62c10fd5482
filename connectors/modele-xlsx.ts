import { manualTemplate } from "moisson/connector-kit";

/** The manual template of Aides-territoires as Excel; reads the first visible sheet. Delivered as a file. */
export const connector = manualTemplate({
  id: "modele-xlsx",
  feed: { urlFrom: "MOISSON_URL_MODELE_XLSX" },
  decode: { format: "excel", sheet: 1 },
});
