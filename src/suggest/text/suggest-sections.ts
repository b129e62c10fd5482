import { cleanHtml } from "../../kit/values/html/clean-html.ts";
import { cutSection } from "../../kit/values/html/cut-section.ts";
import type { AidContent } from "../../model/aid/aid.ts";
import type { Suggested } from "../suggested.ts";
import type { Heading } from "./passages.ts";

/** Headings of the parts of a description that belong into fields of their own. */
const sections = [
  {
    field: "eligibility",
    heading:
      /^(?:qui (?:peut|est)|pour qui|a qui|beneficiaires?|conditions?(?! (?:financ|de (?:versement|remboursement|paiement)))|criteres?|eligibilite|les (?:beneficiaires|conditions|criteres)|projets? eligibles?|quels? (?:beneficiaires?|projets?|conditions?(?! (?:financ|de (?:versement|remboursement|paiement)))|criteres?))\b/,
  },
  { field: "projectExamples", heading: /^(?:exemples?|projets? (?:realises?|finances?|laureats?|soutenus?)|realisations?)\b/ },
  {
    field: "contact",
    heading:
      /^(?:contacts?|vos contacts?|votre contact|nous contacter|vos interlocuteurs?|qui contacter|renseignements?|informations? et contacts?)\b/,
  },
] as const;

/** Minimum length of a part, in characters of HTML. A heading above nothing is not a part. */
const minPartLength = 20;

/** Suggests eligibility, examples and contact from the parts of the description under such a heading, as HTML of the allow-list. */
export function suggestSections(content: AidContent, headings: readonly Heading[]): Suggested[] {
  const html = content.description ?? "";
  return sections.flatMap(({ field, heading }): Suggested[] => {
    const place = headings.findIndex(({ folded }) => heading.test(folded));
    const from = headings[place]?.text;
    if (from === undefined) return [];
    const to = headings.slice(place + 1).find(({ folded }) => !heading.test(folded))?.text;
    const part = cleanHtml(cutSection(html, to === undefined ? { from } : { from, to }).text);
    if (part === null || part.length < minPartLength || part.length > html.length * 0.95) return [];
    return [{ field, rule: "heading", value: part, strength: 1, evidence: [{ kind: "sentence", from: "description", text: from }] }];
  });
}
