import type { Child } from "hono/jsx";
import type { WordExample } from "../../../catalogue/connectors/word-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import { oneTermVocabularies } from "../../../kit/rules/terms.ts";
import { type Term, vocabularies, vocabularyNames } from "../../../model/vocabularies.ts";
import { connectorNames } from "../../../registry/connector-names.ts";
import { sureFrom } from "../../../registry/terms/sure-targets.ts";
import { type WaitingWord, wordKey } from "../../../registry/terms/waiting-words.ts";
import { ConnectorLink, ConnectorName } from "../../lists/connector-column.tsx";
import { AidTitle } from "../../parts/aid-text.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { Facts } from "../../parts/facts.tsx";
import { ActForm, Checkboxes, DefaultButton, TextArea } from "../../parts/form-controls.tsx";
import { List } from "../../parts/list.tsx";
import { formatNumber } from "../../parts/table.tsx";
import { truncate } from "../../parts/time.ts";
import { type Page, pageRoute } from "../../route.ts";
import { mayCurate, type Visit } from "../../visit.ts";
import { type WordsRead, wordFromQuery } from "./read-words.ts";
import { type SuggestedTargets, suggestedTargets } from "./suggested-targets.ts";
import { Certainty, targetsInFrench, vocabularyInFrench, wordHref } from "./words-in-french.tsx";

/** Max connectors with examples, and max examples for each. */
const [connectorsShown, aidsShown] = [6, 3];
/** Longer words were truncated when they were stored, so no decision could match them. */
const maxWordLength = 255;

export interface DecideAgain {
  readonly status: 409 | 422;
  readonly written: WrittenDecision;
  readonly problems: Readonly<Record<string, string>>;
  readonly alert?: Child;
}

/** The page of a word: its uses, suggestions, and the form to map or ignore it. */
export const decidePage = pageRoute("/mots/decider", "read", async (visit) => {
  const { word, read } = await wordFromQuery(visit);
  return decidePageOf(visit, word, read);
});

/** Returns the page of a word. `again`: a form with mistakes, to show it again. */
export async function decidePageOf(visit: Visit, word: WaitingWord, read: WordsRead, again?: DecideAgain): Promise<Page> {
  const title = french`Traduire « ${truncate(word.word, 120)} »`;
  const isCut = word.word.length > maxWordLength;
  const examples = await visit.catalogue.words.examples(word.vocabulary, word.uses.slice(0, connectorsShown), aidsShown);
  return {
    title: "Traduire un mot",
    breadcrumb: [{ title: "Mots à traduire", href: "/mots" }],
    menuPath: "/mots",
    ...(again && { status: again.status }),
    content: (
      <>
        <h1>{title}</h1>
        {again?.alert}
        <Problems problems={again?.problems ?? {}} />
        <Facts
          facts={[
            { name: "Liste", value: vocabularyInFrench(word.vocabulary) },
            { name: "Employé par", value: counted(word.uses.length, "producteur") },
            { name: "Dans", value: counted(word.count, "aide") },
          ]}
        />
        <TriedAlready visit={visit} trials={await trialsOn(visit, word)} />
        <Examples visit={visit} word={word} examples={examples} />
        {isCut && (
          <Alert kind="warning">
            <p>
              Ce texte est trop long pour être un mot : il vient sans doute d’un champ mal lu. Il se corrige dans la définition du
              connecteur.
            </p>
          </Alert>
        )}
        {!isCut && mayCurate(visit) && (
          <DecideForm
            visit={visit}
            word={word}
            read={read}
            suggestions={await suggestedTargets(visit, read, word)}
            written={again?.written ?? null}
            problems={again?.problems ?? {}}
          />
        )}
      </>
    ),
  };
}

interface TriedBy {
  readonly connector: string;
  readonly by: string;
  readonly runId: string;
}

/** Returns the open trials that contain a decision on the word. */
async function trialsOn({ catalogue }: Visit, { vocabulary, word }: WaitingWord): Promise<TriedBy[]> {
  const key = wordKey(vocabulary, word);
  const decides = (words: Readonly<Record<string, unknown>> = {}) => Object.keys(words).some((known) => wordKey(vocabulary, known) === key);
  const trials = await catalogue.words.trials();
  return trials.filter(({ terms, isKept, after, newest }) => !isKept && after === newest && decides(terms[vocabulary]));
}

function TriedAlready({ visit, trials }: { readonly visit: Visit; readonly trials: readonly TriedBy[] }): Child {
  if (trials.length === 0) return null;
  return (
    <Alert kind="info">
      <p>Une décision sur ce mot est déjà à l’essai :</p>
      <List
        items={trials.slice(0, 10).map(({ connector, by, runId }) => (
          <a href={`/connecteurs/${connector}/essais/${runId}`}>
            <ConnectorName visit={visit} connector={connector} />
            {`, par ${by}`}
          </a>
        ))}
      />
    </Alert>
  );
}

/** Aids that use the word, to show its meaning. */
function Examples(given: { readonly visit: Visit; readonly word: WaitingWord; readonly examples: readonly WordExample[] }): Child {
  const { visit, word, examples } = given;
  return (
    <>
      <h2>Où il est employé</h2>
      <ul>
        {word.uses.slice(0, connectorsShown).map(({ connector, count }) => (
          <li>
            <ConnectorLink visit={visit} connector={connector} /> ({counted(count, "aide")})
            <ul>
              {examples
                .filter((example) => example.connector === connector)
                .map(({ aidId, title }) => (
                  <li>
                    <a href={`/aides/${aidId}`}>
                      <AidTitle visit={visit} connector={connector} title={truncate(title, 160)} />
                    </a>
                  </li>
                ))}
            </ul>
          </li>
        ))}
        {word.uses.length > connectorsShown && <li>{`et ${formatNumber(word.uses.length - connectorsShown)} autres`}</li>}
      </ul>
    </>
  );
}

interface DecideGiven {
  readonly visit: Visit;
  readonly word: WaitingWord;
  readonly read: WordsRead;
  readonly suggestions: readonly SuggestedTargets[];
  readonly written: WrittenDecision | null;
  readonly problems: Readonly<Record<string, string>>;
}

/** Form to map or ignore a word: first the publishers, then a suggestion or a choice among all terms. */
function DecideForm(given: DecideGiven): Child {
  const { visit, word, suggestions } = given;
  return (
    <ActForm action={wordHref(word.vocabulary, word.word)} csrf={visit.csrf}>
      <DefaultButton name="faire" value="choisir" />
      <h2>Décision</h2>
      <p>La décision est d’abord essayée sur le dernier flux : rien ne change avant que vous n’ayez vu ce qu’elle ferait.</p>
      <ForWhom {...given} />
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
      <OwnChoice {...given} />
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
function ForWhom({ word, read, written, problems }: DecideGiven): Child {
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

interface WrittenDecision {
  readonly connectors: readonly string[];
  readonly targets: readonly string[];
  readonly lines: string;
}

/** All terms of the vocabulary: suggestions come first, sure suggestions are ticked. For territories and organisations, a text field. */
function OwnChoice({ word, suggestions, written, problems }: DecideGiven): Child {
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
