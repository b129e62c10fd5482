import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import { type WaitingWord, wordKey } from "../../../registry/terms/waiting-words.ts";
import type { Filter } from "../../lists/list.ts";
import type { Visit } from "../../visit.ts";
import { readWords } from "./read-words.ts";
import { vocabularyInFrench } from "./words-in-french.ts";

/** Words of the queue that the filter asks for. */
export function filtered(words: readonly WaitingWord[], { vocabulaire, connecteur, texte }: Filter): readonly WaitingWord[] {
  const text = texte === undefined ? undefined : foldTerm(texte);
  return words.filter(
    ({ vocabulary, word, uses }) =>
      (vocabulaire === undefined || vocabulary === vocabulaire) &&
      (connecteur === undefined || uses.some(({ connector }) => connector === connecteur)) &&
      (text === undefined || foldTerm(word).includes(text)),
  );
}

/** Our lists of which words wait. */
export async function vocabularyChoices(visit: Visit) {
  const names = new Set((await readWords(visit)).words.map(({ vocabulary }) => vocabulary));
  return [...names].map((value) => ({ value, label: vocabularyInFrench(value) })).sort((a, b) => a.label.localeCompare(b.label, "fr"));
}

/** Keys of words on which a decision is tried by anybody. */
export async function triedWords({ catalogue }: Visit): Promise<ReadonlySet<string>> {
  const open = (await catalogue.words.trials()).filter(({ isKept, after, newest }) => !isKept && after === newest);
  return new Set(
    open.flatMap(({ terms, before }) =>
      Object.entries(terms).flatMap(([vocabulary, words]) =>
        Object.keys(words).flatMap((word) => (before[vocabulary]?.[word] === undefined ? [wordKey(vocabulary, word)] : [])),
      ),
    ),
  );
}
