import type { Child } from "hono/jsx";
import { counted } from "../../../french/typography.ts";
import { refOf } from "../../../kit/rules/perimeters.ts";
import { findPerimeter } from "../../../model/territories/perimeters.ts";
import { labelOf, type Term, type VocabularyName, vocabularies } from "../../../model/vocabularies.ts";
import { Checkboxes, TextField } from "../../parts/form.tsx";
import type { ShownWord, ShownWords } from "../../sample/sample-ask.ts";
import { answerKey, type WordAnswer } from "./word-answers.ts";

/** A word of the publisher's, with what it means. `saved`: what the draft says; `answer`: what the form shows, which may be what was typed. */
export function WordField(given: {
  readonly vocabulary: ShownWords["vocabulary"];
  readonly word: ShownWord;
  readonly name: string;
  readonly saved: WordAnswer;
  readonly answer: WordAnswer;
  readonly problem: string | undefined;
}): Child {
  const { vocabulary, word, name, saved, answer, problem } = given;
  const label = `« ${word.term} »`;
  const suggested = word.suggested.map((ours) => ourWord(vocabulary, ours)).join(", ");
  const hint = `${counted(word.count, "enregistrement")}${suggested === "" ? "" : ` ; suggéré : ${suggested}`}`;
  const isOpen = (answer.terms.length === 0 && !answer.isIgnored) || answerKey(answer) !== answerKey(saved);
  return (
    <details class="moisson-word" open={isOpen}>
      <summary>
        {label} → {answerWords(vocabulary, answer)}
      </summary>
      <input type="hidden" name={`${name}-mot`} value={word.term} />
      <input type="hidden" name={`${name}-avant`} value={answerKey(saved)} />
      {vocabulary === "perimeters" || vocabulary === "financers" ? (
        <TextField
          name={name}
          label={label}
          hint={hint}
          value={answer.written ?? answer.terms.map((ours) => ourWord(vocabulary, ours)).join(" ; ")}
          problem={problem}
          required={false}
        />
      ) : (
        <Checkboxes
          name={name}
          id={`champ-${name}`}
          label={label}
          hint={hint}
          choices={choicesOf(vocabulary)}
          values={answer.terms}
          problem={problem}
          isInline
        />
      )}
      <div class="fr-checkbox-group fr-checkbox-group--sm fr-mb-2w">
        <input type="checkbox" id={`${name}-ignorer`} name={`${name}-ignorer`} value="1" checked={answer.isIgnored} />
        <label class="fr-label" for={`${name}-ignorer`}>
          Ignorer ce mot : il ne dit rien à nos lecteurs
        </label>
      </div>
    </details>
  );
}

/** What is said of a word, in words. */
export function answerWords(vocabulary: ShownWords["vocabulary"], { terms, isIgnored, written }: WordAnswer): string {
  if (isIgnored) return "ignoré";
  if (terms.length === 0) return written ?? "à dire";
  return terms.map((ours) => ourWord(vocabulary, ours)).join(", ");
}

function choicesOf(vocabulary: VocabularyName) {
  return (vocabularies[vocabulary] as readonly Term[]).map(({ slug, label }) => ({ value: slug, label }));
}

function ourWord(vocabulary: ShownWords["vocabulary"], ours: string): string {
  if (vocabulary === "financers") return ours;
  if (vocabulary !== "perimeters") return labelOf(vocabulary, ours);
  const ref = refOf(ours);
  return (ref === undefined ? undefined : findPerimeter(ref)?.perimeter.name) ?? ours;
}
