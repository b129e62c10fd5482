/** Tags and entities. */
const markup = /<[^<>]{0,2000}>|&(?:[a-z]{2,8}|#x?[\da-f]{1,6});/gi;
/** Combining accents and zero-width characters. */
const marks = /[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]/g;
/** Everything but letters and digits of Latin and other alphabets. Ranges, because `\p{L}` takes four times as long over 50,000 texts. */
const betweenWords = /[^a-z\d\u00df-\u1fff\u3040-\ud7ff\uf900-\uffef]+/g;

/**
 * Normalises a text for comparison: its words, single blanks, no markup, case, accents or punctuation. "Aide à l’œuvre&nbsp;: volet
 * <b>2</b>" is "aide a l oeuvre volet 2". Empty if there is no word.
 */
export function comparableText(text: string): string {
  return text
    .replace(markup, " ")
    .toLowerCase()
    .normalize("NFKD")
    .replace(marks, "")
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replace(betweenWords, " ")
    .trim();
}
