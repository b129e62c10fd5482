import { frenchDay } from "../../../french/day.ts";
import { french } from "../../../french/typography.ts";
import type { PointAnswer } from "../../../model/publisher/letter-answer.ts";

/** What a publisher can say of a point, as the form offers it. `plannedFor` stands in a field of its own. */
export const answerLabels: Readonly<Record<PointAnswer, string>> = {
  corrected: "C’est corrigé",
  intended: "C’est voulu",
  planned: "C’est prévu pour le…",
};

/** What a publisher said of a point, without full stop. */
export function answerSentence(answer: PointAnswer, plannedFor: string | null): string {
  if (answer !== "planned") return answerLabels[answer];
  return plannedFor === null ? "C’est prévu" : french`C'est prévu pour le ${frenchDay(plannedFor)}`;
}
