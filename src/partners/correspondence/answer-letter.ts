import type { NewLetterAnswer } from "../../catalogue/letters/letter-answer-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { type ActRefusal, type Refused, refusedAct, type WrongInput } from "../../model/act-refusal.ts";
import { pointsOf } from "../../model/letter/points.ts";
import { type PointAnswer, pointAnswers } from "../../model/publisher/letter-answer.ts";
import { isDay } from "../../model/text/is-day.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { MadeLetter } from "./stored-letter.ts";

export const maxRemarkLength = 500;
/** A promised date may be at most this many days ahead. */
const maxDaysAhead = 1100;

/** A publisher's answer as typed. Texts may be empty. */
export interface TypedAnswer {
  /** One of `pointAnswers`. */
  readonly answer: string;
  /** `YYYY-MM-DD`, for `planned`. */
  readonly plannedFor: string;
  readonly remark: string;
}

/** A stored answer. `isNew`: false if it equals the one before; `details`: for the logs. */
export interface AnsweredLetter {
  readonly isNew: boolean;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * Stores a publisher's answer to a point of a letter, or its remark on the whole letter. `point`: position in `pointsOf`, or null for the whole
 * letter; `by`: author in the publisher's log.
 */
export async function answerLetter(
  { letterAnswers, exchanges }: Pick<Catalogue, "letterAnswers" | "exchanges">,
  { letterId, connector, letter, revokedAt }: MadeLetter,
  { point: position, ...typed }: TypedAnswer & { readonly point: number | null },
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<AnsweredLetter | Refused | WrongInput> {
  if (revokedAt !== null) return refusedAct("address-revoked");
  const point = position === null ? { code: null, field: null } : pointsOf(letter)[position];
  if (point === undefined) return refusedAct("no-such-point");
  const answer = pointAnswers.find((one) => one === typed.answer && position !== null) ?? null;
  const problems = [remarkProblem(typed), position === null ? null : answerProblem(answer, typed, parisDay(now))].filter(
    (one) => one !== null,
  );
  if (problems.length > 0) return { problems };
  const plannedFor = answer === "planned" ? typed.plannedFor : null;
  const given: NewLetterAnswer = {
    code: point.code,
    field: point.field,
    answer,
    plannedFor,
    remark: typed.remark === "" ? null : typed.remark,
  };
  const isNew = await letterAnswers.add(letterId, given, now);
  const details = { letter: letterId, code: point.code, field: point.field, answer, plannedFor };
  if (isNew) await exchanges.addOfConnector(connector, { at: now, kind: "letter-answered", by, details });
  return { isNew, details };
}

function remarkProblem({ remark }: TypedAnswer): ActRefusal | null {
  return [...remark].length > maxRemarkLength ? { code: "remark-too-long", params: { max: maxRemarkLength } } : null;
}

function answerProblem(answer: PointAnswer | null, { plannedFor, remark }: TypedAnswer, today: string): ActRefusal | null {
  if (answer === null) return remark === "" ? { code: "no-answer", params: {} } : null;
  if (answer !== "planned") return null;
  if (!isDay(plannedFor)) return { code: "no-planned-day", params: {} };
  if (plannedFor < today) return { code: "planned-day-past", params: {} };
  const last = new Date(Date.parse(today) + maxDaysAhead * 86_400_000).toISOString().slice(0, 10);
  return plannedFor > last ? { code: "planned-day-far", params: {} } : null;
}
