/** Cuts a text to at most `length` characters, at the end of a word if it has one there, and adds `mark`. Shorter texts stay whole. */
export function cutAtWord(text: string, length: number, mark = " […]"): string {
  if (text.length <= length) return text;
  const blank = text.lastIndexOf(" ", length);
  return `${text.slice(0, blank > 0 ? blank : length)}${mark}`;
}
