import type { Child } from "hono/jsx";
import { oneTermVocabularies } from "../../../kit/rules/terms.ts";
import { type Term, vocabularies, vocabularyNames } from "../../../model/vocabularies.ts";
import { sureFrom } from "../../../registry/terms/sure-targets.ts";
import type { WaitingWord } from "../../../registry/terms/waiting-words.ts";
import { Checkboxes, TextArea } from "../../parts/form.tsx";
import type { SuggestedTargets } from "./suggested-targets.ts";

/** What a person has ticked and written. */
export interface WrittenDecision {
  readonly connectors: readonly string[];
  readonly targets: readonly string[];
  readonly lines: string;
}

/** All our terms of the list, those that are suggested first and ticked where they are sure; names where it is none. */
export function OwnChoice(given: {
  readonly word: WaitingWord;
  readonly suggestions: readonly SuggestedTargets[];
  readonly written: WrittenDecision | null;
  readonly problems: Readonly<Record<string, string>>;
}): Child {
  const { word, suggestions, written, problems } = given;
  if (word.vocabulary === "perimeters") {
    const hint = "Un par ligne, par son nom ou son code : « Bretagne », « département 26 », « Valence (commune, 26362) ».";
    return <TextArea name="territoires" label="Territoires" hint={hint} rows={3} value={written?.lines} problem={problems.territoires} />;
  }
  if (word.vocabulary === "financers") {
    const hint = "Un par ligne : son nom, ou son nom, une barre et son SIREN (« ADEME|385290309 »).";
    return <TextArea name="organismes" label="Organismes" hint={hint} rows={3} value={written?.lines} problem={problems.organismes} />;
  }
  const closed = vocabularyNames.find((name) => name === word.vocabulary);
  const terms: readonly Term[] = closed === undefined ? [] : vocabularies[closed];
  const suggested = suggestions.flatMap(({ targets }) => targets);
  const sorted = [
    ...suggested.flatMap((slug) => terms.find((term) => term.slug === slug) ?? []),
    ...terms.filter(({ slug }) => !suggested.includes(slug)),
  ];
  const sure = suggestions.filter(({ certainty }) => certainty >= sureFrom).flatMap(({ targets }) => targets);
  const ticked = closed !== undefined && oneTermVocabularies.has(closed) ? sure.slice(0, 1) : sure;
  return (
    <Checkboxes
      name="termes"
      label="Nos termes"
      choices={sorted.map(({ slug, label }) => ({ value: slug, label }))}
      values={written?.targets ?? ticked}
      problem={problems.termes}
      isInline
    />
  );
}
