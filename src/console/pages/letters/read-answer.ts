import type { NewLetterAnswer } from "../../../catalogue/letters/letter-answer-repository.ts";
import { french } from "../../../french/typography.ts";
import type { Letter } from "../../../model/letter/letter.ts";
import { pointsOf } from "../../../model/letter/points.ts";
import { type PointAnswer, pointAnswers } from "../../../model/publisher/letter-answer.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { CannotDo, type Form } from "../../route.ts";

export const maxRemarkLength = 500;
/** Value of the `point` field for the whole letter. */
export const wholeLetter = "lettre";
/** A promised date may be at most this many days ahead. */
const maxDaysAhead = 1100;

export interface TypedAnswer {
  readonly answer: string;
  readonly plannedFor: string;
  readonly remark: string;
}

type ReadAnswer =
  | { readonly answer: NewLetterAnswer; readonly at: string }
  | { readonly at: string; readonly typed: TypedAnswer; readonly problems: Readonly<Record<string, string>> };

/** Reads an answer form. `today`: `YYYY-MM-DD`. Throws `CannotDo` if the letter has no such point. */
export function readAnswer(form: Form, letter: Letter, today: string): ReadAnswer {
  const at = form.text("point");
  const typed = { answer: form.text("reponse"), plannedFor: form.text("prevu"), remark: form.text("remarque").replace(/\r\n/g, "\n") };
  const remark = typed.remark === "" ? null : typed.remark;
  const tooLong: Record<string, string> =
    [...typed.remark].length > maxRemarkLength ? { remarque: french`Une remarque a ${maxRemarkLength} caractères au plus.` } : {};
  if (at === wholeLetter) {
    if (tooLong.remarque !== undefined) return { at, typed, problems: tooLong };
    return { at, answer: { code: null, field: null, answer: null, plannedFor: null, remark } };
  }
  const point = /^\d{1,4}$/.test(at) ? pointsOf(letter)[Number(at)] : undefined;
  if (point === undefined) throw new CannotDo("Cette lettre n’a pas ce point.", 422);
  const answer: PointAnswer | null = pointAnswers.find((one) => one === typed.answer) ?? null;
  const problems = { ...tooLong, ...problemsOf(answer, typed, today) };
  if (Object.keys(problems).length > 0) return { at, typed, problems };
  const { code, field } = point;
  return { at, answer: { code, field, answer, plannedFor: answer === "planned" ? typed.plannedFor : null, remark } };
}

function problemsOf(answer: PointAnswer | null, { plannedFor, remark }: TypedAnswer, today: string): Record<string, string> {
  if (answer === null && remark === "") return { reponse: "Choisissez une réponse, ou écrivez une remarque." };
  if (answer !== "planned") return {};
  if (!isDay(plannedFor)) return { prevu: "Donnez le jour pour lequel c’est prévu." };
  if (plannedFor < today) return { prevu: "Ce jour est passé : donnez un jour à venir." };
  const last = new Date(Date.parse(today) + maxDaysAhead * 86_400_000).toISOString().slice(0, 10);
  return plannedFor > last ? { prevu: "Donnez un jour dans les trois ans qui viennent." } : {};
}
