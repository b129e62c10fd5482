import { harmlessCell } from "./harmless-cell.ts";

/** Mark at the start of a CSV that lets French Excel read UTF-8. */
export const byteOrderMark = "\ufeff";

/** Returns a line of a CSV for French Excel: `;` between cells, decimal comma, no cell that it would read as a formula. */
export function frenchCsvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellOf).join(";")}\r\n`;
}

function cellOf(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value).replace(".", ",");
  const text = harmlessCell(value);
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
