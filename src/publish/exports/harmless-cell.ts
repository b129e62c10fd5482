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
