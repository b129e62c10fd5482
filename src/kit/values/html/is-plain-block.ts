const letter = "A-Za-z\\u00c0-\\u00ff\\u0152\\u0153";
const signs = " ,;:.!?()'‘’«»“”\"%€/°–…\\u00a0\\u202f-";
const words = `[0-9${letter}${signs}]*`;
const bold = `<strong>[0-9${letter}](?:${words}[0-9${letter}:.?!])?</strong>(?=[ ,;.:)<])`;
const link = `<a href="https?://[A-Za-z0-9./?=%#_-]+" rel="noopener">[0-9${letter}](?:${words}[0-9${letter}])?</a>(?=[ ,;.:)<])`;
const marked = `(?:${bold}|${link})`;
/** Begins with a letter, in bold or with a link; what is bold or a link is parted from the words before it by a blank. */
const line = `(?:(?:[${letter}«“"]|\\d+ (?=[${letter}]))${words}|${marked}${words})(?:(?<= )${marked}${words})*`;
const item = `<li>${line}</li>`;
const plain = new RegExp(`^(?:<p>${line}(?:<br>${line})*</p>|<(h[2-6])>${line}</\\1>|<([uo]l)>(?:${item})+</\\2>)$`);
/** What bare links begin with, and blanks that reading takes away. */
const unsure = /(?<!<a href="https?:)\/\/|(?<![/.])www\.| {2}|[ \u00a0\u202f]<(?!strong|a )/i;

/**
 * True for a block of canonical HTML of nothing but words, bold ones, line breaks and a flat list: in Markdown it is sure to be read back
 * as the same. False says nothing.
 */
export function isPlainBlock(html: string): boolean {
  return plain.test(html) && !unsure.test(html);
}
