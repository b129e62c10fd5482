import { FeedRefused, FeedUnreachable, FeedUnreadable } from "../../aid/run-error.ts";
import type { Connector, DecodeOptions } from "../../connector-kit/definition.ts";
import type { FetchedPart } from "./fetched-feed.ts";
import { linkedAddress, type Paging, pageAddress } from "./page-addresses.ts";
import { readPage } from "./page-content.ts";
import { PageWalk, type WalkedPages } from "./page-walk.ts";

/** Downloads the page with this number, from 1. */
export type DownloadPage = (address: URL, page: number) => Promise<FetchedPart>;

const defaultMaxPages = 1000;

/**
 * Asks for the pages of a feed until one is empty or repeated, no next link is given, or the announced total is reached; the latest total counts, and
 * links are followed to their end whatever it is. A walk that ends before that total, or by an error after the first page, has stopped early.
 * Throws what the first page throws, and `FeedUnreadable` over a limit or where pages of this format cannot be walked.
 */
export async function walkPages(connector: Connector, paging: Paging, feed: URL, download: DownloadPage): Promise<WalkedPages> {
  checkWalkable(connector.decode, paging);
  const maxPages = connector.feed.maxPages ?? defaultMaxPages;
  const walk = new PageWalk(paging);
  const asked = new Set<string>();
  let address = pageAddress(paging, feed, { pagesRead: 0, rows: 0 });

  for (let page = 1; page <= maxPages; page++) {
    asked.add(address.href);
    let part: FetchedPart;
    try {
      part = await download(address, page);
    } catch (error) {
      if (page === 1 || !(error instanceof FeedUnreachable || error instanceof FeedRefused)) throw error;
      if (walk.isPastTheEnd(error)) return walk.ended("past-the-end");
      const { reason: because, ...said } = error.params;
      return walk.ended("page-failed", { ...said, ...(because === undefined ? {} : { because }), error: error.code });
    }
    const content = await readPage(part, connector.decode, paging);
    if (page === 1 && content.records === null) return { parts: [part], announcedTotal: null, stoppedEarly: null }; // decode says what it is
    const end = walk.take(part, content);
    if (end !== null) return walk.ended(end);

    if (paging.kind !== "nextLink") address = pageAddress(paging, feed, walk.position(content));
    else if (content.next === undefined || content.next === null || content.next === "") return walk.ended("no-next-link");
    else {
      const next = typeof content.next === "string" ? linkedAddress(content.next, address) : null;
      if (next === null) return walk.ended("bad-next-link");
      if (asked.has(next.href)) return walk.ended("next-link-loop");
      address = next;
    }
  }
  throw new FeedUnreadable("too-many-pages", { limit: maxPages });
}

/** A connector that asks for what cannot be walked is told so at once; a link is looked for in JSON only. */
function checkWalkable(decode: DecodeOptions, paging: Paging): void {
  const isJson = decode.format === "json" && !decode.lines;
  if (isJson || (decode.format !== "excel" && paging.kind !== "nextLink")) return;
  throw new FeedUnreadable("unsupported-file", { found: `${decode.format} in pages (${paging.kind}), a way` });
}
