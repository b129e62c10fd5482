import type { LetterAnswer } from "../../../catalogue/letters/letter-answer-repository.ts";
import type { Letter } from "../../../partners/letters/letter.ts";
import type { TypedAnswer } from "./read-answer.ts";

/** A form that could not be taken. `at`: of which point, as its field says. */
export interface AnswerAgain {
  readonly at: string;
  readonly typed: TypedAnswer;
  readonly problems: Readonly<Record<string, string>>;
}

/** What the forms of a letter are made from. `kept`: the point that was answered to a moment ago. */
export interface AnswersGiven {
  readonly path: string;
  readonly csrf: string;
  readonly letter: Letter;
  readonly answers: readonly LetterAnswer[];
  readonly again: AnswerAgain | null;
  readonly kept: string | null;
}
