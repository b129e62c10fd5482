import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { decodeFeed } from "../../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../../src/ingest/decode/decoded.ts";
import { readingOf } from "../../../src/ingest/feed-reading.ts";
import { previewAids } from "../../../src/ingest/preview-aids.ts";
import type { LoadedConnector } from "../../../src/kit/loaded-connector.ts";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import { likenessOf } from "../../../src/model/compare/likeness.ts";
import { likelyDuplicates } from "../../../src/model/compare/match-likenesses.ts";
import { realFeeds } from "../../support/real-feeds.ts";
import { sharedData } from "../../support/shared-data.ts";

/** An aid of a real feed; of Aides-territoires, with the values that curators chose. */
export interface LabelledAid {
  readonly aidId: string;
  readonly content: AidContent;
  /** The publisher's words without equivalent, by field. */
  readonly words: Readonly<Record<string, string>>;
}

/** Reads the aids of a real feed through its connector, without a catalogue. */
export async function readRealAids(connectors: readonly LoadedConnector[], id: string): Promise<LabelledAid[]> {
  const connector = connectors.find(({ definition }) => definition.id === id);
  const file = realFeeds[id];
  if (connector === undefined || file === undefined) throw new Error(`no real feed of ${id}`);
  const path = join(sharedData, file);
  const part = { name: basename(path), contentType: null, bytes: (await stat(path)).size, path, open: () => createReadStream(path) };
  const { definition, terms } = connector;
  const decode = () => decodeFeed([part], readingOf(definition), defaultDecodeLimits);
  const { aids } = await previewAids(decode, definition, terms, Number.POSITIVE_INFINITY);
  return aids.map(({ externalId, content, issues }) => {
    const unmapped = issues.filter(({ code, field, value }) => code === "unmapped-term" && field !== null && value !== null);
    return { aidId: `${id}/${externalId}`, content, words: Object.fromEntries(unmapped.map(({ field, value }) => [field, value])) };
  });
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

/** Number of folds. */
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
