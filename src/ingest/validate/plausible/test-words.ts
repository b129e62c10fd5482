import { foldedSentence } from "./sentences.ts";

/** The whole title is "test", with a number, initials, or one of the words that testers write. */
const testTitle =
  /^(?:(?:(?:fiche|aide|dispositif|ceci est un) )?tests?\d*(?: (?:[a-z]{1,3}|\d+|fiche|aide|dispositif|import|flux|creation))*|essai \d+|asdf\w*|azerty\w*|xxx+|(?:titre|nom) de l'aide)$/;
/** An instruction to colleagues. */
const instruction = /\b(?:a supprimer|a effacer|ne pas (?:publier|diffuser|mettre en ligne|utiliser|tenir compte)|pour test)\b/;
const testText = /^(?:[\s,;.]*tests?\d*)+[\s,;.!]*$/;

const traces = /test|supprimer|effacer|ne pas|essai|asdf|azerty|xxx|(?:titre|nom) de l/i;

/** Returns true if a title says that the aid is a test, or must not be published. */
export function isTestTitle(title: string): boolean {
  if (!traces.test(title)) return false;
  const folded = foldedSentence(title)
    .replace(/[^a-z\d']+/g, " ")
    .trim();
  return testTitle.test(folded) || instruction.test(folded);
}

/** Returns true if a short text (HTML or plain) is nothing but a test. */
export function isTestText(html: string): boolean {
  return html.length < 200 && /test/i.test(html) && testText.test(foldedSentence(html.replace(/<[^<>]*>/g, " ")));
}

/** Returns true if a text contains the pseudo-Latin that fills layouts. */
export function isFiller(html: string): boolean {
  return html.includes("orem ipsum");
}
