import { fieldNameOrKey } from "../../../french/fields.ts";
import { faultAdvice, faultDetail, faultExample, faultSentence } from "../../../french/letters/faults.ts";
import { placeMessage } from "../../../french/places.ts";
import { capitalize, french } from "../../../french/typography.ts";
import type { AnnexLine } from "../../../model/letter/letter.ts";
import { csvOf } from "../../lists/csv-of.ts";
import type { Column } from "../../lists/list.ts";
import type { Download } from "../../route.ts";

const columns: readonly Column<AnnexLine>[] = [
  { title: "Où", text: ({ place }) => (place === null ? "tout le fichier" : placeMessage(place)) },
  { title: "Identifiant", text: ({ externalId }) => externalId },
  { title: "Titre de l’aide", text: ({ title }) => title },
  { title: "Votre champ", text: ({ params }) => (params.from === undefined ? null : String(params.from)) },
  { title: "De quoi il s’agit", text: ({ field }) => (field === null ? null : fieldNameOrKey(field)) },
  { title: "Ce qui est écrit", text: ({ value }) => value },
  { title: "Ce qui ne va pas", text: ({ code, params }) => [faultSentence(code, 1), faultDetail(code, params)].filter(Boolean).join(" ") },
  { title: "Que faire", text: ({ code }) => adviceWithExample(code) },
];

/** Returns the annex of a letter as CSV for French Excel: one line for each anomaly. */
export function annexFile(lines: readonly AnnexLine[], day: string): Download {
  return { fileName: `annexe-${day}.csv`, type: "text/csv; charset=utf-8", body: csvOf(columns, pagesOf(lines)) };
}

function adviceWithExample(code: AnnexLine["code"]): string {
  const example = faultExample(code);
  return capitalize(example === null ? faultAdvice(code) : french`${faultAdvice(code)} Exemple : ${example}`);
}

async function* pagesOf(lines: readonly AnnexLine[]): AsyncGenerator<readonly AnnexLine[]> {
  for (let from = 0; from < lines.length; from += 500) yield lines.slice(from, from + 500);
}
