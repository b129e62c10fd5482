import type { Child } from "hono/jsx";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { faultAdvice, faultDetail, faultExample, faultSentence } from "../../../french/letters/faults.ts";
import { goneFieldsSentence, identifierSentence, notFoundSentence, wordsSentence } from "../../../french/letters/letter.ts";
import { placeMessage } from "../../../french/places.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import type { Fault, Letter } from "../../../model/letter/letter.ts";
import type { LetterPoint } from "../../../model/letter/points.ts";
import { AidText } from "../../parts/aid-text.tsx";
import { Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/time.ts";

/** Renders further content under a point of a letter, for example its answer form. */
export type PointExtra = (point: Pick<LetterPoint, "code" | "field">) => Child;

const maxShownLength = 160;
const maxPlaceLength = 80;

/** One anomaly: its count, examples and advice. `pointExtra`: content shown below. */
export function LetterFault(given: { readonly fault: Fault; readonly pointExtra?: Child; readonly language: string | undefined }): Child {
  const { fault, pointExtra, language } = given;
  const { code, count, examples } = fault;
  const example = faultExample(code);
  return (
    <div class="moisson-letter__fault">
      <p class="fr-mb-1w">
        <strong>{faultSentence(code, count)}</strong> {fieldSentence(fault)}
      </p>
      {examples.length > 0 && <Examples fault={fault} language={language} />}
      <p>
        <strong>Que faire ?</strong> {faultAdvice(code)}
        {example !== null && (
          <>
            {" "}
            {french`Exemple :`} <span class="moisson-written">{example}</span>
          </>
        )}
      </p>
      {pointExtra}
    </div>
  );
}

/** Names the feed field first, because the publisher knows that name. */
function fieldSentence({ field, column }: Fault): string | null {
  const ours = field === null ? null : fieldNameOrKey(field);
  if (column !== null) return ours === null || ours === column ? french`Champ « ${column} ».` : french`Champ « ${column} » (${ours}).`;
  return ours === null ? null : french`Champ concerné : ${ours}.`;
}

function Examples({ fault: { code, count, examples }, language }: { readonly fault: Fault; readonly language: string | undefined }): Child {
  const rows = examples.map(({ value, params, ...rest }) => ({
    ...rest,
    written: [value, faultDetail(code, params)].filter((one) => one !== null),
    // A wrong title is already shown as the value.
    hasOwnTitle: rest.title !== null && rest.title !== value,
  }));
  if (rows.every(({ place, written }) => place === null && written.length === 0)) return null;
  const hasTitles = rows.some(({ hasOwnTitle }) => hasOwnTitle);
  const hasValues = rows.some(({ written }) => written.length > 0);
  if (!hasTitles && !hasValues) return <p class="fr-mb-1w">{french`Où : ${rows.map(({ place }) => whereabouts(place)).join(" ; ")}`}</p>;
  const head = ["Où", ...(hasTitles ? ["Aide"] : []), ...(hasValues ? ["Ce qui est écrit"] : [])];
  return (
    <>
      {examples.length < count && <p class="moisson-mention fr-mb-0">{french`${examples.length} exemples sur ${count} :`}</p>}
      <Table caption={french`Où cela se trouve : ${faultSentence(code, count)}`} isCaptionHidden head={head}>
        {rows.map(({ place, title, written, hasOwnTitle }) => (
          <tr>
            <td>
              <span class="moisson-unbroken">{whereabouts(place)}</span>
            </td>
            {hasTitles && (
              <td>
                {title === null || !hasOwnTitle ? "sans titre" : <AidText text={truncate(title, maxShownLength)} language={language} />}
              </td>
            )}
            {hasValues && (
              <td class="moisson-written">
                {written.map((one, at) => (
                  <>
                    {at > 0 && " – "}
                    <AidText text={truncate(one, maxShownLength)} />
                  </>
                ))}
              </td>
            )}
          </tr>
        ))}
      </Table>
    </>
  );
}

function whereabouts(place: string | null): string {
  return place === null ? "tout le fichier" : placeMessage(truncate(place, maxPlaceLength));
}

const maxWordLength = 120;
const maxFields = 30;

export function LetterQuestions(given: {
  readonly letter: Letter;
  readonly pointExtra?: PointExtra | undefined;
  readonly language?: string | undefined;
}): Child {
  const { letter, pointExtra, language } = given;
  const { questions, words, notFound, identifier } = letter;
  if (questions.length + words.length + notFound.length === 0 && identifier === null) return null;
  const gone = questions.flatMap(({ code, field }) => (code === "field-never-seen" && field !== null ? [field] : [])).slice(0, maxFields);
  return (
    <>
      <h2>Nos questions</h2>
      <p>{french`Sur ces points, nous avons besoin de vous pour bien lire vos données ; rien ne dit qu'il y ait une erreur.`}</p>
      {identifier !== null && (
        <>
          <p>{identifierSentence(identifier)}</p>
          {pointExtra?.({ code: "identifier", field: null })}
        </>
      )}
      {notFound.length > 0 && (
        <>
          <p>{notFoundSentence(notFound)}</p>
          {pointExtra?.({ code: "not-found", field: null })}
        </>
      )}
      {words.map((one) => (
        <>
          <p class="fr-mb-1w">{capitalize(wordsSentence(one))}</p>
          <ul class="fr-mb-3w">
            {one.terms.map(({ term, count }) => (
              <li>
                {french`« ${truncate(term, maxWordLength)} »`} {french`(${counted(count, "aide")})`}
              </li>
            ))}
            {one.more > 0 && <li>{french`et ${counted(one.more, "autre")}, dans l'annexe`}</li>}
          </ul>
          {pointExtra?.({ code: "unmapped-term", field: one.vocabulary })}
        </>
      ))}
      {gone.length > 0 && (
        <>
          <p>{goneFieldsSentence(gone)}</p>
          {pointExtra?.({ code: "field-never-seen", field: null })}
        </>
      )}
      {questions
        .filter(({ code }) => code !== "field-never-seen")
        .map((fault) => (
          <LetterFault fault={fault} pointExtra={pointExtra?.(fault)} language={language} />
        ))}
    </>
  );
}
