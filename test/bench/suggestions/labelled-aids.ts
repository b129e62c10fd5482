import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { decodeFeed } from "../../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../../src/ingest/decode/decoded.ts";
import { readingOf } from "../../../src/ingest/feed-reading.ts";
import { previewAids } from "../../../src/ingest/preview-aids.ts";
import type { LoadedConnector } from "../../../src/kit/loaded-connector.ts";
import type { AidContent } from "../../../src/model/aid/aid.ts";
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
