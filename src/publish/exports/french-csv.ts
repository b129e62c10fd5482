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

/** Direction marks and control characters. */
const tricks = /(?![\t\n\r])\p{Cc}|\p{Bidi_Control}/gu;

/**
 * Returns a text for a spreadsheet cell. A text that would be read as a formula (OWASP, "CSV Injection": it begins with = + - @, a tab or
 * a line end) gets an apostrophe in front; a plain number does not.
 */
export function harmlessCell(text: string): string {
  const plain = text.replace(tricks, "");
  return /^[\s]*[=+\-@\t\r]/.test(plain) && !/^[+-]?\d+([.,]\d+)?$/.test(plain) ? `'${plain}` : plain;
}
