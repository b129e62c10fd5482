// biome-ignore lint/suspicious/noControlCharactersInRegex: XML allows these characters nowhere
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Removes the characters that XML forbids even as references. A single one would make a whole document unreadable. */
export function withoutForbiddenXml(text: string): string {
  return text.replace(forbidden, "");
}

/** Escapes a text for an element or attribute of XML. `carriageReturn` replaces CR, which a parser would read as a line feed. */
export function escapedXml(text: string, carriageReturn = "&#13;"): string {
  return withoutForbiddenXml(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", carriageReturn);
}
