import type { Child } from "hono/jsx";
import { findPerimeter } from "../../../aid/perimeters.ts";
import { labelOf, type Term, type VocabularyName, vocabularies } from "../../../aid/vocabularies.ts";
import type { Draft } from "../../../catalogue/draft-repository.ts";
import { refOf } from "../../../connector-kit/rules/perimeters.ts";
import { fieldNameIfOurs } from "../../../texts/fr-fields.ts";
import { counted } from "../../../texts/fr-typography.ts";
import { readTerritory } from "../../curation/read-territory.ts";
import { Problems } from "../../parts/alert.tsx";
import { ActForm, Checkboxes, TextField } from "../../parts/form.tsx";
import type { Form, Page } from "../../route.ts";
import type { ShownWord, ShownWords } from "../../sample/sample-ask.ts";
import type { Visit } from "../../visit.ts";
import { type DraftLook, lookAtDraft } from "./ask-of-draft.ts";
import { answersOf } from "./draft-steps.ts";
import { gone, RevisionField, stepRoutes } from "./open-draft.tsx";
import { refusedSample } from "./refused-sample.tsx";
import { stepPage } from "./step-frame.tsx";

/** Words of one vocabulary that one page asks for: more frequent ones first, the others in the queue of words once the connector runs. */
const mostAsked = 60;

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
    const { terms, problems } = readWords(form, look, answersOf(draft).terms ?? {});
    if (Object.keys(problems).length > 0) return show(visit, draft, look, problems);
    return { answers: gone(draft, "mots", { terms }) };
  },
});

type Terms = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Name of a word's field in the form: by its place, since a word may be anything. */
function nameOf(vocabulary: string, index: number): string {
  return `${vocabulary}-${index}`;
}

function readWords(form: Form, { proposal }: DraftLook, before: Terms) {
  const terms: Record<string, Record<string, string[]>> = {};
  for (const [file, words] of Object.entries(before))
    terms[file] = Object.fromEntries(Object.entries(words).map(([word, ours]) => [word, [...ours]]));
  const problems: Record<string, string> = {};
  for (const { vocabulary, words } of proposal.words) {
    const decided: Record<string, string[]> = { ...terms[vocabulary] };
    for (const [index, { term }] of words.slice(0, mostAsked).entries()) {
      const name = nameOf(vocabulary, index);
      if (form.text(`${name}-mot`) !== term) continue; // The sample was read again since: the word is not the one that was asked for.
      const chosen = vocabulary === "perimeters" ? territoriesOf(form.text(name)) : form.all(name).filter((value) => value !== "");
      if (chosen === null) problems[name] = `« ${term} » : nous ne connaissons pas ce territoire.`;
      else if (form.has(`${name}-ignorer`)) decided[term] = [];
      else if (chosen.length > 0) decided[term] = [...chosen];
      else delete decided[term];
    }
    terms[vocabulary] = decided;
  }
  return { terms, problems };
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

function show(visit: Visit, draft: Draft, { proposal }: DraftLook, problems: Readonly<Record<string, string>>): Page {
  const open = proposal.words.filter(({ words }) => words.length > 0);
  const decided = answersOf(draft).terms ?? {};
  return stepPage(
    draft,
    "mots",
    <>
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
          <Vocabulary file={file} decided={decided[file.vocabulary] ?? {}} problems={problems} />
        ))}
        <button class="fr-btn" type="submit">
          Enregistrer et continuer
        </button>
      </ActForm>
    </>,
    Object.keys(problems).length > 0 ? 422 : 200,
  );
}

function Vocabulary(given: {
  readonly file: ShownWords;
  readonly decided: Readonly<Record<string, readonly string[]>>;
  readonly problems: Readonly<Record<string, string>>;
}): Child {
  const { vocabulary, words } = given.file;
  return (
    <section aria-labelledby={`mots-${vocabulary}`} class="fr-mb-6w">
      <h3 id={`mots-${vocabulary}`}>{capital(fieldNameIfOurs(vocabulary))}</h3>
      {words.length > mostAsked && (
        <p>{`Les ${mostAsked} plus fréquents sur ${counted(words.length, "mot")} ; les autres se traduiront ensuite.`}</p>
      )}
      {words.slice(0, mostAsked).map((word, index) => (
        <Word
          vocabulary={vocabulary}
          word={word}
          name={nameOf(vocabulary, index)}
          chosen={given.decided[word.term] ?? word.suggested}
          isIgnored={given.decided[word.term]?.length === 0}
          problem={given.problems[nameOf(vocabulary, index)]}
        />
      ))}
    </section>
  );
}

function Word(given: {
  readonly vocabulary: ShownWords["vocabulary"];
  readonly word: ShownWord;
  readonly name: string;
  readonly chosen: readonly string[];
  readonly isIgnored: boolean;
  readonly problem: string | undefined;
}): Child {
  const { vocabulary, word, name, chosen, problem } = given;
  const label = `« ${word.term} »`;
  const hint = `${counted(word.count, "enregistrement")}${word.suggested.length > 0 ? ` ; suggéré : ${word.suggested.map((ours) => ourWord(vocabulary, ours)).join(", ")}` : ""}`;
  return (
    <details class="moisson-word" open={chosen.length === 0 && !given.isIgnored}>
      <summary>
        {label} → {given.isIgnored ? "ignoré" : chosen.length === 0 ? "à dire" : chosen.map((ours) => ourWord(vocabulary, ours)).join(", ")}
      </summary>
      <input type="hidden" name={`${name}-mot`} value={word.term} />
      {vocabulary === "perimeters" || vocabulary === "financers" ? (
        <TextField
          name={name}
          label={label}
          hint={hint}
          value={chosen.map((ours) => ourWord(vocabulary, ours)).join(" ; ")}
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
          values={chosen}
          problem={problem}
          isInline
        />
      )}
      <div class="fr-checkbox-group fr-checkbox-group--sm fr-mb-2w">
        <input type="checkbox" id={`${name}-ignorer`} name={`${name}-ignorer`} value="1" checked={given.isIgnored} />
        <label class="fr-label" for={`${name}-ignorer`}>
          Ignorer ce mot : il ne dit rien à nos lecteurs
        </label>
      </div>
    </details>
  );
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
