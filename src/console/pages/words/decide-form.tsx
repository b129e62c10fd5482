import type { Child } from "hono/jsx";
import { counted, french } from "../../../french/typography.ts";
import { oneTermVocabularies } from "../../../kit/rules/terms.ts";
import { type Term, vocabularies, vocabularyNames } from "../../../model/vocabularies.ts";
import { connectorNames } from "../../../registry/connector-names.ts";
import { sureFrom } from "../../../registry/terms/sure-targets.ts";
import type { WaitingWord } from "../../../registry/terms/waiting-words.ts";
import { ActForm, Checkboxes, DefaultButton, TextArea } from "../../parts/form-controls.tsx";
import { truncate } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";
import type { WordsRead } from "./read-words.ts";
import type { SuggestedTargets } from "./suggested-targets.ts";
import { Certainty, targetsInFrench, wordHref } from "./words-in-french.tsx";

/** Form to map or ignore a word: first the publishers, then a suggestion or a choice among all terms. */
export function DecideForm(given: {
  readonly visit: Visit;
  readonly word: WaitingWord;
  readonly read: WordsRead;
  readonly suggestions: readonly SuggestedTargets[];
  readonly written: WrittenDecision | null;
  readonly problems: Readonly<Record<string, string>>;
}): Child {
  const { visit, word, suggestions, written, problems } = given;
  return (
    <ActForm action={wordHref(word.vocabulary, word.word)} csrf={visit.csrf}>
      <DefaultButton name="faire" value="choisir" />
      <h2>Décision</h2>
      <p>La décision est d’abord essayée sur le dernier flux : rien ne change avant que vous n’ayez vu ce qu’elle ferait.</p>
      <ForWhom given={given} />
      {suggestions.length > 0 && (
        <>
          <h3>Suggestions</h3>
          <ul class="fr-raw-list">
            {suggestions.map((suggested) => (
              <Suggestion vocabulary={word.vocabulary} suggested={suggested} />
            ))}
          </ul>
        </>
      )}
      <h3>{suggestions.length > 0 ? "Ou choisir soi-même" : "Chez nous, ce mot veut dire"}</h3>
      <OwnChoice word={word} suggestions={suggestions} written={written} problems={problems} />
      <ul class="fr-btns-group fr-btns-group--inline">
        <li>
          <button type="submit" class="fr-btn" name="faire" value="choisir">
            Essayer cette traduction
          </button>
        </li>
        <li>
          <button type="submit" class="fr-btn fr-btn--secondary" name="faire" value="ignorer">
            Essayer d’ignorer ce mot
          </button>
        </li>
      </ul>
    </ActForm>
  );
}

/** Checkboxes of the publishers to which the decision applies. All are ticked by default. */
function ForWhom({
  given: { word, read, written, problems },
}: {
  readonly given: {
    readonly word: WaitingWord;
    readonly read: WordsRead;
    readonly written: WrittenDecision | null;
    readonly problems: Readonly<Record<string, string>>;
  };
}): Child {
  const [only, ...others] = word.uses;
  const names = connectorNames([...read.connectors.values()]);
  if (only !== undefined && others.length === 0) return <input type="hidden" name="producteur" value={only.connector} />;
  return (
    <details open={written !== null || word.uses.length <= 8} class="fr-mb-3w">
      <summary>{french`Pour les ${word.uses.length} producteurs qui l'emploient, ou pour certains`}</summary>
      <Checkboxes
        name="producteur"
        label="Producteurs"
        problem={problems.producteur}
        choices={word.uses.map(({ connector, count, term }) => ({
          value: connector,
          label: french`${names.get(connector) ?? connector} : ${counted(count, "aide")}${term === word.word ? "" : french`, écrit « ${truncate(term, 80)} »`}`,
        }))}
        values={written?.connectors ?? word.uses.map(({ connector }) => connector)}
      />
    </details>
  );
}

function Suggestion({ vocabulary, suggested }: { readonly vocabulary: string; readonly suggested: SuggestedTargets }): Child {
  const { targets, certainty, because } = suggested;
  const does =
    targets.length === 0
      ? { name: "faire", value: "ignorer", label: "Ignorer ce mot" }
      : { name: "proposition", value: targets.join(";"), label: targetsInFrench(vocabulary, targets) };
  return (
    <li class="fr-mb-2w">
      <button type="submit" class="fr-btn fr-btn--secondary fr-btn--sm fr-mr-1w" name={does.name} value={does.value}>
        {does.label}
      </button>
      <Certainty certainty={certainty} />
      <ul class="moisson-mention fr-mt-1v">
        {because.slice(0, 4).map((why) => (
          <li>{why}</li>
        ))}
      </ul>
    </li>
  );
}

export interface WrittenDecision {
  readonly connectors: readonly string[];
  readonly targets: readonly string[];
  readonly lines: string;
}

/** All terms of the vocabulary: suggestions come first, sure suggestions are ticked. For territories and organisations, a text field. */
function OwnChoice(given: {
  readonly word: WaitingWord;
  readonly suggestions: readonly SuggestedTargets[];
  readonly written: WrittenDecision | null;
  readonly problems: Readonly<Record<string, string>>;
}): Child {
  const { word, suggestions, written, problems } = given;
  if (word.vocabulary === "perimeters") {
    const hint = french`Un par ligne, par son nom ou son code : « Bretagne », « département 26 », « Valence (commune, 26362) ».`;
    return <TextArea name="territoires" label="Territoires" hint={hint} rows={3} value={written?.lines} problem={problems.territoires} />;
  }
  if (word.vocabulary === "financers") {
    const hint = french`Un par ligne : son nom, ou son nom, une barre et son SIREN (« ADEME|385290309 »).`;
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
