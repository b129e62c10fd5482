import type { FetchedFeed } from "../../src/ingest/fetch/fetch-feed.ts";
import type { Connector } from "../../src/kit/definition.ts";
import type { FeedServer, ScriptedAnswer } from "./feed-server.ts";
import { connectorOf, fetchTestFeed, noDelays, textsOf } from "./fetch-test-feed.ts";

/** Decode options for the pages of `page`. */
export const jsonPages = { format: "json", recordPath: "results", lines: false, total: "count" } as const;
export const byOffset = {
  kind: "offset",
  limitParameter: "limit",
  offsetParameter: "offset",
  pageSize: 2,
  parametersIn: "query",
} as const;
export const byPage = { kind: "page", pageParameter: "page", firstPage: 1, parametersIn: "query" } as const;

/** Fetches all pages at a path of this server, without delays. */
export function walk(
  server: FeedServer,
  path: string,
  feed: Omit<Connector["feed"], "url">,
  decode: Connector["decode"] = jsonPages,
  timing = noDelays(),
): Promise<FetchedFeed> {
  return fetchTestFeed({ connector: connectorOf({ url: server.origin + path, ...feed }, decode), allowHosts: [server.host] }, timing);
}

/** Returns a page of records with these ids and an announced total. */
export function page(ids: readonly number[], count?: number, more: Record<string, unknown> = {}): ScriptedAnswer {
  return { body: { ...(count === undefined ? {} : { count }), results: ids.map((id) => ({ id })), ...more } };
}

/** Returns the ids of each page. */
export async function idsOf(feed: FetchedFeed): Promise<number[][]> {
  const texts = await textsOf(feed);
  return texts.map((text) => JSON.parse(text).results.map(({ id }: { id: number }) => id));
}
