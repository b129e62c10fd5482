import { join } from "node:path";
import { runFixture } from "../../../src/ingest/run-fixture.ts";
import type { LoadedConnector } from "../../../src/kit/loaded-connector.ts";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import { likenessOf } from "../../../src/model/compare/likeness.ts";
import { likelyDuplicates } from "../../../src/model/compare/match-likenesses.ts";
import { comparableText } from "../../../src/model/text/comparable-text.ts";
import type { LabelledAid } from "../../../src/suggest/neighbours/neighbourhood.ts";
import { realFeeds } from "../../support/real-feeds.ts";
import { sharedData } from "../../support/shared-data.ts";

/** Reads the aids of a real feed through its connector, without a catalogue. */
export async function readRealAids(connectors: readonly LoadedConnector[], id: string): Promise<LabelledAid[]> {
  const connector = connectors.find(({ definition }) => definition.id === id);
  const file = realFeeds[id];
  if (connector === undefined || file === undefined) throw new Error(`no real feed of ${id}`);
  const { aids } = await runFixture(connector, join(sharedData, file));
  return aids.map(({ externalId, ...content }) => ({ aidId: `${id}/${externalId}`, content: content as AidContent }));
}

/** Returns the likely duplicates of each aid, at any certainty that a person would be asked about. */
export function duplicatesOf(aids: readonly LabelledAid[]): Map<string, Set<string>> {
  // Each aid is a side of its own, so that aids of one connector are compared too.
  const pairs = likelyDuplicates(aids.map(({ aidId, content }) => ({ ...likenessOf(aidId, content), connector: aidId })));
  const duplicates = new Map<string, Set<string>>(aids.map(({ aidId }) => [aidId, new Set([aidId])]));
  for (const { left, right } of pairs) {
    duplicates.get(left.key)?.add(right.key);
    duplicates.get(right.key)?.add(left.key);
  }
  return duplicates;
}

/** Number of folds of both measurements. */
const foldCount = 10;

/** Returns the fold of each aid. Likely duplicates are in one fold. */
export function randomFolds(aids: readonly LabelledAid[], duplicates: ReadonlyMap<string, ReadonlySet<string>>): Map<string, Set<string>> {
  const groups = new Map<string, LabelledAid[]>();
  for (const aid of aids) {
    const [first = aid.aidId] = [...(duplicates.get(aid.aidId) ?? [])].sort();
    groups.set(first, [...(groups.get(first) ?? []), aid]);
  }
  return dealt([...groups.values()]);
}

/** Returns the fold of each aid. All aids of a publisher are in one fold. */
export function publisherFolds(aids: readonly LabelledAid[]): Map<string, Set<string>> {
  const byPublisher = new Map<string, LabelledAid[]>();
  for (const aid of aids) {
    const publisher = comparableText(aid.content.financers[0]?.name ?? aid.content.financerSuggestion ?? "");
    byPublisher.set(publisher, [...(byPublisher.get(publisher) ?? []), aid]);
  }
  return dealt([...byPublisher.values()]);
}

/** Deals groups to the folds, the largest first, each to the smallest fold. */
function dealt(groups: readonly (readonly LabelledAid[])[]): Map<string, Set<string>> {
  const folds = Array.from({ length: foldCount }, () => new Set<string>());
  const foldOf = new Map<string, Set<string>>();
  for (const members of [...groups].sort((a, b) => b.length - a.length)) {
    const smallest = folds.reduce((best, fold) => (fold.size < best.size ? fold : best));
    for (const { aidId } of members) {
      smallest.add(aidId);
      foldOf.set(aidId, smallest);
    }
  }
  return foldOf;
}
