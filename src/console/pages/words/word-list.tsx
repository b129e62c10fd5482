import type { Child } from "hono/jsx";
import { certaintyLabel } from "../../../french/survey.ts";
import { counted, french } from "../../../french/typography.ts";
import { foldTerm } from "../../../kit/values/text/fold-term.ts";
import type { TermSuggestion } from "../../../registry/terms/suggest-mappings.ts";
import { sureTargets } from "../../../registry/terms/sure-targets.ts";
import { type WaitingWord, wordKey } from "../../../registry/terms/waiting-words.ts";
import { ConnectorLink, connectorFilter } from "../../lists/connector-column.tsx";
import type { Filter, List } from "../../lists/list.ts";
import { listRoutes } from "../../lists/list-routes.tsx";
import { Badge } from "../../parts/badge.tsx";
import { truncate } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";
import { AcceptForm, Tick } from "./accept-words.tsx";
import { readWords } from "./read-words.ts";
import { Certainty, targetsInFrench, vocabularyInFrench, wordHref } from "./words-in-french.tsx";

function filtered(words: readonly WaitingWord[], { vocabulaire, connecteur, texte }: Filter): readonly WaitingWord[] {
  const text = texte === undefined ? undefined : foldTerm(texte);
  return words.filter(
    ({ vocabulary, word, uses }) =>
      (vocabulaire === undefined || vocabulary === vocabulaire) &&
      (connecteur === undefined || uses.some(({ connector }) => connector === connecteur)) &&
      (text === undefined || foldTerm(word).includes(text)),
  );
}

async function vocabularyChoices(visit: Visit) {
  const names = new Set((await readWords(visit)).words.map(({ vocabulary }) => vocabulary));
  return [...names].map((value) => ({ value, label: vocabularyInFrench(value) })).sort((a, b) => a.label.localeCompare(b.label, "fr"));
}

/** Returns the keys of words in open trials. */
export async function triedWords({ catalogue }: Visit): Promise<ReadonlySet<string>> {
  const open = (await catalogue.words.trials()).filter(({ isKept, after, newest }) => !isKept && after === newest);
  return new Set(
    open.flatMap(({ terms, before }) =>
      Object.entries(terms).flatMap(([vocabulary, words]) =>
        Object.keys(words).flatMap((word) => (before[vocabulary]?.[word] === undefined ? [wordKey(vocabulary, word)] : [])),
      ),
    ),
  );
}

interface Row extends WaitingWord {
  /** The best suggestion, or null. */
  readonly suggestion: TermSuggestion | null;
  /** Our terms that a sure suggestion proposes. Null without one, and for a word in an open trial. */
  readonly sure: readonly string[] | null;
  /** The word is in an open trial. */
  readonly isTried: boolean;
}

const publishersNamed = 3;
/** Number of suggestions to compute before the server handles other requests. */
const suggestionsPerTurn = 20;

const list: List<Row> = {
  path: "/mots",
  who: "read",
  title: "Mots à traduire",
  fileName: "mots-a-traduire",
  caption: (count) => counted(count, "mot sans correspondance", "mots sans correspondance"),
  empty: (isFiltered) =>
    isFiltered ? "Aucun mot ne répond à ce filtre." : "Tous les mots des producteurs ont une correspondance chez nous.",
  above: async (visit) => <Above trials={(await visit.catalogue.words.trials()).length} />,
  filters: [
    { name: "vocabulaire", label: "Liste", kind: "choice", anyLabel: "Toutes", choices: vocabularyChoices },
    connectorFilter,
    { name: "texte", label: "Mot", kind: "text" },
  ],
  columns: [
    { title: "Mot du producteur", text: ({ word }) => word, cell: (row, visit) => <WordCell row={row} visit={visit} /> },
    {
      title: "Liste",
      text: ({ vocabulary }) => vocabularyInFrench(vocabulary),
      cell: ({ vocabulary }) => <span class="moisson-unbroken">{vocabularyInFrench(vocabulary)}</span>,
    },
    { title: "Aides", text: ({ count }) => count, isNumber: true },
    {
      title: "Producteurs",
      text: ({ uses }) => uses.map(({ connector }) => connector).join(" ; "),
      cell: ({ uses }, visit) => <Publishers uses={uses} visit={visit} />,
    },
    {
      title: "Suggestion",
      text: ({ suggestion, vocabulary }) => (suggestion === null ? null : meaning(vocabulary, suggestion)),
      cell: ({ suggestion, vocabulary }) => (suggestion === null ? "" : meaning(vocabulary, suggestion)),
    },
    {
      title: "Certitude",
      text: ({ suggestion }) => (suggestion === null ? null : certaintyLabel(suggestion.certainty)),
      cell: ({ suggestion }) => (suggestion === null ? "" : <Certainty certainty={suggestion.certainty} />),
    },
  ],
  async rows(visit, filter, { limit, offset }) {
    const tried = await triedWords(visit);
    const read = await readWords(visit);
    const rows: Row[] = [];
    for (const word of filtered(read.words, filter).slice(offset, offset + limit)) {
      if (rows.length % suggestionsPerTurn === suggestionsPerTurn - 1) await new Promise((resolve) => setImmediate(resolve));
      const suggestions = read.suggestions(word);
      const isTried = tried.has(wordKey(word.vocabulary, word.word));
      rows.push({ ...word, suggestion: suggestions[0] ?? null, sure: isTried ? null : sureTargets(suggestions), isTried });
    }
    return rows;
  },
  count: async (visit, filter) => filtered((await readWords(visit)).words, filter).length,
  wrapTable: (table, visit, _filter, rows) => <AcceptForm table={table} visit={visit} isAnySure={rows.some(({ sure }) => sure !== null)} />,
};

function Above({ trials }: { readonly trials: number }): Child {
  return (
    <>
      <p>
        Ces mots viennent des flux et ne correspondent à aucun de nos termes : les aides qui les portent restent sans cette information. Une
        décision est d’abord essayée ; rien ne change avant qu’elle ne soit enregistrée.
      </p>
      {trials > 0 && (
        <p>
          <a class="fr-link fr-icon-arrow-right-line fr-link--icon-right" href="/mots/essais">
            {french`Voir les décisions en cours (${counted(trials, "essai")})`}
          </a>
        </p>
      )}
    </>
  );
}

function WordCell({ row, visit }: { readonly row: Row; readonly visit: Visit }): Child {
  const { vocabulary, word, sure, isTried } = row;
  return (
    <div class="moisson-tick">
      <Tick vocabulary={vocabulary} word={word} sure={sure} visit={visit} />
      <div>
        <a href={wordHref(vocabulary, word)}>{truncate(word, 120)}</a> {isTried && <Badge tone="new" label="en cours d’essai" />}
      </div>
    </div>
  );
}

function Publishers({ uses, visit }: Pick<Row, "uses"> & { readonly visit: Visit }): Child {
  const more = uses.length - publishersNamed;
  return (
    <>
      {uses.slice(0, publishersNamed).map(({ connector }, index) => (
        <>
          {index > 0 && ", "}
          <ConnectorLink visit={visit} connector={connector} />
        </>
      ))}
      {more > 0 && ` et ${counted(more, "autre")}`}
    </>
  );
}

function meaning(vocabulary: string, { slug }: TermSuggestion): string {
  return slug === null ? "à ignorer" : targetsInFrench(vocabulary, [slug]);
}

/** The queue of words: a page, a CSV and an Excel file. */
export const wordList = listRoutes(list);
