import type { Route } from "../../route.ts";
import { templateCsv } from "./template-csv.ts";
import { templateWorkbook } from "./template-workbook.ts";
import { templatesPage } from "./templates-page.tsx";

let workbook: Promise<Uint8Array> | undefined;

/** It is the same for everybody. */
function workbookOnce(): Promise<Uint8Array> {
  workbook ??= templateWorkbook();
  return workbook;
}

/** Templates for publishers that have no feed: the files are for everybody. */
export const templateRoutes: readonly Route[] = [
  { method: "get", path: "/modeles", who: "bizdev", answer: templatesPage },
  {
    method: "get",
    path: "/modeles/aides.csv",
    who: "anyone",
    answer: () => ({ fileName: "modele-aides.csv", type: "text/csv; charset=utf-8", body: templateCsv() }),
  },
  {
    method: "get",
    path: "/modeles/aides.xlsx",
    who: "anyone",
    answer: async () => ({
      fileName: "modele-aides.xlsx",
      type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      body: await workbookOnce(),
    }),
  },
];
