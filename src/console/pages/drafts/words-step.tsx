import type { Child } from "hono/jsx";
import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { Problems } from "../../parts/alert.tsx";
import { ConflictAlert } from "../../parts/conflict-alert.tsx";
import { ActForm } from "../../parts/form.tsx";
import type { Form, Page } from "../../route.ts";
import type { ShownWords } from "../../sample/sample-ask.ts";
import type { Visit } from "../../visit.ts";
import { type DraftLook, lookAtDraft } from "./ask-of-draft.ts";
import { answersOf } from "./draft-steps.ts";
import { gone, RevisionField, stepRoutes } from "./open-draft.tsx";
import { type OvertakenWords, overtakenWords } from "./overtaken-words.ts";
import { refusedSample } from "./refused-sample.tsx";
import { stepPage } from "./step-frame.tsx";
import { askedWords, mostAsked, savedAnswer, typedAnswer, type WordAnswer } from "./word-answers.ts";
import { answerWords, WordField } from "./word-fields.tsx";

/** What the publisher's words mean. */
export const wordsStep = stepRoutes({
  step: "mots",
  act: "draft.words",
  async show(visit, draft) {
    const look = await lookAtDraft(visit, draft);
    return "refused" in look ? refusedSample(draft, "mots", look) : show(visit, draft, look, {});
  },
  async save(visit, draft, form) {
    const look = await lookAtDraft(visit, draft);
    if ("refused" in look) return refusedSample(draft, "mots", look);
    const { terms, problems, answers } = readWords(form, look, answersOf(draft).terms ?? {});
    if (Object.keys(problems).length > 0) return show(visit, draft, look, { problems, answers });
    return { answers: gone(draft, "mots", { terms }) };
  },
  async moved(visit, draft, form) {
    const look = await lookAtDraft(visit, draft);
    if ("refused" in look) return refusedSample(draft, "mots", look);
    const overtaken = overtakenWords(form, draft, look.proposal.words);
    return show(visit, draft, look, { answers: overtaken.answers, overtaken });
  },
});

type Terms = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

function readWords(form: Form, { proposal }: DraftLook, before: Terms) {
  const terms: Record<string, Record<string, string[]>> = {};
  for (const [file, words] of Object.entries(before))
    terms[file] = Object.fromEntries(Object.entries(words).map(([word, ours]) => [word, [...ours]]));
  const problems: Record<string, string> = {};
  const answers = new Map<string, WordAnswer>();
  for (const file of proposal.words) {
    const { vocabulary } = file;
    const decided: Record<string, string[]> = { ...terms[vocabulary] };
    for (const { name, word } of askedWords(file)) {
      const { term } = word;
      if (form.text(`${name}-mot`) !== term) continue; // The sample was read again since: the word is not the one that was asked for.
      const answer = typedAnswer(form, vocabulary, name);
      answers.set(name, answer);
      if (answer.written !== null) problems[name] = `« ${term} » : nous ne connaissons pas ce territoire.`;
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
  /** What was typed, by the name of its field. */
  readonly answers?: ReadonlyMap<string, WordAnswer>;
  readonly overtaken?: OvertakenWords;
}

function show(visit: Visit, draft: Draft, { proposal }: DraftLook, shown: Shown): Page {
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
        <RevisionField draft={draft} />
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

function Moved({ draft, overtaken }: { readonly draft: Draft; readonly overtaken: OvertakenWords }): Child {
  const both = overtaken.both.map(({ vocabulary, word, theirs }) => ({
    label: french`« ${word.term} »`,
    theirs: answerWords(vocabulary, theirs),
  }));
  return <ConflictAlert who={draft.updatedBy} conflicts={both} />;
}

function Vocabulary(given: { readonly draft: Draft; readonly file: ShownWords; readonly shown: Shown }): Child {
  const { draft, file, shown } = given;
  const { vocabulary, words } = file;
  return (
    <section aria-labelledby={`mots-${vocabulary}`} class="fr-mb-6w">
      <h3 id={`mots-${vocabulary}`}>{capitalize(fieldNameOrKey(vocabulary))}</h3>
      {words.length > mostAsked && (
        <p>{`Les ${mostAsked} plus fréquents sur ${counted(words.length, "mot")} ; les autres se traduiront ensuite.`}</p>
      )}
      {askedWords(file).map(({ name, word }) => {
        const saved = savedAnswer(draft, vocabulary, word);
        const answer = shown.answers?.get(name) ?? saved;
        return <WordField vocabulary={vocabulary} word={word} name={name} saved={saved} answer={answer} problem={shown.problems?.[name]} />;
      })}
    </section>
  );
}
