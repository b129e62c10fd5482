import type { DecodeOptions } from "../../kit/definition.ts";
import type { Paging } from "../../kit/feed.ts";
import { FeedRefused, FeedUnreachable } from "../../model/run/run-error.ts";
import type { BroughtRecords } from "./brought-records.ts";
import type { FeedPages, PageAsk } from "./feed-pages.ts";
import type { FeedQuestion } from "./feed-question.ts";
import type { FetchedPart } from "./fetched-feed.ts";
import { readPage } from "./page-content.ts";
import { PageTrail } from "./page-trail.ts";
import { PageWalk, type WalkedPages } from "./page-walk.ts";

/** Options of a walk. */
export interface Walking {
  readonly paging: Paging;
  readonly decode: DecodeOptions;
  readonly pages: FeedPages;
  /** Maximum number of records that one query can return. */
  readonly window: number;
  /** Counts distinct records across divisions. */
  readonly brought?: BroughtRecords;
}

/** The first page of the query announces more records than the window allows. */
export interface TooMany {
  readonly announced: number;
}

/**
 * Downloads the pages of one query until a page is empty or repeated, has no next page, or the announced total is reached. The walk
 * stopped early if it ends before that total, or by an error after the feed's first page. Returns `OverWindow` if the first page announces
 * too many records. Throws the errors of the feed's first page, and `FeedUnreadable` over a limit.
 */
export async function walkQuestion(question: FeedQuestion, walking: Walking): Promise<WalkedPages | TooMany> {
  const { paging, decode, pages, window } = walking;
  const walk = new PageWalk(paging, window, walking.brought);
  const trail = new PageTrail(paging, question);
  for (let ask: PageAsk = trail.first(), isFirst = true; ; isFirst = false) {
    const isFirstOfFeed = pages.asked === 0;
    let part: FetchedPart;
    try {
      part = await pages.ask(ask);
    } catch (error) {
      if (isFirstOfFeed || !(error instanceof FeedUnreachable || error instanceof FeedRefused)) throw error;
      if (walk.isPastTheEnd(error)) return walk.ended("past-the-end");
      const { reason: because, ...said } = error.params;
      return walk.ended("page-failed", { ...said, ...(because === undefined ? {} : { because }), error: error.code });
    }
    const content = await readPage(part, decode, paging);
    if (isFirstOfFeed && content.records === null) return { parts: [part], announcedTotal: null, stoppedEarly: null }; // decode reports the error
    if (isFirst && content.announced !== null && content.announced > window) return { announced: content.announced };
    const end = walk.take(part, content);
    if (end !== null) return walk.ended(end);
    const next = trail.after(ask, content, walk.position(content));
    if (typeof next === "string") return walk.ended(next);
    ask = next;
  }
}
