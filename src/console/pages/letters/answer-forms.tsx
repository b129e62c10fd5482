import type { Child } from "hono/jsx";
import type { LetterAnswer } from "../../../catalogue/letters/letter-answer-repository.ts";
import { answerLabels, answerSentence, pointSentence } from "../../../french/letters/points.ts";
import { french } from "../../../french/typography.ts";
import type { Letter } from "../../../model/letter/letter.ts";
import { isSamePoint, type LetterPoint, pointsOf } from "../../../model/letter/points.ts";
import { pointAnswers } from "../../../model/publisher/letter-answer.ts";
import { maxRemarkLength, type TypedAnswer } from "../../../partners/correspondence/answer-letter.ts";
import { controlsOf } from "../../forms/form.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActForm, GroupProblem, SubmitButton, TextArea, TextField } from "../../parts/form-controls.tsx";
import { formatDay } from "../../parts/time.ts";

/** Value of the `point` field for the whole letter. */
export const wholeLetter = "lettre";

/** An answer form with a mistake, to show it again. `at`: the value of its `point` field. */
export interface AnswerAgain {
  readonly at: string;
  readonly typed: TypedAnswer;
  readonly problems: Readonly<Record<string, string>>;
}

/** Input of the answer forms. `saved`: the `point` field of the answer that was just saved. */
interface AnswersGiven {
  readonly path: string;
  readonly csrf: string;
  readonly letter: Letter;
  readonly answers: readonly LetterAnswer[];
  readonly again: AnswerAgain | null;
  readonly saved: string | null;
}

/** The answer to a point, and a collapsed form to give or change it. */
export function AnswerSection(props: { readonly given: AnswersGiven; readonly point: Pick<LetterPoint, "code" | "field"> }): Child {
  const { given, point } = props;
  const points = pointsOf(given.letter);
  const index = points.findIndex((one) => isSamePoint(one, point));
  const asked = points[index];
  if (asked === undefined) return null;
  const at = String(index);
  const about = pointSentence(asked);
  const earlier = given.answers.find((one) => isSamePoint(one, point));
  const again = given.again?.at === at ? given.again : null;
  return (
    <div class="moisson-letter__answer" id={`point-${at}`}>
      {given.saved === at && <SavedNotice />}
      {earlier !== undefined && <GivenAnswer answer={earlier} />}
      <details class="moisson-no-print fr-mb-2w" open={again !== null}>
        <summary>
          {earlier === undefined ? "Répondre sur ce point" : "Changer cette réponse"}
          <span class="fr-sr-only">{french` : ${about}`}</span>
        </summary>
        <Problems problems={again?.problems ?? {}} idOf={(name) => `${name}-${at}`} level={4} />
        <PointForm given={given} at={at} about={about} earlier={earlier} again={again} />
      </details>
    </div>
  );
}

/** The publisher's remark about the whole letter, and its form. */
export function RemarkOnLetter({ given }: { readonly given: AnswersGiven }): Child {
  const earlier = given.answers.find(({ code }) => code === null);
  const again = given.again?.at === wholeLetter ? given.again : null;
  return (
    <section id="remarque" class={earlier === undefined ? "moisson-no-print" : undefined}>
      <h3>Une remarque sur l’ensemble ?</h3>
      {given.saved === wholeLetter && <SavedNotice />}
      {earlier !== undefined && <GivenAnswer answer={earlier} />}
      <Problems problems={again?.problems ?? {}} idOf={(name) => `${name}-${wholeLetter}`} level={4} />
      <ActForm action={`${given.path}/reponses`} csrf={given.csrf} class="moisson-narrow fr-mb-3w">
        <input type="hidden" name="point" value={wholeLetter} />
        <TextArea
          name="remarque"
          id={`remarque-${wholeLetter}`}
          label="Votre remarque"
          hint={french`${maxRemarkLength} caractères au plus. Laissez vide pour retirer une remarque.`}
          rows={3}
          maxlength={maxRemarkLength}
          value={again?.typed.remark ?? earlier?.remark ?? ""}
          problem={again?.problems.remarque}
        />
        <SubmitButton label={earlier === undefined ? "Envoyer la remarque" : "Changer la remarque"} isSecondary />
      </ActForm>
      <p class="moisson-mention moisson-no-print">
        {french`Vos réponses sont lues par la personne qui vous a écrit et son équipe, et gardées avec cette lettre, trois ans au plus. N'y mettez pas de nom de personne sans nécessité.`}
      </p>
    </section>
  );
}

function GivenAnswer({ answer: { answer, plannedFor, remark, at } }: { readonly answer: LetterAnswer }): Child {
  return (
    <div class="fr-highlight fr-ml-0 fr-mb-2w">
      <p class="fr-mb-0">
        {answer === null
          ? french`Votre remarque du ${formatDay(at)} :`
          : french`Vous avez répondu le ${formatDay(at)} : « ${answerSentence(answer, plannedFor)} ».`}
      </p>
      {remark !== null && <p class="moisson-text fr-mb-0">{remark}</p>}
    </div>
  );
}

function SavedNotice(): Child {
  return (
    <div class="moisson-no-print">
      <Alert kind="success" isAnnounced text="C’est noté, merci." />
    </div>
  );
}

/** The form to answer the point at position `at`. `about`: the point in words, because the page has such a form for each. */
function PointForm(props: {
  readonly given: AnswersGiven;
  readonly at: string;
  readonly about: string;
  readonly earlier: LetterAnswer | undefined;
  readonly again: AnswerAgain | null;
}): Child {
  const { given, at, about, earlier, again } = props;
  const problems = again?.problems ?? {};
  const { answer, plannedFor, remark } = again?.typed ?? earlier ?? { answer: null, plannedFor: null, remark: null };
  const control = controlsOf({ prevu: plannedFor ?? "", remarque: remark ?? "" }, problems);
  return (
    <ActForm action={`${given.path}/reponses`} csrf={given.csrf} class="moisson-narrow fr-pt-2w">
      <input type="hidden" name="point" value={at} />
      <fieldset class="moisson-group">
        <legend class="fr-sr-only">{french`Répondre : ${about}`}</legend>
        <Answers at={at} chosen={answer ?? ""} problem={problems.reponse} />
        <TextField
          {...control("prevu")}
          id={`prevu-${at}`}
          label="Prévu pour le"
          hint="Seulement si c’est prévu : le jour où vos données seront corrigées."
          type="date"
          required={false}
        />
        <TextArea
          {...control("remarque")}
          id={`remarque-${at}`}
          label="Remarque"
          hint={french`${maxRemarkLength} caractères au plus.`}
          rows={2}
          maxlength={maxRemarkLength}
          required={false}
        />
        <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
          Envoyer cette réponse<span class="fr-sr-only">{french` : ${about}`}</span>
        </button>
      </fieldset>
    </ActForm>
  );
}

function Answers(props: { readonly at: string; readonly chosen: string; readonly problem: string | undefined }): Child {
  const { at, chosen, problem } = props;
  const id = `reponse-${at}`;
  return (
    <fieldset
      class={`fr-fieldset${problem === undefined ? "" : " fr-fieldset--error"}`}
      id={id}
      aria-labelledby={`${id}-legende${problem === undefined ? "" : ` ${id}-erreur`}`}
    >
      <legend class="fr-fieldset__legend--regular fr-fieldset__legend" id={`${id}-legende`}>
        Votre réponse
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
      <GroupProblem id={id} problem={problem} />
    </fieldset>
  );
}
