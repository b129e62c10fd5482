import type { Child } from "hono/jsx";
import type { WordExample } from "../../../catalogue/connectors/word-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import { type WaitingWord, wordKey } from "../../../registry/terms/waiting-words.ts";
import { ConnectorLink, ConnectorName } from "../../lists/connector-column.tsx";
import { AidTitle } from "../../parts/aid-text.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { Facts } from "../../parts/facts.tsx";
import { formatNumber } from "../../parts/table.tsx";
import { truncate } from "../../parts/time.ts";
import { type Page, pageRoute } from "../../route.ts";
import { mayCurate, type Visit } from "../../visit.ts";
import { DecideForm, type WrittenDecision } from "./decide-form.tsx";
import { type WordsRead, wordFromQuery } from "./read-words.ts";
import { suggestedTargets } from "./suggested-targets.ts";
import { vocabularyInFrench } from "./words-in-french.tsx";

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
      <ul>
        {trials.slice(0, 10).map(({ connector, by, runId }) => (
          <li>
            <a href={`/connecteurs/${connector}/essais/${runId}`}>
              <ConnectorName visit={visit} connector={connector} />
              {`, par ${by}`}
            </a>
          </li>
        ))}
      </ul>
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
