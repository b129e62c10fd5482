/** Structural bytes of JSON (RFC 8259, section 2) in UTF-8. */
export const jsonBytes = {
  doubleQuote: 0x22,
  backslash: 0x5c,
  openBracket: 0x5b,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  comma: 0x2c,
  colon: 0x3a,
} as const;
