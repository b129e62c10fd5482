import { languageNames } from "./survey.ts";
import { french, joinedWithAnd } from "./typography.ts";

/** Facts of an aid whose title is not French, in the words of readers. */
interface ForeignAid {
  readonly isCall: boolean;
  readonly types: readonly string[];
  readonly financers: readonly string[];
  readonly audiences: readonly string[];
  /** Until when it is open: « jusqu’au 31 mars 2027 ». */
  readonly until: string;
}

/** Maximum number of audiences that are named. */
const maxNamed = 4;

/** Says in French what an aid is whose title is not: « Appel à projets (subvention) ; financeur : …; pour : … ; jusqu'au 31 mars 2027. » */
export function foreignAidSentence({ isCall, types, financers, audiences, until }: ForeignAid): string {
  const kind = isCall ? "Appel à projets" : "Aide";
  const more = audiences.length - maxNamed;
  const named = more > 1 ? [...audiences.slice(0, maxNamed), french`${more} autres publics`] : audiences;
  return [
    types.length === 0 ? kind : `${kind} (${types.map((type) => type.toLocaleLowerCase("fr")).join(", ")})`,
    ...(financers.length === 0 ? [] : [french`financeur : ${joinedWithAnd(financers)}`]),
    ...(named.length === 0 ? [] : [french`pour : ${joinedWithAnd(named)}`]),
    french`${until}.`,
  ].join(french` ; `);
}

/** Returns « en anglais » for `en`. */
export function inLanguage(language: string): string {
  const name = (languageNames as Readonly<Record<string, string>>)[language];
  return name === undefined ? "dans une autre langue" : `en ${name}`;
}
