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

/** How pages are had and read. */
export interface Walking {
  readonly paging: Paging;
  readonly decode: DecodeOptions;
  readonly pages: FeedPages;
  /** Most records that one question can walk through. */
  readonly window: number;
  /** Told the records of every page. */
  readonly brought?: BroughtRecords;
}

/** Said by the first page of a question: it announces more records than the window lets through. */
export interface TooMany {
  readonly announced: number;
}

/**
 * Asks one question page after page, until one is empty or repeated, no next one is named, or the announced total is reached. A walk that ends before that
 * total, or by an error after the feed's first page, has stopped early. Gives `TooMany` in place of the pages where the first one says so.
 * Throws what the feed's first page throws, and `FeedUnreadable` over a limit.
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
    if (isFirstOfFeed && content.records === null) return { parts: [part], announcedTotal: null, stoppedEarly: null }; // decode says what it is
    if (isFirst && content.announced !== null && content.announced > window) return { announced: content.announced };
    const end = walk.take(part, content);
    if (end !== null) return walk.ended(end);
    const next = trail.after(ask, content, walk.position(content));
    if (typeof next === "string") return walk.ended(next);
    ask = next;
  }
}
