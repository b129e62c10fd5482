/** Signs that turn the direction of a text, and those that a text has no use for. */
const tricks = /(?![\t\n\r])\p{Cc}|\p{Bidi_Control}/gu;

/**
 * A text for a cell of a spreadsheet. One that would be read as a formula (OWASP, "CSV Injection": it begins with = + - @, a tab or a line's end) gets an
 * apostrophe before it; a plain number stays one.
 */
export function harmlessCell(text: string): string {
  const plain = text.replace(tricks, "");
  return /^[\s]*[=+\-@\t\r]/.test(plain) && !/^[+-]?\d+([.,]\d+)?$/.test(plain) ? `'${plain}` : plain;
}
