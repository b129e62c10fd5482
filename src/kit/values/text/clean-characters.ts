/** Matches characters that may need cleaning. Most texts contain none. */
const unusual = /[^\n\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u25a0-\u27bf]/;
const blanks = /[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164]/g;
const lineBreaks = /\r\n?|[\v\f\u2028\u2029]/g;
const oldWindows = /[\x80-\x9f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern matches control characters
const controls = /[\x00-\x08\x0e-\x1f\x7f\ufff9-\ufffb\ufffe\uffff]/g;
/** Zero-width blanks and joiners, soft hyphen, BOM, and direction marks. */
const invisible = /\u034f|[\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0001}\u{e0020}-\u{e007f}]/gu;
/** Zero-width joiners, except those after an emoji. */
const looseJoiner = /(?<!\p{Extended_Pictographic}|\ufe0f|[\u{1f3fb}-\u{1f3ff}])\u200d/gu;
/** Combining marks without a letter. After a tag, U+0338 would turn `>` into `≯`. */
const looseMarks = /(?<=^|[\s>])\p{M}+/gu;
const loneSurrogate = /\p{Surrogate}/gu;

/** Characters of windows-1252 at 0x80–0x9f, where Unicode has control characters: "L\x92aide" means "L’aide". */
const windows1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/**
 * Cleans the characters of a text and converts it to NFC. Blanks become " " and line breaks "\n". Removes control, invisible and direction
 * characters. Decodes remains of windows-1252. Unpaired surrogates become U+FFFD. Does not fold blanks.
 */
export function cleanCharacters(text: string): string {
  if (!unusual.test(text)) return text;
  const spaced = text.replace(lineBreaks, "\n").replace(blanks, " ");
  if (!unusual.test(spaced)) return spaced;
  return spaced
    .replace(oldWindows, (byte) => {
      const meant = windows1252[byte.charCodeAt(0) - 0x80] ?? "";
      return meant === byte ? "" : meant;
    })
    .replace(controls, "")
    .replace(invisible, "")
    .replace(looseJoiner, "")
    .replace(looseMarks, (marks) => marks.replaceAll("\u0338", ""))
    .replace(loneSurrogate, "\ufffd")
    .normalize("NFC");
}

/** Returns true if `cleanCharacters` keeps every character of the text, in any text. */
export function isUsual(text: string): boolean {
  return !unusual.test(text);
}
