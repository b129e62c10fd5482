import { readHead } from "../../ingest/decode/container/container-kind.ts";
import { isHtmlPage } from "../../ingest/decode/container/refuse-html-page.ts";
import { textOfPage } from "../../ingest/decode/html/decode-html.ts";
import { readHtmlPage } from "../../kit/html-page.ts";
import { faultOf, type PageFault } from "../../kit/pages/page-fault.ts";
import { softwareOf } from "../../kit/pages/site-software.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { possibleReadings } from "../read/possible-readings.ts";
import { surveyLimits } from "../read/read-sample.ts";
import { feedLists } from "./feed-lists.ts";
import { findFeeds } from "./find-feeds.ts";
import type { FoundSite } from "./found-site.ts";
import { listReadings, offeredList } from "./list-readings.ts";

/** What a first look at a web page finds. `software`: by its marks, whatever the markup of its lists. */
export interface PageLook extends FoundSite {
  /** Why the page has no list; null if it has one. */
  readonly fault: PageFault | null;
}

/** Looks for lists and feeds in a web page. Returns null if records need no pages. Throws `FeedUnreadable` for an unsafe page. */
export async function lookAtPage(parts: readonly FeedPart[], address: string): Promise<PageLook | null> {
  const [part] = parts;
  if (part === undefined) return null;
  const { bytes } = await readHead(part.open(), 4096);
  if (!isHtmlPage(bytes)) return lookAtFeed(parts, part, new URL(address));
  const { text } = await textOfPage(part, surveyLimits, "");
  const page = readHtmlPage(text, address);
  const url = new URL(address);
  const lists = listReadings(page, url).map(offeredList);
  return { lists, feeds: findFeeds(page, url), software: softwareOf(page), fault: lists.length > 0 ? null : faultOf(page, url) };
}

/** Looks for pages of the records of a feed: a sitemap, or a feed that says little about each aid. */
async function lookAtFeed(parts: readonly FeedPart[], part: FeedPart, address: URL): Promise<PageLook | null> {
  try {
    const { readings } = await possibleReadings(part);
    const [reading] = readings;
    if (reading === undefined || reading.format === "excel" || reading.format === "yaml") return null;
    const lists = (await feedLists(parts, reading, address)).map(offeredList);
    return lists.length === 0 ? null : { lists, feeds: [], software: null, fault: null };
  } catch (error) {
    // The analysis of the file says why.
    if (error instanceof FeedUnreadable) return null;
    throw error;
  }
}
