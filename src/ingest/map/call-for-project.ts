import { foldTerm } from "../../kit/values/text/clean-text.ts";

const words = /(?<![\p{L}\p{N}])appels? ?(?:a|aux) ?(?:projets?|manifestations? d['’ ]?interets?)(?![\p{L}\p{N}])/u;
/** In capitals only: "ami" is a friend. */
const acronyms = /(?<![\p{L}\p{N}])(?:AAP|AMI)s?(?![\p{L}\p{N}])/u;

/**
 * Returns true if a title names a call in whole words: appel(s) à projet(s), appel(s) à manifestation(s) d'intérêt, AAP, AMI. "famille"
 * does not match.
 */
export function saysCallForProject(title: string): boolean {
  return acronyms.test(title) || words.test(foldTerm(title).replace(/\(s\)/g, "s"));
}
