import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { readTerritory } from "../../parts/territories.ts";
import type { Form } from "../../route.ts";
import type { ShownWord, ShownWords } from "../../sample/sample-ask.ts";
import { answersOf } from "./draft-steps.ts";

/** Words of one vocabulary that one page asks for: more frequent ones first, the others in the queue of words once the connector runs. */
export const mostAsked = 60;

/** What is said of a word: our terms, none yet, or that it says nothing. `written`: a territory that we do not know. */
export interface WordAnswer {
  readonly terms: readonly string[];
  readonly isIgnored: boolean;
  readonly written: string | null;
}

/** Name of a word's field in the form: by its place, since a word may be anything. */
export function nameOf(vocabulary: string, index: number): string {
  return `${vocabulary}-${index}`;
}

/** Words that a page asks for, each with the name of its field. */
export function askedWords({ vocabulary, words }: ShownWords): readonly { readonly name: string; readonly word: ShownWord }[] {
  return words.slice(0, mostAsked).map((word, index) => ({ name: nameOf(vocabulary, index), word }));
}

/** What a draft says of a word, or what is suggested for it. */
export function savedAnswer(draft: Draft, vocabulary: string, { term, suggested }: ShownWord): WordAnswer {
  const decided = answersOf(draft).terms?.[vocabulary]?.[term];
  return { terms: decided ?? suggested, isIgnored: decided?.length === 0, written: null };
}

/** What was typed under this name. */
export function typedAnswer(form: Form, vocabulary: string, name: string): WordAnswer {
  const isIgnored = form.has(`${name}-ignorer`);
  if (vocabulary !== "perimeters") {
    const sent = vocabulary === "financers" ? form.text(name).split(";") : form.all(name);
    return { terms: sent.map((term) => term.trim()).filter((term) => term !== ""), isIgnored, written: null };
  }
  const terms = territoriesOf(form.text(name));
  return { terms: terms ?? [], isIgnored, written: terms === null ? form.text(name) : null };
}

/** The same for answers that say the same. */
export function answerKey({ terms, isIgnored, written }: WordAnswer): string {
  return isIgnored ? "ignoré" : (written ?? [...terms].sort().join(" "));
}

/** `Bretagne ; Normandie` as `region:53`, `region:28`; null where one is not known. */
function territoriesOf(written: string): readonly string[] | null {
  const found: string[] = [];
  for (const line of written.split(";").map((part) => part.trim())) {
    if (line === "") continue;
    const [territory] = readTerritory(line);
    if (territory === undefined) return null;
    found.push(`${territory.scale}:${territory.code}`);
  }
  return found;
}

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
