import type { ReasonToRead } from "../model/aid/publication-warnings.ts";
import { type AnswerCondition, ownOperators, type StandingDecision } from "../model/plan/standing-decision.ts";
import { labelOf } from "../model/vocabularies.ts";
import { fieldName } from "./fields.ts";
import { counted, french, joinedWithAnd } from "./typography.ts";
import { frenchValue } from "./values.ts";

/** Why a person should look at an aid before it is published, without capital and full stop. */
export const warningMessages: Readonly<Record<ReasonToRead, string>> = {
  "deadline-past": "sa date de clôture est passée",
  "no-searchable-territory": "aucune recherche par lieu ne trouve son territoire",
  "unconfirmed-suggestion": "une date, un montant, un taux ou une condition que nous avons remplis n’est pas vérifié",
  "record-issue": "une partie de son enregistrement n’a pas pu être lue",
  "proposal-waits": "un changement du producteur attend une réponse",
  "sources-contradict": "ses sources se contredisent",
  "date-unstated": "le producteur ne dit pas jusqu’à quand elle est ouverte",
  "foreign-text": "elle n’est pas écrite en français",
  "needs-answer": "une valeur nécessaire pour publier vient de nous",
};

/** Says what a standing decision does in every run, without capital and full stop. */
export function decisionMessage({ kind, field, value, condition }: StandingDecision): string {
  if (kind === "publish" || field === null) {
    const which = value === "publishable" ? "les aides auxquelles rien ne manque pour être publiées" : "les aides entièrement décrites";
    return french`publier sans relecture ${which}, si elles n'ont aucune alerte`;
  }
  if (kind === "ask") return french`ne publier aucune aide sans « ${fieldName(field)} »`;
  const chosen = value === ownOperators ? "les organismes qui instruisent l’aide" : frenchValue(field, value) || "rien";
  return french`remplir « ${fieldName(field)} » par : ${chosen}${conditionMessage(condition)}`;
}

/** Says which aids an answer is for, as the end of a sentence; nothing for all of the source. */
function conditionMessage(condition: AnswerCondition | null): string {
  const { types, operators, except = [] } = condition ?? {};
  return [
    types === undefined ? "" : french`, pour les aides de type ${types.map((type) => labelOf("aidTypes", type)).join(" et ")}`,
    operators === undefined
      ? ""
      : french`, pour les aides que ${joinedWithAnd(operators)} ${operators.length > 1 ? "instruisent" : "instruit"}`,
    except.length === 0 ? "" : french`, sauf pour ${counted(except.length, "aide")}`,
  ].join("");
}
