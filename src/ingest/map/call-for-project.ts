import { foldTerm } from "../../kit/values/text/clean-text.ts";

const words = /(?<![\p{L}\p{N}])appels? ?(?:a|aux) ?(?:projets?|manifestations? d['’ ]?interets?)(?![\p{L}\p{N}])/u;
/** In capitals only: "ami" is a friend. */
const acronyms = /(?<![\p{L}\p{N}])(?:AAP|AMI)s?(?![\p{L}\p{N}])/u;

/** True where a title says in whole words that it is a call: appel(s) à projet(s), appel(s) à manifestation(s) d'intérêt, AAP, AMI. "famille" is none. */
export function saysCallForProject(title: string): boolean {
  return acronyms.test(title) || words.test(foldTerm(title).replace(/\(s\)/g, "s"));
}
