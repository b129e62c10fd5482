import type { DescriptionLevel } from "../model/aid/field-table.ts";
import type { AnsweredField, Question } from "../model/aid/question.ts";
import type { AnswerReach } from "../model/plan/answer-review.ts";
import type { StandingDecision } from "../model/plan/standing-decision.ts";
import { frenchDayOf } from "./dates.ts";
import { fieldName } from "./fields.ts";
import { counted, french, isPlural } from "./typography.ts";

/** What is asked about aids that lack a field: about one, and about several. */
const asked: Readonly<Record<AnsweredField, readonly [one: string, several: string]>> = {
  aidTypes: ["qu’apporte-t-elle ?", "qu’apportent-elles ?"],
  targetedAudiences: ["à qui s’adresse-t-elle ?", "à qui s’adressent-elles ?"],
  mobilizationSteps: ["à quelle étape d’un projet sert-elle ?", "à quelle étape d’un projet servent-elles ?"],
  destinations: ["quelles dépenses paie-t-elle ?", "quelles dépenses paient-elles ?"],
  financers: ["qui la finance ?", "qui les finance ?"],
  perimeters: ["où vaut-elle ?", "où valent-elles ?"],
  contact: ["à qui s’adresser ?", "à qui s’adresser ?"],
};

/** Returns a question as a sentence: « Les 151 aides de TEE sans étape : à quelle étape d'un projet servent-elles ? » */
export function questionSentence({ field, word, aids }: Pick<Question, "field" | "word" | "aids">, publisher: string): string {
  const which = isPlural(aids) ? french`Les ${aids} aides de ${publisher}` : french`L'aide de ${publisher}`;
  if (word !== null) return french`${which} qui disent « ${word} » (${fieldName(field)}) : que veut dire ce mot ?`;
  const words = asked[field as AnsweredField] ?? ["quelle est la valeur ?", "quelle est la valeur ?"];
  return french`${which} sans « ${fieldName(field)} » : ${words[isPlural(aids) ? 1 : 0]}`;
}

/** Returns why an answer is asked again, as sentences. */
export function doubtSentences({ answer, reach, hasOutgrown, changed, contradictions }: AnswerDoubts): string[] {
  const { given, now } = reach;
  const day = frenchDayOf(answer.at);
  return [
    ...(hasOutgrown
      ? [
          french`Cette réponse a été donnée pour ${counted(given, "aide")} le ${day} ; elle vaut maintenant pour ${now}. Vaut-elle toujours ?`,
        ]
      : []),
    ...(changed.length > 0
      ? [
          french`Cette réponse a été donnée le ${day} ; depuis, ${counted(changed.length, "aide a changé", "aides ont changé")} de texte, de type ou d'organisme. Vaut-elle toujours ?`,
        ]
      : []),
    ...contradictions.map(({ aids }) => french`Deux réponses se contredisent pour ${counted(aids, "aide")} : laquelle vaut ?`),
  ];
}

/** An answer that is asked again. */
interface AnswerDoubts {
  readonly answer: Pick<StandingDecision, "at">;
  readonly reach: AnswerReach;
  readonly hasOutgrown: boolean;
  readonly changed: readonly unknown[];
  readonly contradictions: readonly { readonly aids: number }[];
}

/** Returns what answering some questions changes, as a sentence without full stop. */
export function gainSentence(frees: Readonly<Record<DescriptionLevel, number>>, questions: number): string {
  const { publishable, fullyDescribed } = frees;
  const parts = [
    ...(publishable > 0 ? [french`${counted(publishable, "aide")} à publier`] : []),
    ...(fullyDescribed > 0 ? [french`${counted(fullyDescribed, "aide entièrement décrite", "aides entièrement décrites")}`] : []),
  ];
  if (parts.length === 0) return "cette réponse ne libère encore aucune aide : il leur manque aussi ce qu’aucune réponse ne remplit";
  const gain = parts.join(french` et `);
  return questions > 1 ? french`ces ${questions} réponses ensemble : ${gain}` : french`cette réponse : ${gain}`;
}
