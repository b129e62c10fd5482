import type { Child } from "hono/jsx";
import { capital, counted, french } from "../../../french/typography.ts";
import { goneFieldsSentence, identifierSentence, notFoundSentence, wordsSentence } from "../../../partners/letters/french/letter.ts";
import type { Letter } from "../../../partners/letters/letter.ts";
import { truncate } from "../../parts/truncate.ts";
import type { BesidePoint } from "./beside-point.ts";
import { LetterFault } from "./letter-fault.tsx";

const longestWord = 120;
const mostFields = 30;

/** What we ask, where it may be our doing as well as theirs. */
export function LetterQuestions({ letter, beside }: { readonly letter: Letter; readonly beside?: BesidePoint | undefined }): Child {
  const { questions, words, notFound, identifier } = letter;
  if (questions.length + words.length + notFound.length === 0 && identifier === null) return null;
  const gone = questions.flatMap(({ code, field }) => (code === "field-never-seen" && field !== null ? [field] : [])).slice(0, mostFields);
  return (
    <>
      <h2>Nos questions</h2>
      <p>{french`Sur ces points, nous avons besoin de vous pour bien lire vos données ; rien ne dit qu'il y ait une erreur.`}</p>
      {identifier !== null && (
        <>
          <p>{identifierSentence(identifier)}</p>
          {beside?.({ code: "identifier", field: null })}
        </>
      )}
      {notFound.length > 0 && (
        <>
          <p>{notFoundSentence(notFound)}</p>
          {beside?.({ code: "not-found", field: null })}
        </>
      )}
      {words.map((one) => (
        <>
          <p class="fr-mb-1w">{capital(wordsSentence(one))}</p>
          <ul class="fr-mb-3w">
            {one.terms.map(({ term, count }) => (
              <li>
                {french`« ${truncate(term, longestWord)} »`} {french`(${counted(count, "aide")})`}
              </li>
            ))}
            {one.more > 0 && <li>{french`et ${counted(one.more, "autre")}, dans l'annexe`}</li>}
          </ul>
          {beside?.({ code: "unmapped-term", field: one.vocabulary })}
        </>
      ))}
      {gone.length > 0 && (
        <>
          <p>{goneFieldsSentence(gone)}</p>
          {beside?.({ code: "field-never-seen", field: null })}
        </>
      )}
      {questions
        .filter(({ code }) => code !== "field-never-seen")
        .map((fault) => (
          <LetterFault fault={fault} beside={beside?.(fault)} />
        ))}
    </>
  );
}
