import type { TermFileName, TermLookup } from "../../kit/rules/rule-context.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { asidesIn, type SetAside } from "../../model/run/set-aside.ts";

/** A connector's spelling of a word, and the number of aids that use it. */
type WordUse = Pick<MissingTerm, "connector" | "term" | "count">;

/** A word that waits for a decision, with the connectors that use it. */
export interface WaitingWord {
  readonly vocabulary: TermFileName;
  /** Most frequent spelling. */
  readonly word: string;
  readonly count: number;
  /** Most frequent first. */
  readonly uses: readonly WordUse[];
}

/** Returns a key of the vocabulary and the folded word. */
export function wordKey(vocabulary: string, word: string): string {
  return `${vocabulary}\n${foldTerm(word)}`;
}

/** Merges the unmapped words of all connectors. The words of the most aids come first. */
export function waitingWords(missing: readonly MissingTerm[]): readonly WaitingWord[] {
  const byKey = new Map<string, { vocabulary: TermFileName; uses: Map<string, WordUse> }>();
  for (const { connector, vocabulary, term, count } of missing) {
    const key = wordKey(vocabulary, term);
    const known = byKey.get(key) ?? { vocabulary, uses: new Map<string, WordUse>() };
    byKey.set(key, known);
    // A feed may spell a word in several ways. One decision covers all spellings.
    const other = known.uses.get(connector);
    known.uses.set(connector, other === undefined ? { connector, term, count } : { ...other, count: other.count + count });
  }
  return [...byKey.values()]
    .map(({ vocabulary, uses }) => {
      const sorted = [...uses.values()].sort((a, b) => b.count - a.count || (a.connector < b.connector ? -1 : 1));
      const count = sorted.reduce((sum, use) => sum + use.count, 0);
      return { vocabulary, word: sorted[0]?.term ?? "", count, uses: sorted };
    })
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1));
}

export interface MissingTerm {
  readonly connector: string;
  readonly vocabulary: TermFileName;
  readonly term: string;
  /** Number of aids that use the word. */
  readonly count: number;
}

/** A connector whose words may be decided: see `LoadedConnector`. */
interface Deciding {
  readonly definition: { readonly id: string };
  readonly terms: TermLookup;
}

/** Returns the unmapped words of each connector's last whole feed that nobody has decided on or set aside. Every count uses it. */
export function termsToDecide(
  feeds: readonly Pick<RunReport, "connector" | "unmappedTerms" | "issues">[],
  connectors: readonly Deciding[],
  setAsides: readonly SetAside[],
  today: string,
): readonly MissingTerm[] {
  const termsOf = new Map(connectors.map(({ definition, terms }) => [definition.id, terms]));
  return feeds.flatMap((feed) => {
    const { connector, unmappedTerms } = feed;
    const terms = termsOf.get(connector);
    if (terms === undefined) return [];
    const aside = new Set(
      [...asidesIn(feed, setAsides, today).keys()].flatMap(({ code, examples }) =>
        code === "unmapped-term" ? examples.map(({ params }) => params.vocabulary) : [],
      ),
    );
    return unmappedTerms
      .map(({ vocabulary, term, count }) => ({ connector, vocabulary: vocabulary as TermFileName, term, count }))
      .filter(({ vocabulary, term }) => !aside.has(vocabulary) && terms.targetsOf(vocabulary, term) === undefined);
  });
}
