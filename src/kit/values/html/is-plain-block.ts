const letter = "A-Za-z\\u00c0-\\u00ff\\u0152\\u0153";
const signs = " ,;:.!?()'‘’«»“”\"%€/°–…\\u00a0\\u202f-";
const words = `[0-9${letter}${signs}]*`;
const bold = `<strong>[0-9${letter}](?:${words}[0-9${letter}:.?!])?</strong>(?=[ ,;.:)<])`;
const link = `<a href="https?://[A-Za-z0-9./?=%#_-]+" rel="noopener">[0-9${letter}](?:${words}[0-9${letter}])?</a>(?=[ ,;.:)<])`;
const marked = `(?:${bold}|${link})`;
/** A line that starts with a letter, bold text or a link, with a blank before each bold text or link. */
const line = `(?:(?:[${letter}«“"]|\\d+ (?=[${letter}]))${words}|${marked}${words})(?:(?<= )${marked}${words})*`;
const item = `<li>${line}</li>`;
const plain = new RegExp(`^(?:<p>${line}(?:<br>${line})*</p>|<(h[2-6])>${line}</\\1>|<([uo]l)>(?:${item})+</\\2>)$`);
/** Beginnings of bare links, and blanks that reading removes. */
const unsure = /(?<!<a href="https?:)\/\/|(?<![/.])www\.| {2}|[ \u00a0\u202f]<(?!strong|a )/i;

/**
 * Returns true for a block of words, bold text, line breaks and a flat list, which Markdown surely reads back as the same. False means
 * unknown.
 */
export function isPlainBlock(html: string): boolean {
  return plain.test(html) && !unsure.test(html);
}
