import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { LastFeed } from "../../catalogue/runs/digest-facts.ts";
import { type FeedToLookAt, isNoted, type OfConnector, type UnmappedWords } from "../../model/run/digest.ts";
import { goodOutcomes } from "../../model/run/run-error.ts";
import { asidesIn, type SetAside } from "../../model/run/set-aside.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { LoadedConnector } from "../../registry/load-connectors.ts";

/** Maximum number of words named per vocabulary. */
const examplesShown = 3;

/** Rejected records and unknown words of a feed, without items set aside and words mapped since. */
export interface JudgedFeed extends OfConnector, Pick<LastFeed, "runId" | "outcome" | "rejected" | "received" | "warnings" | "repairs"> {
  readonly unmapped: readonly UnmappedWords[];
}

/** Judges the last feeds of existing connectors. */
export async function judgeFeeds(
  catalogue: Pick<Catalogue, "runs">,
  feeds: readonly LastFeed[],
  connectors: ReadonlyMap<string, LoadedConnector>,
  setAsides: readonly SetAside[],
  now: Date,
): Promise<JudgedFeed[]> {
  const judged: JudgedFeed[] = [];
  for (const feed of feeds) {
    const loaded = connectors.get(feed.connector);
    if (loaded === undefined) continue;
    const aside = await asideOf(catalogue, feed, setAsides, parisDay(now));
    judged.push({
      connector: feed.connector,
      publisher: loaded.definition.publisher.name,
      runId: feed.runId,
      outcome: feed.outcome,
      received: feed.received,
      warnings: feed.warnings,
      repairs: feed.repairs,
      rejected: Math.max(0, feed.rejected - aside.rejected),
      unmapped: unmappedWords(feed, loaded, aside.vocabularies),
    });
  }
  return judged;
}

/** Returns the feeds that ended well, but that somebody should look at, those with warnings or another reading first. */
export function feedsToLookAt(feeds: readonly JudgedFeed[]): FeedToLookAt[] {
  const found = feeds.filter(({ outcome, rejected, warnings, repairs }) => {
    return goodOutcomes.has(outcome) && rejected + warnings.length + repairs.length > 0;
  });
  return found
    .map(({ connector, publisher, runId, received, rejected, warnings, repairs }) => ({
      ...{ connector, publisher, runId, received, rejected, warnings },
      repairs: repairs.map(({ code, count, examples: [first] }) => ({ code, count, params: first?.params ?? {} })),
    }))
    .sort((a, b) => Number(isNoted(b)) - Number(isNoted(a)));
}

/** Returns records and vocabularies of a feed that are set aside. Only the few connectors with such items need their whole report. */
async function asideOf(
  { runs }: Pick<Catalogue, "runs">,
  { connector, runId }: LastFeed,
  setAsides: readonly SetAside[],
  today: string,
): Promise<{ readonly rejected: number; readonly vocabularies: ReadonlySet<unknown> }> {
  const vocabularies = new Set<unknown>();
  let rejected = 0;
  const hasAny = setAsides.some((aside) => aside.connector === connector && aside.what === "issue");
  const report = hasAny ? (await runs.find(runId))?.report : null;
  if (!report) return { rejected, vocabularies };
  for (const group of asidesIn(report, setAsides, today).keys()) {
    if (group.severity === "error") rejected += group.count;
    if (group.code === "unmapped-term") for (const { params } of group.examples) vocabularies.add(params.vocabulary);
  }
  return { rejected, vocabularies };
}

function unmappedWords(
  { connector, unmappedTerms }: LastFeed,
  { definition, terms }: LoadedConnector,
  aside: ReadonlySet<unknown>,
): UnmappedWords[] {
  const byVocabulary = new Map<string, { term: string; count: number }[]>();
  for (const { vocabulary, term, count } of unmappedTerms) {
    const isDecided = terms.targetsOf(vocabulary as Parameters<typeof terms.targetsOf>[0], term) !== undefined;
    if (isDecided || aside.has(vocabulary)) continue;
    const known = byVocabulary.get(vocabulary) ?? [];
    known.push({ term, count });
    byVocabulary.set(vocabulary, known);
  }
  return [...byVocabulary].map(([vocabulary, words]) => ({
    connector,
    publisher: definition.publisher.name,
    vocabulary,
    words: words.length,
    records: words.reduce((sum, { count }) => sum + count, 0),
    examples: words.slice(0, examplesShown),
  }));
}
