import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import type { Form } from "../../route.ts";
import type { ShownWord, ShownWords } from "../../sample/sample-ask.ts";
import { answerKey, askedWords, nameOf, savedAnswer, typedAnswer, type WordAnswer } from "./word-answers.ts";

/** A word that two persons answered differently, and what the other one said. */
interface WordOfBoth {
  readonly vocabulary: ShownWords["vocabulary"];
  readonly word: ShownWord;
  readonly theirs: WordAnswer;
}

/** What the form comes to whose page was overtaken: answers by the name of their field, and words that both answered. */
export interface OvertakenWords {
  readonly answers: ReadonlyMap<string, WordAnswer>;
  readonly both: readonly WordOfBoth[];
}

/** Brings what was typed together with what a draft says by now: a word that the person did not touch is as it is saved. */
export function overtakenWords(form: Form, draft: Draft, files: readonly ShownWords[]): OvertakenWords {
  const answers = new Map<string, WordAnswer>();
  const both: WordOfBoth[] = [];
  for (const file of files) {
    const { vocabulary } = file;
    const sent = sentNames(form, vocabulary);
    for (const { name, word } of askedWords(file)) {
      const typedAt = sent.get(word.term);
      if (typedAt === undefined) continue;
      const typed = typedAnswer(form, vocabulary, typedAt);
      const shown = form.text(`${typedAt}-avant`);
      if (answerKey(typed) === shown) continue;
      answers.set(name, typed);
      const theirs = savedAnswer(draft, vocabulary, word);
      if (answerKey(theirs) !== shown && answerKey(theirs) !== answerKey(typed)) both.push({ vocabulary, word, theirs });
    }
  }
  return { answers, both };
}

/** By word, the name of the field that it was sent under: the sample may have been read otherwise since. */
function sentNames(form: Form, vocabulary: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (let index = 0; form.has(`${nameOf(vocabulary, index)}-mot`); index++) {
    names.set(form.text(`${nameOf(vocabulary, index)}-mot`), nameOf(vocabulary, index));
  }
  return names;
}
