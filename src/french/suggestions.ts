import type { SuggestionEvidence, SuggestionRule } from "../model/aid/suggestion.ts";
import { fieldName } from "./fields.ts";
import { french } from "./typography.ts";

/** Describes the evidence of a suggestion, except a sentence of the aid, which pages quote. Without capital and full stop. */
export function evidenceMessage(evidence: SuggestionEvidence): string {
  switch (evidence.kind) {
    case "sentence":
      return french`dans le champ « ${fieldName(evidence.from)} »`;
    case "neighbours":
      return french`${evidence.agreeing} des ${evidence.of} aides les plus proches`;
    case "default":
      return french`${evidence.agreeing} aides sur ${evidence.of} de la même source`;
    case "fields":
      return french`d'après : ${evidence.from.map(fieldName).join(", ")}`;
  }
}

/** Returns the measured precision of a suggestion's rule, rounded down: 99,7 % is not certain. */
export function certaintyMessage(certainty: number): string {
  return certainty === 0 ? "précision non mesurée" : french`juste ${Math.floor(certainty * 100)} fois sur 100`;
}

/** The name of a rule, without capital and full stop. */
export const ruleNames: Readonly<Record<SuggestionRule, string>> = {
  "sentence-contact": "contact lu dans le texte",
  "sentence-phone": "numéro lu dans le texte",
  "sentence-mail": "adresse lue dans le texte",
  "sentence-link": "lien lu dans le texte",
  "sentence-deadline": "date limite lue dans le texte",
  "sentence-opening": "date d’ouverture lue dans le texte",
  "sentence-recurrence": "récurrence lue dans le texte",
  "sentence-rate": "taux lu dans le texte",
  "sentence-amount": "montant lu dans le texte",
  "sentence-audiences": "bénéficiaires lus dans le texte",
  "sentence-types": "type d’aide lu dans le texte",
  "sentence-steps": "avancement lu dans le texte",
  "sentence-destinations": "dépenses lues dans le texte",
  "title-types": "type d’aide lu dans le titre",
  "title-steps": "avancement lu dans le titre",
  "title-destinations": "dépenses lues dans le titre",
  "title-categories": "thématiques lues dans le titre",
  heading: "partie du texte sous un titre connu",
  dates: "déduit des dates",
  neighbours: "aides semblables",
  "neighbours-and-title": "aides semblables, et mots du titre",
  "neighbours-and-words": "aides semblables, et mots du texte",
  "connector-default": "choisi pour toute la source",
};
