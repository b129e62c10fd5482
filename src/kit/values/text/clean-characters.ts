/** Anything but plain text as French publishers write it: what this does not find needs no work (the usual case, decided in one pass). */
const unusual = /[^\n\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u25a0-\u27bf]/;
const blanks = /[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164]/g;
const lineBreaks = /\r\n?|[\v\f\u2028\u2029]/g;
const oldWindows = /[\x80-\x9f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const controls = /[\x00-\x08\x0e-\x1f\x7f\ufff9-\ufffb\ufffe\uffff]/g;
/** Zero-width blanks and joints, soft hyphen, BOM, and the marks that turn the direction of writing. */
const invisible = /\u034f|[\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0001}\u{e0020}-\u{e007f}]/gu;
/** The zero-width joiner is kept where it joins two emoji. */
const looseJoiner = /(?<!\p{Extended_Pictographic}|\ufe0f|[\u{1f3fb}-\u{1f3ff}])\u200d/gu;
/** A stroke through nothing; behind a tag it would make its `>` a `≯`. */
const looseMarks = /(?<=^|[\s>])\p{M}+/gu;
const loneSurrogate = /\p{Surrogate}/gu;

/** What windows-1252 means by the bytes that Unicode takes for control characters: "L\x92aide" is "L’aide". */
const windows1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/**
 * The text with sound characters: Unicode NFC; every blank is " " and every line break "\n"; control, invisible and direction-turning characters gone;
 * windows-1252 left-overs read; half surrogates become U+FFFD. Blanks are not folded. Gives back the same string where nothing is to do.
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
