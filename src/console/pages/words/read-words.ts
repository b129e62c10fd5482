import { french } from "../../../french/typography.ts";
import type { LoadedConnector } from "../../../kit/loaded-connector.ts";
import type { TermFileName } from "../../../kit/rules/rule-context.ts";
import type { SetAside } from "../../../model/run/set-aside.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { vocabularyNames } from "../../../model/vocabularies.ts";
import type { ReadConnectors } from "../../../registry/load-connectors.ts";
import { type DecidedTerm, readDecidedTerms } from "../../../registry/terms/read-decided-terms.ts";
import { suggestMappings, type TermSuggestion } from "../../../registry/terms/suggest-mappings.ts";
import { termsToDecide, type WaitingWord, waitingWords, wordKey } from "../../../registry/terms/waiting-words.ts";
import { NotFound } from "../../route.ts";
import type { Visit } from "../../visit.ts";

/** The words that wait for a decision, and earlier decisions. */
export interface WordsRead {
  readonly connectors: ReadonlyMap<string, LoadedConnector>;
  /** Most frequent first. */
  readonly words: readonly WaitingWord[];
  readonly byKey: ReadonlyMap<string, WaitingWord>;
  /** Decisions in the term files and in the versions of all connectors. */
  readonly known: readonly DecidedTerm[];
  /** Returns suggestions based on the spelling, cached for each word. Organisations and territories have none. */
  suggestions(word: Pick<WaitingWord, "vocabulary" | "word">): readonly TermSuggestion[];
}

/** Decisions of all connectors, and the suggestions based on them. */
type Decided = Pick<WordsRead, "known" | "suggestions">;

interface CachedWords {
  /** Changes with the runs, the index, the items set aside and the day. */
  readonly signature: string;
  readonly registry: ReadConnectors;
  readonly read: Promise<WordsRead>;
}

const cache = new WeakMap<Visit["catalogue"], CachedWords>();
const decided = new WeakMap<ReadConnectors, Promise<Decided>>();

/** Reads the queue of words. It needs the reports of hundreds of connectors, so it is cached until a run or a connector changes. */
export async function readWords({ catalogue, console: { jobs }, now }: Visit): Promise<WordsRead> {
  const [registry, runs, setAsides] = await Promise.all([jobs.registry(), catalogue.overview.signature(), catalogue.setAsides.list()]);
  const today = parisDay(now);
  const signature = JSON.stringify([runs, today, setAsides]);
  const last = cache.get(catalogue);
  if (last?.signature === signature && last.registry === registry) return last.read;
  const read = gather(catalogue, registry, setAsides, today);
  cache.set(catalogue, { signature, registry, read });
  read.catch(() => cache.delete(catalogue));
  return read;
}

async function gather(
  { overview, connectorVersions }: Visit["catalogue"],
  registry: ReadConnectors,
  setAsides: readonly SetAside[],
  today: string,
): Promise<WordsRead> {
  const decisions = decided.get(registry) ?? readDecided(connectorVersions, registry);
  decided.set(registry, decisions);
  decisions.catch(() => decided.delete(registry));
  const [unmapped, before] = await Promise.all([overview.lastUnmapped(), decisions]);
  const connectors = new Map(registry.connectors.map((connector) => [connector.definition.id, connector]));
  const words = waitingWords(termsToDecide(unmapped, registry.connectors, setAsides, today));
  return { ...before, connectors, words, byKey: new Map(words.map((word) => [wordKey(word.vocabulary, word.word), word])) };
}

async function readDecided(versions: Visit["catalogue"]["connectorVersions"], { folders = [] }: ReadConnectors): Promise<Decided> {
  const [ofFiles, newest] = await Promise.all([readDecidedTerms(folders), versions.newestTerms()]);
  const known = [...ofFiles, ...newest.flatMap(({ connector, terms }) => decisionsOf(connector, terms))];
  const found = new Map<string, readonly TermSuggestion[]>();
  return {
    known,
    suggestions({ vocabulary, word }) {
      const key = wordKey(vocabulary, word);
      const suggested = found.get(key) ?? suggestedFor(vocabulary, word, known);
      found.set(key, suggested);
      return suggested;
    },
  };
}

function suggestedFor(vocabulary: TermFileName, word: string, known: readonly DecidedTerm[]): readonly TermSuggestion[] {
  const closed = vocabularyNames.find((name) => name === vocabulary);
  return closed === undefined ? [] : suggestMappings(closed, word, known);
}

function decisionsOf(connector: string, terms: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>): DecidedTerm[] {
  return Object.entries(terms).flatMap(([name, words]) => {
    const vocabulary = vocabularyNames.find((known) => known === name);
    if (vocabulary === undefined) return [];
    return Object.entries(words).map(([term, targets]) => ({ connector, vocabulary, term, targets }));
  });
}

/** Finds the word of the query, and reads the queue. Throws `NotFound` if the word does not wait for a decision. */
export async function wordFromQuery(visit: Visit): Promise<{ readonly word: WaitingWord; readonly read: WordsRead }> {
  const read = await readWords(visit);
  const word = read.byKey.get(wordKey(visit.query.get("vocabulaire") ?? "", visit.query.get("mot") ?? ""));
  if (word === undefined) {
    throw new NotFound(
      french`Ce mot n'attend pas de décision : quelqu'un l'a traduit ou ignoré entre-temps, ou il n'est plus dans aucun flux.`,
    );
  }
  return { word, read };
}
