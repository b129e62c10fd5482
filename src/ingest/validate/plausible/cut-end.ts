/** Words that end no sentence, in French and English. Left out: words that are also nouns ("an", "son", "or", "vers"). */
const openWords = new Set(
  "le la les de des du un une et ou au aux en pour par sur dans avec que dont ce cette ces leur leurs sa ses notre nos votre vos sans afin lors entre chez ainsi the of and to for with from by at which their its".split(
    " ",
  ),
);
/** Length of the longest of these words. */
const longest = 6;
/** Shorter texts are labels. */
const minLength = 60;
const blank = /[\s\u00a0]/;

/** Returns the last words of a text (HTML or plain) that ends in mid-sentence, after a word such as "de" or "and"; null if it seems whole. */
export function cutEnd(html: string): string | null {
  if (html.length < minLength) return null;
  let end = endOfText(html, html.length);
  if (html[end - 1] === "…") end--;
  else if (html.endsWith("...", end)) end -= 3;
  while (blank.test(html[end - 1] ?? "")) end--;
  let start = end;
  while (end - start <= longest && !/[\s\u00a0'’"«<>]/.test(html[start - 1] ?? " ")) start--;
  const word = html.slice(start, end);
  if (!openWords.has(word) && !(word === "" && isElided(html, end))) return null;
  return html
    .slice(Math.max(0, end - 80), end)
    .replace(/<[^<>]*>|^[^<>]*>/g, " ")
    .trim();
}

/** Returns true if a text ends with "l'", "d'" or "qu'". */
function isElided(html: string, end: number): boolean {
  return /(?:^|[\s>])(?:l|d|qu)['’]$/.test(html.slice(Math.max(0, end - 5), end));
}

/** Returns the place after the last character that is neither markup nor a blank. */
function endOfText(html: string, from: number): number {
  let end = from;
  while (end > 0) {
    const last = html[end - 1] ?? "";
    if (last === ">") end = Math.max(0, html.lastIndexOf("<", end - 1));
    else if (blank.test(last)) end--;
    else break;
  }
  return end;
}
