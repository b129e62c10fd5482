import type { IssueParams } from "../../model/issue.ts";
import type { FaultKind } from "../../model/letter/fault-kinds.ts";
import type { LetterCode } from "../../model/letter/letter.ts";
import { frenchDay } from "../dates.ts";
import { french } from "../typography.ts";
import { faultWords } from "./fault-words.ts";

/** The heading of a chapter of a letter. */
export const faultKindTitles: Readonly<Record<FaultKind, string>> = {
  lost: "Des aides que nous n’avons pas pu reprendre",
  identifiers: "Des identifiants absents ou en double",
  reported: "Des erreurs que des lecteurs nous signalent",
  dates: "Des dates à revoir",
  links: "Des liens à revoir",
  amounts: "Des montants et des taux à revoir",
  territories: "Des territoires à préciser",
  empty: "Des champs laissés vides",
  texts: "La présentation du fichier et des textes",
};

/** Returns a sentence that names the error, with its count. */
export function faultSentence(code: LetterCode, count: number): string {
  return faultWords[code].what(count).replace(/^./, (letter) => letter.toLocaleUpperCase("fr"));
}

/** Returns the advice to the publisher. */
export function faultAdvice(code: LetterCode): string {
  return faultWords[code].todo;
}

/** Returns an example of a correct value, or null. */
export function faultExample(code: LetterCode): string | null {
  return faultWords[code].example ?? null;
}

/** Returns more detail about the wrong value, or null. */
export function faultDetail(code: LetterCode, params: IssueParams): string | null {
  switch (code) {
    case "deadline-before-start":
      return params.start === undefined ? null : french`date d'ouverture : ${frenchDay(String(params.start))}`;
    case "announced-total-differs":
      return french`${params.announced} annoncées, ${params.received} reçues`;
    case "too-many-cells":
    case "too-few-cells":
      return params.found === undefined ? null : french`${params.found} cases au lieu de ${params.expected}`;
    case "duplicate-column":
    case "unnamed-column":
      return params.title === undefined
        ? params.column === undefined
          ? null
          : french`colonne n° ${params.column}`
        : french`« ${String(params.title)} »`;
    case "name-too-long-to-publish":
    case "name-too-long":
    case "text-too-long":
      if (params.length === undefined) return french`${params.limit} caractères au plus`;
      return french`${params.length} caractères, pour ${params.limit} au plus`;
    case "rate-bounds-inverted":
      return params.upper === undefined ? null : french`taux maximal : ${params.upper} %`;
    case "old-commune-code":
      return params.code === undefined ? null : french`aujourd'hui : ${String(params.code)}`;
    default:
      return null;
  }
}
