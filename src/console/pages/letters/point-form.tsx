import type { Child } from "hono/jsx";
import type { LetterAnswer } from "../../../catalogue/letters/letter-answer-repository.ts";
import { french } from "../../../french/typography.ts";
import { pointAnswers } from "../../../model/publisher/letter-answer.ts";
import { answerLabels } from "../../../partners/letters/french/answers.ts";
import { pointSentence } from "../../../partners/letters/french/points.ts";
import { pointsOf } from "../../../partners/letters/points.ts";
import { ActForm, TextArea, TextField } from "../../parts/form.tsx";
import type { AnswerAgain, AnswersGiven } from "./answers-given.ts";
import { longestRemark } from "./read-answer.ts";

/** The form to answer to a point of a letter. `at`: which; `said`: what was answered before. */
export function PointForm(props: {
  readonly given: AnswersGiven;
  readonly at: string;
  readonly said: LetterAnswer | undefined;
  readonly again: AnswerAgain | null;
}): Child {
  const { given, at, said, again } = props;
  const problems = again?.problems ?? {};
  const point = pointsOf(given.letter)[Number(at)];
  const chosen = again?.typed.answer ?? said?.answer ?? "";
  return (
    <ActForm action={`${given.path}/reponses`} csrf={given.csrf} class="moisson-narrow fr-pt-2w">
      <input type="hidden" name="point" value={at} />
      <Answers at={at} chosen={chosen} problem={problems.reponse} about={point === undefined ? "" : pointSentence(point)} />
      <TextField
        name="prevu"
        id={`prevu-${at}`}
        label="Prévu pour le"
        hint="Seulement si c’est prévu : le jour où vos données seront corrigées."
        type="date"
        value={again?.typed.plannedFor ?? said?.plannedFor ?? ""}
        problem={problems.prevu}
        required={false}
      />
      <TextArea
        name="remarque"
        id={`remarque-${at}`}
        label="Remarque"
        hint={french`${longestRemark} caractères au plus.`}
        rows={2}
        maxlength={longestRemark}
        value={again?.typed.remark ?? said?.remark ?? ""}
        problem={problems.remarque}
        required={false}
      />
      <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
        Envoyer cette réponse
      </button>
    </ActForm>
  );
}

function Answers(props: {
  readonly at: string;
  readonly chosen: string;
  readonly problem: string | undefined;
  readonly about: string;
}): Child {
  const { at, chosen, problem, about } = props;
  const id = `reponse-${at}`;
  return (
    <fieldset
      class={`fr-fieldset${problem === undefined ? "" : " fr-fieldset--error"}`}
      aria-labelledby={`${id}-legende${problem === undefined ? "" : ` ${id}-erreur`}`}
    >
      <legend class="fr-fieldset__legend--regular fr-fieldset__legend" id={`${id}-legende`}>
        Votre réponse<span class="fr-sr-only">{` : ${about}`}</span>
      </legend>
      {pointAnswers.map((value) => (
        <div class="fr-fieldset__element">
          <div class="fr-radio-group fr-radio-group--sm">
            <input type="radio" name="reponse" id={`${id}-${value}`} value={value} checked={chosen === value} />
            <label class="fr-label" for={`${id}-${value}`}>
              {answerLabels[value]}
            </label>
          </div>
        </div>
      ))}
      {problem !== undefined && (
        <div class="fr-messages-group" id={`${id}-erreur`}>
          <p class="fr-message fr-message--error">{problem}</p>
        </div>
      )}
    </fieldset>
  );
}
