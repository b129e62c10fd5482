import type { Child } from "hono/jsx";
import { fieldNameOrKey } from "../../../../french/fields.ts";
import { capitalize, counted, french } from "../../../../french/typography.ts";
import { refOf } from "../../../../kit/rules/perimeters.ts";
import type { VersionTerms } from "../../../../model/run/connector-version.ts";
import { findPerimeter } from "../../../../model/territories/perimeters.ts";
import { fingerprintOf } from "../../../../model/text/canonical.ts";
import { labelOf, type Term, type VocabularyName, vocabularies } from "../../../../model/vocabularies.ts";
import type { ShownWord, ShownWords } from "../../../../survey/sample/sample-request.ts";
import { type Field, type Fields, Invalid } from "../../../forms/form.tsx";
import { Checkbox } from "../../../parts/checkbox.tsx";
import { readTerritory } from "../../../parts/territory-field.ts";
import { formPage, type Texts } from "../form-page.tsx";
import { answersAt } from "./analyse-draft.ts";
import { doneWith, nextAfter } from "./draft-steps.ts";
import type { AnalysedDraft } from "./edited-draft.tsx";

type Vocabulary = ShownWords["vocabulary"];
/** Reads our terms for a word; for the box that ignores it, `[""]` if it is ticked. */
type WordField = Field & { read(text: string): readonly string[] | Invalid };

/** Max words per vocabulary, most frequent first. The others are on the page of unmapped words after the first run. */
const maxWordsShown = 60;

/** Returns the field name of a word. It contains a fingerprint, because a word can contain any character. */
export function wordName(vocabulary: string, term: string): string {
  return `${vocabulary}-${fingerprintOf(term)}`;
}

function ignoredName(name: string): string {
  return `${name}-ignorer`;
}

/** Step for the publisher's words: maps them to our terms. */
export const wordsPage = formPage({
  path: "mots",
  act: "words",
  fields: (edited: AnalysedDraft): Record<string, WordField> => Object.fromEntries(wordsOf(edited).flatMap(fieldsOf)),
  texts: (edited) => textsOf(edited, edited.answers.terms),
  async textsAt(edited, revision) {
    const then = answersAt(edited.draft, revision);
    return then === null ? null : textsOf(edited, then.terms);
  },
  save(edited, values) {
    const { answers, keep } = edited;
    const terms: Record<string, Record<string, string[]>> = structuredClone(answers.terms ?? {});
    for (const { vocabulary, name, word } of wordsOf(edited)) {
      const { [word.term]: _, ...others } = terms[vocabulary] ?? {};
      const ours = values[name] ?? [];
      const isIgnored = (values[ignoredName(name)] ?? []).length > 0;
      terms[vocabulary] = isIgnored || ours.length > 0 ? { ...others, [word.term]: isIgnored ? [] : [...ours] } : others;
    }
    return keep({ answers: { ...doneWith(answers, "mots"), terms } }, nextAfter("mots"));
  },
  above: (edited) =>
    wordsOf(edited).length === 0 ? (
      <p>Tous les mots du fichier sont déjà connus.</p>
    ) : (
      <p>
        Ces mots du producteur ne sont pas encore connus. Cochez ce qu’ils veulent dire chez nous ; un mot laissé sans réponse attendra dans
        les mots à traduire.
      </p>
    ),
  content: ({ edited, typed, controls }) => {
    const saved = textsOf(edited, edited.answers.terms);
    return edited.look.proposal.words
      .filter(({ words }) => words.length > 0)
      .map((file) => <VocabularySection file={file} saved={saved} typed={typed} controls={controls} />);
  },
  label: () => "Enregistrer et continuer",
  back: () => null,
});

/** A word of the page. `name`: of its field. */
interface NamedWord {
  readonly vocabulary: Vocabulary;
  readonly name: string;
  readonly word: ShownWord;
}

function wordsOf({ look }: AnalysedDraft): readonly NamedWord[] {
  return look.proposal.words.flatMap(namedWords);
}

function namedWords({ vocabulary, words }: ShownWords): readonly NamedWord[] {
  return words.slice(0, maxWordsShown).map((word) => ({ vocabulary, word, name: wordName(vocabulary, word.term) }));
}

