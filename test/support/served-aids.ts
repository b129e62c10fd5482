import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import type { FetchedFeed } from "../../src/ingest/fetch/fetch-feed.ts";
import { unreadFields } from "../../src/ingest/map/account-fields.ts";
import { createRecordMapper } from "../../src/ingest/map/record-mapper.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import type { AidField } from "../../src/model/aid/aid.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { RegistryError } from "../../src/registry/registry-error.ts";
import type { FeedServer } from "./feed-server.ts";
import { fetchTestFeed } from "./fetch-test-feed.ts";
import { lookupOf } from "./read-value.ts";

/** The result of reading a server's feed. */
export interface ServedAids {
  readonly feed: FetchedFeed;
  /** External ids in feed order; null for a record without one. */
  readonly ids: readonly (string | null)[];
  /** Values by external id; the last one of duplicates. */
  readonly aids: Readonly<Record<string, Readonly<Record<AidField, unknown>>>>;
  /** Fields of the feed that the connector neither reads nor ignores. */
  readonly unread: readonly string[];
}

/**
 * Reads a connector like the registry, then fetches (without waiting), decodes and maps its feed. Throws `RegistryError` and the errors of fetch and decode.
 */
export async function servedAids(definition: ConnectorInput, server: FeedServer): Promise<ServedAids> {
  const checked = checkConnector(definition);
  if ("problems" in checked) throw new RegistryError(checked.problems.map((problem) => ({ file: "in the test", ...problem })));
  const { connector } = checked;
  const feed = await fetchTestFeed({ connector, allowHosts: [server.host] });
  const mapper = createRecordMapper(connector, lookupOf(), null);
  const ids: (string | null)[] = [];
  const aids: Record<string, Readonly<Record<AidField, unknown>>> = {};
  const seen = new Set<string>();
  for await (const batch of decodeFeed(feed.parts, connector.decode, defaultDecodeLimits)) {
    for (const found of batch) {
      if (found.kind !== "record") continue;
      for (const key of Object.keys(found.values)) seen.add(key);
      const { externalId, content } = mapper.map(found).draft;
      ids.push(externalId);
      aids[externalId ?? ""] = content;
    }
  }
  return { feed, ids, aids, unread: unreadFields(connector, seen) };
}
