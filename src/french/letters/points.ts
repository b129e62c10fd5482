import { faultKindOf } from "../../model/letter/fault-kinds.ts";
import type { LetterCode } from "../../model/letter/letter.ts";
import type { LetterPoint } from "../../model/letter/points.ts";
import type { PointAnswer } from "../../model/publisher/letter-answer.ts";
import { frenchDay } from "../dates.ts";
import { fieldNameOrKey } from "../fields.ts";
import { capitalize, counted, french } from "../typography.ts";
import { faultWords } from "./fault-words.ts";
import { faultKindTitles } from "./faults.ts";

/** Returns a sentence about a point of a letter, with its count. */
export function pointSentence({ code, field, column, count }: LetterPoint): string {
  const name = column ?? (field === null ? null : fieldNameOrKey(field));
  switch (code) {
    case "seldom-filled":
      return french`${capitalize(name ?? "Un champ")} : vide pour ${counted(count ?? 0, "aide")}.`;
    case "not-found":
      return french`Des informations que nous n'avons pas trouvées dans vos données.`;
    case "identifier":
      return french`Un identifiant durable pour chaque aide.`;
    case "unmapped-term":
      return french`${capitalize(name ?? "Un champ")} : ${counted(count ?? 0, "mot")} que nous ne savons pas ranger.`;
    case "field-never-seen":
      return french`Des champs que nous savons lire, et qu'aucune de vos aides n'a.`;
    default: {
      const what = capitalize(faultWords[code].what(count ?? 1));
      return name === null ? what : french`${what.replace(/[.:]$/, "").trimEnd()} (${name}).`;
    }
  }
}

/** Returns the subject of a point without its count, for readers who do not have the letter at hand. */
export function pointTopic({ code, field }: { readonly code: string; readonly field: string | null }): string {
  return `${topicOf(code)}${field === null ? "" : french` (${fieldNameOrKey(field)})`}`;
}

const topics: ReadonlyMap<string, string> = new Map([
  ["seldom-filled", "Des champs laissés vides"],
  ["not-found", "Des informations absentes"],
  ["identifier", "Un identifiant durable"],
  ["unmapped-term", "Des mots sans correspondance"],
  ["field-never-seen", "Des champs qui ne viennent plus"],
]);

function topicOf(code: string): string {
  const topic = topics.get(code);
  if (topic !== undefined) return topic;
  const kind = Object.hasOwn(faultWords, code) ? faultKindOf(code as LetterCode) : null;
  return kind === null || kind === "question" ? "Une de nos questions" : faultKindTitles[kind];
}

/** Labels of the answers to a point. The planned date has its own form field. */
export const answerLabels: Readonly<Record<PointAnswer, string>> = {
  corrected: "C’est corrigé",
  intended: "C’est voulu",
  planned: "C’est prévu pour le…",
};

/** Returns an answer as text, without a full stop. */
export function answerSentence(answer: PointAnswer, plannedFor: string | null): string {
  if (answer !== "planned") return answerLabels[answer];
  return plannedFor === null ? "C’est prévu" : french`C'est prévu pour le ${frenchDay(plannedFor)}`;
}
