import type { PublicationWarning } from "../model/aid/publication-warnings.ts";
import type { StandingDecision } from "../model/plan/standing-decision.ts";
import { fieldName } from "./fields.ts";
import { ruleNames } from "./suggestions.ts";
import { french } from "./typography.ts";
import { frenchValue } from "./values.ts";

/** Why a person should look at an aid before it is published, without capital and full stop. */
export const warningMessages: Readonly<Record<PublicationWarning, string>> = {
  "deadline-past": "sa date de clôture est passée",
  "no-searchable-territory": "aucune recherche par lieu ne trouve son territoire",
  "unconfirmed-suggestion": "une date, un montant, un taux ou une condition que nous avons remplis n’est pas vérifié",
  "record-issue": "une partie de son enregistrement n’a pas pu être lue",
  "proposal-waits": "un changement du producteur attend une réponse",
  "sources-contradict": "ses sources se contredisent",
};

/** Says what a standing decision does in every run, without capital and full stop. */
export function decisionMessage({ kind, field, rule, value }: StandingDecision): string {
  if (kind === "publish" || field === null) return french`publier sans relecture les aides complètes et sans alerte`;
  if (value !== null) return french`remplir « ${fieldName(field)} » par : ${frenchValue(field, value)}`;
  return french`remplir « ${fieldName(field)} » par une suggestion sûre${rule === null ? "" : ` (${ruleNames[rule]})`}`;
}
