import type { Child } from "hono/jsx";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { fieldNameOrKey } from "../../../../french/fields.ts";
import { capitalize, counted, french } from "../../../../french/typography.ts";
import { refOf } from "../../../../kit/rules/perimeters.ts";
import { findPerimeter } from "../../../../model/territories/perimeters.ts";
import { labelOf, type Term, type VocabularyName, vocabularies } from "../../../../model/vocabularies.ts";
import type { ShownWord, ShownWords } from "../../../../survey/sample/sample-request.ts";
import { ConflictAlert } from "../../../forms/conflict.tsx";
import { Problems } from "../../../parts/alert.tsx";
import { Checkbox } from "../../../parts/checkbox.tsx";
import { ActForm, Checkboxes, TextField } from "../../../parts/form.tsx";
import type { Form, Page } from "../../../route.ts";
import type { Visit } from "../../../visit.ts";
import { BaseField } from "../form-parts.tsx";
import { analyseDraft, type DraftAnalysis } from "./analyse-draft.ts";
import { answersOf } from "./draft-steps.ts";
import { stepRoutes, withStepDone } from "./open-draft.tsx";
import { refusedSample, stepPage } from "./step-frame.tsx";
import {
  answerKey,
  type MergedWords,
  maxWordsShown,
  mergeWords,
  savedAnswer,
  shownWords,
  typedAnswer,
  type WordAnswer,
} from "./word-answers.ts";

/** Step for the publisher's words: maps them to our terms. */
export const wordsStep = stepRoutes({
  step: "mots",
  act: "draft.words",
  async show(visit, draft) {
    const look = await analyseDraft(visit, draft);
    return "refused" in look ? refusedSample(draft, "mots", look) : show(visit, draft, look, {});
  },
  async save(visit, draft, form) {
    const look = await analyseDraft(visit, draft);
    if ("refused" in look) return refusedSample(draft, "mots", look);
    const { terms, problems, answers } = readWords(form, look, answersOf(draft).terms ?? {});
    if (Object.keys(problems).length > 0) return show(visit, draft, look, { problems, answers });
    return { answers: withStepDone(draft, "mots", { terms }) };
  },
  async moved(visit, draft, form) {
    const look = await analyseDraft(visit, draft);
    if ("refused" in look) return refusedSample(draft, "mots", look);
    const overtaken = mergeWords(form, draft, look.proposal.words);
    return show(visit, draft, look, { answers: overtaken.answers, overtaken });
  },
});

type Terms = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

function readWords(form: Form, { proposal }: DraftAnalysis, before: Terms) {
  const terms: Record<string, Record<string, string[]>> = {};
  for (const [file, words] of Object.entries(before))
    terms[file] = Object.fromEntries(Object.entries(words).map(([word, ours]) => [word, [...ours]]));
  const problems: Record<string, string> = {};
  const answers = new Map<string, WordAnswer>();
  for (const file of proposal.words) {
    const { vocabulary } = file;
    const decided: Record<string, string[]> = { ...terms[vocabulary] };
    for (const { name, word } of shownWords(file)) {
      const { term } = word;
      // After a new reading of the sample, the form can contain another word at this position.
      if (form.text(`${name}-mot`) !== term) continue;
      const answer = typedAnswer(form, vocabulary, name);
      answers.set(name, answer);
      if (answer.written !== null) problems[name] = french`« ${term} » : nous ne connaissons pas ce territoire.`;
      else if (answer.isIgnored) decided[term] = [];
      else if (answer.terms.length > 0) decided[term] = [...answer.terms];
      else delete decided[term];
    }
    terms[vocabulary] = decided;
  }
  return { terms, problems, answers };
}

interface Shown {
  readonly problems?: Readonly<Record<string, string>>;
  /** Typed answers by field name. */
  readonly answers?: ReadonlyMap<string, WordAnswer>;
  readonly overtaken?: MergedWords;
}

function show(visit: Visit, draft: Draft, { proposal }: DraftAnalysis, shown: Shown): Page {
  const { problems = {}, overtaken } = shown;
  const open = proposal.words.filter(({ words }) => words.length > 0);
  return stepPage(
    draft,
    "mots",
    <>
      {overtaken !== undefined && <Moved draft={draft} overtaken={overtaken} />}
      {open.length === 0 ? (
        <p>Tous les mots du fichier sont déjà connus.</p>
      ) : (
        <p>
          Ces mots du producteur ne sont pas encore connus. Cochez ce qu’ils veulent dire chez nous ; un mot laissé sans réponse attendra
          dans les mots à traduire.
        </p>
      )}
      <Problems problems={problems} />
      <ActForm action={`/brouillons/${draft.draftId}/mots`} csrf={visit.csrf}>
        <BaseField version={draft.revision} />
        {open.map((file) => (
          <Vocabulary draft={draft} file={file} shown={shown} />
        ))}
        <button class="fr-btn" type="submit">
          Enregistrer et continuer
        </button>
      </ActForm>
    </>,
    overtaken !== undefined ? 409 : Object.keys(problems).length > 0 ? 422 : 200,
  );
}

function Moved({ draft, overtaken }: { readonly draft: Draft; readonly overtaken: MergedWords }): Child {
  const conflicts = overtaken.conflicts.map(({ vocabulary, word, theirs }) => ({
    label: french`« ${word.term} »`,
    theirs: answerWords(vocabulary, theirs),
  }));
  return <ConflictAlert who={draft.updatedBy} conflicts={conflicts} />;
}

function Vocabulary(given: { readonly draft: Draft; readonly file: ShownWords; readonly shown: Shown }): Child {
  const { draft, file, shown } = given;
  const { vocabulary, words } = file;
  return (
    <section aria-labelledby={`mots-${vocabulary}`} class="fr-mb-6w">
      <h3 id={`mots-${vocabulary}`}>{capitalize(fieldNameOrKey(vocabulary))}</h3>
      {words.length > maxWordsShown && (
        <p>{`Les ${maxWordsShown} plus fréquents sur ${counted(words.length, "mot")} ; les autres se traduiront ensuite.`}</p>
      )}
      {shownWords(file).map(({ name, word }) => {
        const saved = savedAnswer(draft, vocabulary, word);
        const answer = shown.answers?.get(name) ?? saved;
        return <WordField vocabulary={vocabulary} word={word} name={name} saved={saved} answer={answer} problem={shown.problems?.[name]} />;
      })}
    </section>
  );
}

/** The field of a word. `saved`: the saved answer; `answer`: the shown answer, which the person may have just typed. */
function WordField(given: {
  readonly vocabulary: ShownWords["vocabulary"];
  readonly word: ShownWord;
  readonly name: string;
  readonly saved: WordAnswer;
  readonly answer: WordAnswer;
  readonly problem: string | undefined;
}): Child {
  const { vocabulary, word, name, saved, answer, problem } = given;
  const label = french`« ${word.term} »`;
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
      <Checkbox id={`${name}-ignorer`} name={`${name}-ignorer`} value="1" checked={answer.isIgnored} class="fr-mb-2w">
        Ignorer ce mot : il ne dit rien à nos lecteurs
      </Checkbox>
    </details>
  );
}

/** Returns an answer in words. */
function answerWords(vocabulary: ShownWords["vocabulary"], { terms, isIgnored, written }: WordAnswer): string {
  if (isIgnored) return "ignoré";
  if (terms.length === 0) return written ?? "sans réponse";
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
