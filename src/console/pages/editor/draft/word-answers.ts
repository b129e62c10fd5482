import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import type { ShownWord, ShownWords } from "../../../../survey/sample/sample-request.ts";
import { readTerritory } from "../../../parts/territories.ts";
import type { Form } from "../../../route.ts";
import { answersOf } from "./draft-steps.ts";

/** Max words per vocabulary, most frequent first. The others are on the page of unmapped words after the first run. */
export const maxWordsShown = 60;

/** The answer for a word. `terms`: our terms; `written`: an unknown territory as typed, or null. */
export interface WordAnswer {
  readonly terms: readonly string[];
  readonly isIgnored: boolean;
  readonly written: string | null;
}

/** Returns the field name of a word. It contains the position, because a word can contain any character. */
function nameOf(vocabulary: string, index: number): string {
  return `${vocabulary}-${index}`;
}

/** Returns the words of the page with their field names. */
export function shownWords({ vocabulary, words }: ShownWords): readonly { readonly name: string; readonly word: ShownWord }[] {
  return words.slice(0, maxWordsShown).map((word, index) => ({ name: nameOf(vocabulary, index), word }));
}

/** Returns the saved answer for a word, or the suggestion. */
export function savedAnswer(draft: Draft, vocabulary: string, { term, suggested }: ShownWord): WordAnswer {
  const decided = answersOf(draft).terms?.[vocabulary]?.[term];
  return { terms: decided ?? suggested, isIgnored: decided?.length === 0, written: null };
}

/** Reads the typed answer of a field. */
export function typedAnswer(form: Form, vocabulary: string, name: string): WordAnswer {
  const isIgnored = form.has(`${name}-ignorer`);
  if (vocabulary !== "perimeters") {
    const sent = vocabulary === "financers" ? form.text(name).split(";") : form.all(name);
    return { terms: sent.map((term) => term.trim()).filter((term) => term !== ""), isIgnored, written: null };
  }
  const terms = territoriesOf(form.text(name));
  return { terms: terms ?? [], isIgnored, written: terms === null ? form.text(name) : null };
}

/** Returns a key to compare answers: equal answers have the same key. */
export function answerKey({ terms, isIgnored, written }: WordAnswer): string {
  return isIgnored ? "ignoré" : (written ?? [...terms].sort().join(" "));
}

/** Reads `Bretagne ; Normandie` as `region:53`, `region:28`. Returns null if a territory is unknown. */
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

/** A word that two people answered differently. `theirs`: the other person's answer. */
interface WordOfBoth {
  readonly vocabulary: ShownWords["vocabulary"];
  readonly word: ShownWord;
  readonly theirs: WordAnswer;
}

/** The merged form: answers by field name, and conflicting words. */
export interface MergedWords {
  readonly answers: ReadonlyMap<string, WordAnswer>;
  readonly conflicts: readonly WordOfBoth[];
}

/** Merges a form with a draft that was saved meanwhile. Words that the person did not change take the saved answer. */
export function mergeWords(form: Form, draft: Draft, files: readonly ShownWords[]): MergedWords {
  const answers = new Map<string, WordAnswer>();
  const conflicts: WordOfBoth[] = [];
  for (const file of files) {
    const { vocabulary } = file;
    const sent = sentNames(form, vocabulary);
    for (const { name, word } of shownWords(file)) {
      const typedAt = sent.get(word.term);
      if (typedAt === undefined) continue;
      const typed = typedAnswer(form, vocabulary, typedAt);
      const shown = form.text(`${typedAt}-avant`);
      if (answerKey(typed) === shown) continue;
      answers.set(name, typed);
      const theirs = savedAnswer(draft, vocabulary, word);
      if (answerKey(theirs) !== shown && answerKey(theirs) !== answerKey(typed)) conflicts.push({ vocabulary, word, theirs });
    }
  }
  return { answers, conflicts };
}

/** Returns the field names of the sent words. Their positions can differ from those on the current page. */
function sentNames(form: Form, vocabulary: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (let index = 0; form.has(`${nameOf(vocabulary, index)}-mot`); index++) {
    names.set(form.text(`${nameOf(vocabulary, index)}-mot`), nameOf(vocabulary, index));
  }
  return names;
}
