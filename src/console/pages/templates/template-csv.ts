import { templateCells } from "./template-cells.ts";

/** The template as CSV as French Excel opens and saves it: UTF-8 with its mark, `;` between cells. */
export function templateCsv(): string {
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
