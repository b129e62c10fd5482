import type { UnmappedWords } from "../../model/run/digest.ts";
import { type MissingTerm, waitingWords } from "../../registry/terms/waiting-words.ts";
import type { Named } from "./gather-trouble.ts";

/** Maximum number of words named per vocabulary. */
const examplesShown = 3;

/** Groups the words to map by connector and vocabulary. `total`: number of distinct words, as everywhere: several connectors may share one. */
export function wordsToMap(missing: readonly MissingTerm[], named: Named): { readonly total: number; readonly unmapped: UnmappedWords[] } {
  const groups = new Map<string, MissingTerm[]>();
  for (const term of missing) {
    const key = `${term.connector}\n${term.vocabulary}`;
    groups.set(key, [...(groups.get(key) ?? []), term]);
  }
  const unmapped = [...groups.values()].flatMap((terms) => {
    const words = waitingWords(terms);
    const [first] = terms;
    if (first === undefined) return [];
    return {
      ...named(first.connector),
      vocabulary: first.vocabulary,
      words: words.length,
      records: words.reduce((sum, { count }) => sum + count, 0),
      examples: words.slice(0, examplesShown).map(({ word, count }) => ({ term: word, count })),
    };
  });
  return { total: waitingWords(missing).length, unmapped };
}
