/** Normalises a text as browsers send it. */
export function asSent(text: string): string {
  return text
    .replace(/\p{Bidi_Control}/gu, "")
    .replace(/\r\n?/g, "\n")
    .trim();
}
