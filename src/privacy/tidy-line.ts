/** Mark of a removed person. */
export const removed = "\u0001";

const gap = "[ \\t\\u00a0\\u202f]*";
const civility = "(?:M\\.|MM\\.|Mr\\.?|Mme|Mmes|Mlle|Madame|Monsieur|Mesdames|Messieurs|Dr\\.?|Me|Ma[iî]tre)";
const heading =
  "(?:t[ée]l(?:[ée]phone)?|portable|mobile|port|ligne directe|fax|e-?mail|mail|m[ée]l|courriel|adresse (?:e-?mail|mail|électronique)|nom(?: et pr[ée]nom)?|pr[ée]nom|contacts?|(?:votre )?interlocut(?:eur|rice)s?|renseignements?|personnes? (?:à contacter|ressource)|r[ée]f[ée]rente?s?)";
/** Words that join a person, a number and an address. Each alternative is one word, so that long lines take linear time. */
const joining =
  "(?<!\\p{L})(?:par|au|aux|à|sur|via|ou|et|soit|puis|de|auprès|le|la|son|un|l['’]adresse|num[ée]ro|portable|mobile|t[ée]l[ée]phone|mail|e-?mail|courriel|m[ée]l|suivante?)(?!\\p{L})";

const civilBefore = new RegExp(`(?<!\\p{L})${civility}${gap}${removed}`, "gu");
const headingBefore = new RegExp(`(?<!\\p{L})${heading}\\.?${gap}[:.–—-]?${gap}${removed}`, "giu");
const inBrackets = new RegExp(`\\(${gap}${removed}${gap}\\)`, "gu");
const together = new RegExp(`${removed}(?:[ \\t\\u00a0\\u202f,;:/|•·&–—-]|${joining})*${removed}`, "giu");
const joiningBefore = new RegExp(`(?:${joining}[ \\t\\u00a0\\u202f:]*)+${removed}`, "giu");
const asks =
  /(?<!\p{L})(?:contacter|contactez|joindre|joignez|auprès|s['’]adresser|adressez-vous|appeler|écrire|écrivez|avec|est|sont|pour|chez|par|de|à)[ \u00a0]*(?:à|de)?[ \u00a0]*$/iu;
const betweenSentences = /(?<=[.!?])(?=\s+\p{Lu})/u;
/** Headings, joining words and punctuation. A text of these alone is useless. */
const emptyWord = new RegExp(
  `(?<!\\p{L})(?:${heading}|${civility}|contacter|contactez|joindre|veuillez|merci|vous|pouvez)(?!\\p{L})|${joining}|[\\s,;:./|•·&()*–—-]`,
  "giu",
);

/** Replaces a person in a sentence that would be wrong without one. */
const somebody = "l’interlocuteur";

/**
 * Makes a line with marks readable: removes the headings, civilities and joining words of removed people. Returns an empty text if nothing
 * is left. `holdsContact`: returns true for a sentence to keep because it names another contact.
 */
export function tidyLine(line: string, holdsContact: (sentence: string) => boolean): string {
  let text = line;
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(civilBefore, removed).replace(headingBefore, removed).replace(inBrackets, removed).replace(together, removed);
  }
  text = text
    .split(betweenSentences)
    .map((part) => tidySentence(part, holdsContact))
    .join("");
  text = withoutLoosePunctuation(text);
  return saysNothing(text) ? "" : text;
}

/** Returns true for a text of headings, joining words and punctuation alone. */
export function saysNothing(text: string): boolean {
  return text.replace(emptyWord, "") === "";
}

function tidySentence(sentence: string, holdsContact: (sentence: string) => boolean): string {
  if (!sentence.includes(removed)) return sentence;
  const first = sentence.indexOf(removed);
  if (asks.test(sentence.slice(0, first))) {
    const rewritten = sentence
      .replace(removed, somebody)
      .replace(joiningBefore, "")
      .replaceAll(removed, "")
      .replace(`${somebody} ou `, `${somebody} `);
    return /@|https?:|\d{2}[ .]\d{2}/.test(sentence) || holdsContact(sentence) ? rewritten : "";
  }
  return sentence.replace(joiningBefore, removed).replaceAll(removed, "");
}

function withoutLoosePunctuation(text: string): string {
  return text
    .replace(/[ \t\u00a0\u202f]{2,}/g, " ")
    .replace(/\(\s*[,;:–—-]*\s*\)/g, "")
    .replace(/([:–—])\s*[/|,;]\s*/g, "$1 ")
    .replace(/\(\s*[,;:–—-]\s*/g, "(")
    .replace(/\s*[,;:–—-]\s*\)/g, ")")
    .replace(/(?:\s*[,;:•·|–—]|\s-(?=\s))+(?=\s*[,;:.•·|–—]|\s-\s)/g, "")
    .replace(/\s+([,.])/g, "$1")
    .replace(/^[\s,;:./|•·–—-]+/, "")
    .replace(/[\s,;:/|•·–—-]+$/, "");
}
