import type { Child } from "hono/jsx";
import { fieldNameIfOurs } from "../../../french/fields.ts";
import { placeMessage } from "../../../french/places.ts";
import { french } from "../../../french/typography.ts";
import { faultAdvice, faultDetail, faultExample, faultSentence } from "../../../partners/letters/french/faults.ts";
import type { Fault } from "../../../partners/letters/letter.ts";
import { Table } from "../../parts/table.tsx";
import { truncate } from "../../parts/truncate.ts";

const longestShown = 160;
const longestPlace = 80;

/** One kind of anomaly in one field: how many, a few of them in their places, what to do. `beside`: what stands under it. */
export function LetterFault({ fault, beside }: { readonly fault: Fault; readonly beside?: Child }): Child {
  const { code, count, examples } = fault;
  const example = faultExample(code);
  return (
    <div class="moisson-letter__fault">
      <p class="fr-mb-1w">
        <strong>{faultSentence(code, count)}</strong> {fieldSentence(fault)}
      </p>
      {examples.length > 0 && <Examples fault={fault} />}
      <p>
        <strong>Que faire ?</strong> {faultAdvice(code)}
        {example !== null && (
          <>
            {" "}
            {french`Exemple :`} <span class="moisson-written">{example}</span>
          </>
        )}
      </p>
      {beside}
    </div>
  );
}

/** Their name of the field first: it is the one that they find. */
function fieldSentence({ field, column }: Fault): string | null {
  const ours = field === null ? null : fieldNameIfOurs(field);
  if (column !== null) return ours === null || ours === column ? french`Champ « ${column} ».` : french`Champ « ${column} » (${ours}).`;
  return ours === null ? null : french`Champ concerné : ${ours}.`;
}

function Examples({ fault: { code, count, examples } }: { readonly fault: Fault }): Child {
  const rows = examples.map(({ value, params, ...rest }) => ({
    ...rest,
    written: [value, faultDetail(code, params)].filter((one) => one !== null),
    // Where the title itself is wrong it is what is written.
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
            {hasTitles && <td>{title === null || !hasOwnTitle ? "sans titre" : truncate(title, longestShown)}</td>}
            {hasValues && <td class="moisson-written">{written.map((one) => truncate(one, longestShown)).join(" – ")}</td>}
          </tr>
        ))}
      </Table>
    </>
  );
}

function whereabouts(place: string | null): string {
  return place === null ? "tout le fichier" : placeMessage(truncate(place, longestPlace));
}
