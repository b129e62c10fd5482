import { cleanLine, foldTerm } from "../../kit/values/text/clean-text.ts";
import type { AidContent, AidField } from "../../model/aid/aid.ts";

export interface Passage {
  readonly from: AidField;
  /** The sentence as one line of plain text. */
  readonly text: string;
  /** The same, folded by `foldTerm`. */
  readonly folded: string;
  /** The last heading before the sentence, folded, or null. */
  readonly heading: string | null;
}

/** A line above other lines that names their subject. */
export interface Heading {
  /** As one line of plain text, as written. */
  readonly text: string;
  readonly folded: string;
}

/** Fields with sentences, in the order of their weight: an explicit field first. */
const textFields = ["eligibility", "description", "contact", "projectExamples"] as const satisfies readonly AidField[];

/** Maximum length of a text that is read, in characters. Longer texts are cut. */
const maxTextLength = 60_000;
/** Maximum length of a line that counts as a heading, in characters. */
const maxHeadingLength = 90;

const lineBreak = /<br\s*\/?>|<\/?(?:p|li|ul|ol|h[1-6]|div|tr|table|blockquote)(?:\s[^<>]*)?>|\n/i;
const headingLine = /^\s*(?:<(?:strong|b|u|em)>\s*)+[^<>]*(?:<\/(?:strong|b|u|em)>\s*)+:?\s*$/i;
/** Ends of sentences. Abbreviations such as "M." and "art." are followed by a number or a capital and stay together if short. */
const sentenceEnd = /(?<=[^\s.]{3}[.!?…])\s+(?=[\p{Lu}«"(•-])|\s+(?=[•▪➢→]\s)/u;

/** Splits the texts of an aid into sentences, with the heading above each, and lists the headings of the description. */
export function passagesOf(content: AidContent): { readonly passages: readonly Passage[]; readonly headings: readonly Heading[] } {
  const read = textFields.map((field) => passagesOfHtml(field, (content[field] ?? "").slice(0, maxTextLength)));
  return { passages: read.flatMap(({ passages }) => passages), headings: read[textFields.indexOf("description")]?.headings ?? [] };
}

function passagesOfHtml(from: AidField, html: string): { passages: Passage[]; headings: Heading[] } {
  const passages: Passage[] = [];
  const headings: Heading[] = [];
  let heading: string | null = null;
  for (const block of html.split(/(?=<h[1-6])/i)) {
    const isTitled = /^<h[1-6]/i.test(block);
    let isFirst = true;
    for (const line of block.split(lineBreak)) {
      const text = cleanLine(line);
      if (text === "") continue;
      const isHeading =
        text.length <= maxHeadingLength && ((isTitled && isFirst) || headingLine.test(line) || /^[^.!?]{3,70}\s?:$/.test(text));
      isFirst = false;
      if (isHeading) {
        heading = foldTerm(text).replace(/\s*[:?]$/, "");
        headings.push({ text, folded: heading });
      }
      for (const sentence of text.split(sentenceEnd)) passages.push({ from, text: sentence, folded: foldTerm(sentence), heading });
    }
  }
  return { passages, headings };
}