/** Returns the fields of a word: our terms, and the box that ignores it. */
function fieldsOf({ vocabulary, name, word: { term, count, suggested } }: NamedWord): [string, WordField][] {
  const label = french`« ${term} »`;
  const words = suggested.map((ours) => ourWord(vocabulary, ours)).join(", ");
  const hint = `${counted(count, "enregistrement")}${words === "" ? "" : ` ; suggéré : ${words}`}`;
  const shared = { label, hint, maxLength: 5000 };
  const field: WordField =
    vocabulary === "perimeters"
      ? { ...shared, read: (text) => readTerritories(text) ?? new Invalid(french`${label} : nous ne connaissons pas ce territoire.`) }
      : { ...shared, read: partsOf, ...(vocabulary !== "financers" && { choices: choicesOf(vocabulary), isMultiple: true }) };
  const ignored = [{ value: "1", label: "ignoré" }];
  return [
    [name, field],
    [ignoredName(name), { label, choices: ignored, maxLength: 1, read: (text) => (text === "" ? [] : [text]) }],
  ];
}

function partsOf(text: string): readonly string[] {
  return text.split(";").flatMap((part) => part.trim() || []);
}

/** Reads `Bretagne ; Normandie` as `region:53`, `region:28`. Returns null if a territory is unknown. */
function readTerritories(text: string): readonly string[] | null {
  const found = partsOf(text).map((part) => readTerritory(part)[0]);
  return found.some((one) => one === undefined) ? null : found.flatMap((one) => (one === undefined ? [] : `${one.scale}:${one.code}`));
}

/** Returns the texts for saved decisions. A word without a decision has the suggested terms. */
function textsOf(edited: AnalysedDraft, terms: VersionTerms | null | undefined): Texts {
  const texts = wordsOf(edited).flatMap(({ vocabulary, name, word: { term, suggested } }): [string, string][] => {
    const decided = terms?.[vocabulary]?.[term];
    const ours = decided ?? suggested;
    const text = isWritten(vocabulary) ? ours.map((one) => ourWord(vocabulary, one)).join(" ; ") : ours.join(";");
    return [
      [name, text],
      [ignoredName(name), decided?.length === 0 ? "1" : ""],
    ];
  });
  return Object.fromEntries(texts);
}

/** Returns true if a person writes the terms, because there are too many to tick. */
function isWritten(vocabulary: Vocabulary): boolean {
  return vocabulary === "perimeters" || vocabulary === "financers";
}

interface ShownForm {
  readonly saved: Texts;
  readonly typed: Texts;
  controls(fields: Fields): Child;
}

function VocabularySection({ file, ...form }: ShownForm & { readonly file: ShownWords }): Child {
  const { vocabulary, words } = file;
  return (
    <section aria-labelledby={`mots-${vocabulary}`} class="fr-mb-6w">
      <h3 id={`mots-${vocabulary}`}>{capitalize(fieldNameOrKey(vocabulary))}</h3>
      {words.length > maxWordsShown && (
        <p>{`Les ${maxWordsShown} plus fréquents sur ${counted(words.length, "mot")} ; les autres se traduiront ensuite.`}</p>
      )}
      {namedWords(file).map((word) => (
        <WordAnswer named={word} {...form} />
      ))}
    </section>
  );
}

/** The answer for a word. It is open if it is missing, or not yet saved. */
function WordAnswer({ named, saved, typed, controls }: ShownForm & { readonly named: NamedWord }): Child {
  const { vocabulary, name } = named;
  const [[, field]] = fieldsOf(named) as [[string, WordField], ...unknown[]];
  const ignoring = ignoredName(name);
  const [text = "", isIgnored] = [typed[name], typed[ignoring] === "1"];
  const isOpen = (text === "" && !isIgnored) || text !== saved[name] || typed[ignoring] !== saved[ignoring];
  const ours = partsOf(text).map((one) => ourWord(vocabulary, one));
  return (
    <details class="moisson-word" open={isOpen}>
      <summary>
        {field.label} → {isIgnored ? "ignoré" : ours.join(", ") || "sans réponse"}
      </summary>
      {controls({ [name]: field })}
      <input type="hidden" name={ignoring} value="" />
      <Checkbox id={ignoring} name={ignoring} value="1" checked={isIgnored} class="fr-mb-2w">
        Ignorer ce mot : il ne dit rien à nos lecteurs
      </Checkbox>
    </details>
  );
}

function choicesOf(vocabulary: VocabularyName) {
  return (vocabularies[vocabulary] as readonly Term[]).map(({ slug, label }) => ({ value: slug, label }));
}

function ourWord(vocabulary: Vocabulary, ours: string): string {
  if (vocabulary === "financers") return ours;
  if (vocabulary !== "perimeters") return labelOf(vocabulary, ours);
  const ref = refOf(ours);
  return (ref === undefined ? undefined : findPerimeter(ref)?.perimeter.name) ?? ours;
}
