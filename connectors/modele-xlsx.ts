import { manualTemplate } from "moisson/connector-kit";

/** The file that publishers fill in by hand for Aides-territoires, as an Excel workbook. The first visible sheet is read. */
export const connector = manualTemplate({
  id: "modele-xlsx",
  title: "Excel",
  feed: { urlFrom: "MOISSON_URL_MODELE_XLSX" },
  decode: { format: "excel", sheet: 1 },
});
