// biome-ignore lint/suspicious/noControlCharactersInRegex: XML allows these characters nowhere
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** Returns the text without the characters that XML forbids even as references: one of them makes a whole document unreadable. */
export function withoutForbiddenXml(text: string): string {
  return text.replace(forbidden, "");
}

/** Returns the text escaped for an element or an attribute of XML. `carriageReturn` is written for CR, which a parser would turn into a line feed. */
export function escapedXml(text: string, carriageReturn = "&#13;"): string {
  return withoutForbiddenXml(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", carriageReturn);
}
