import { templateCells } from "../../../french/template-cells.ts";
import { pageRoute, type Route } from "../../route.ts";
import { templateWorkbook } from "./template-workbook.ts";
import { templatesPage } from "./templates-page.tsx";

/** Built once, on the first request. */
let workbook: Promise<Uint8Array> | undefined;

/** Templates for publishers without a feed. Anyone can download them. */
export const templateRoutes: readonly Route[] = [
  pageRoute("/modeles", "bizdev", templatesPage),
  pageRoute("/modeles/aides.csv", "public", () => ({ fileName: "modele-aides.csv", type: "text/csv; charset=utf-8", body: templateCsv() })),
  pageRoute("/modeles/aides.xlsx", "public", async () => {
    workbook ??= templateWorkbook();
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return { fileName: "modele-aides.xlsx", type, body: await workbook };
  }),
];

/** Returns the template as CSV for French Excel: UTF-8 with BOM, `;` between cells. */
function templateCsv(): string {
  const rows = [
    templateCells.map(({ title }) => title),
    templateCells.map(({ example, holds }) => (holds === "day" ? frenchDay(example) : example)),
  ];
  return `\ufeff${rows.map((cells) => `${cells.map(cell).join(";")}\r\n`).join("")}`;
}

function frenchDay(day: string): string {
  return day.split("-").reverse().join("/");
}

function cell(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
