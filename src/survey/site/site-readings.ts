import { readHead } from "../../ingest/decode/container/container-kind.ts";
import { isHtmlPage } from "../../ingest/decode/container/refuse-html-page.ts";
import { textOfPage } from "../../ingest/decode/html/decode-html.ts";
import { openSite } from "../../ingest/decode/site/open-site.ts";
import { type HtmlPage, readHtmlPage } from "../../kit/html-page.ts";
import { faultOf, saysNotFound } from "../../kit/pages/page-fault.ts";
import { type SiteSoftware, softwareOf } from "../../kit/pages/site-software.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { type ArchivedPage, bytesOf } from "../../model/run/site-archive.ts";
import { evidence } from "../../model/survey/evidence.ts";
import { canonicalJson } from "../../model/text/canonical.ts";
import { surveyLimits } from "../read/read-sample.ts";
import type { Reading, Readings } from "../survey.ts";
import { feedLists } from "./feed-lists.ts";
import { findFeeds } from "./find-feeds.ts";
import type { FoundSite } from "./found-site.ts";
import { type ListReading, listReadings, offeredList, siteOf } from "./list-readings.ts";
import { proposePages } from "./propose-pages.ts";
import type { SitePage } from "./site-page.ts";

/** Detects the ways to read a list that is no web page. */
type DetectReadings = (part: FeedPart) => Promise<Readings>;

/**
 * Detects how a site is read from its archive: the list that leads to the archived pages, and what these have in common. `wanted`: how a
 * person wants the list to be decoded, if the page has several. Throws
 * `FeedUnreadable`: `no-such-path` if the list leads to no page, `page-unlike` if none of the pages is readable.
 */
export async function siteReadings(part: FeedPart, detect: DetectReadings, wanted: Reading | null): Promise<Readings> {
  const { list, listUrl, pages } = await openSite([part]);
  const [first] = list;
  if (first === undefined || listUrl === null) throw new FeedUnreadable("no-such-path", { path: "a" });
  const received: ArchivedPage[] = [];
  for await (const page of pages()) {
    received.push(page);
    if (received.length >= maxPages) break;
  }
  const parsed = (await Promise.all(received.map((page) => sitePage(page)))).filter((page) => page !== null);
  const software = parsed.map(({ page }) => softwareOf(page)).find((one) => one !== null) ?? null;
  const { lists, feeds, text } = await listsOf(list, first, { url: new URL(listUrl), software, detect });
  const urls = new Set(received.map(({ url }) => url));
  const pagesOf = ({ entries }: ListReading) => entries.filter(({ url }) => urls.has(url)).length;
  const isWanted = (list: ListReading) => wanted !== null && canonicalJson(list.reading) === canonicalJson(wanted);
  const chosen = lists.find(isWanted) ?? lists.toSorted((a, b) => pagesOf(b) - pagesOf(a))[0];
  if (chosen === undefined || pagesOf(chosen) === 0) throw new FeedUnreadable("no-such-path", { path: "a" });
  const { reading, paging, entries, url, only, changed } = chosen;
  const titles = new Map(entries.map((entry) => [entry.url, entry.title]));
  const readable = parsed
    .filter(({ page, url: at }) => !hasFault(page, at))
    .map((page) => ({ ...page, title: titles.get(page.url.href) ?? "" }));
  const [unlike] = parsed;
  if (readable.length === 0)
    throw new FeedUnreadable("page-unlike", { reason: unlike === undefined ? "unreadable" : faultOf(unlike.page, unlike.url) });
  const usual = chosen.software === null ? null : siteOf(chosen.software).details;
  const known = (usual?.read.values ?? {}) as Readonly<Record<string, string>>;
  const isTitled = entries.some(({ title }) => title !== "");
  const taken = [...chosen.fields, ...(isTitled ? ["titre"] : [])].filter((name) => known[name] === undefined);
  const read = proposePages(readable, taken, known);
  const ofList = { url, ...(only !== undefined && { only: [...only] }), ...(changed !== undefined && { changed }) };
  return {
    readings: [reading],
    remarks: [evidence("pages-compared", { count: readable.length, of: entries.length })],
    ...(paging !== null && { paging }),
    details: usual === null ? { ...ofList, read } : { ...usual, read },
    site: { lists: [chosen, ...lists.filter((other) => other !== chosen)].map(offeredList), feeds, software: chosen.software },
    pages: { list: { url: listUrl, text }, pages: readable.map(({ url: at, text: own }) => ({ url: at.href, text: own })) },
  };
}

async function listsOf(
  list: readonly FeedPart[],
  first: FeedPart,
  { url, software, detect }: { readonly url: URL; readonly software: SiteSoftware | null; readonly detect: DetectReadings },
): Promise<{ lists: readonly ListReading[]; feeds: FoundSite["feeds"]; text: string }> {
  const { bytes } = await readHead(first.open(), 4096);
  if (isHtmlPage(bytes)) {
    const { text } = await textOfPage(first, surveyLimits, "");
    const page = readHtmlPage(text, url.href);
    return { lists: listReadings(page, url, softwareOf(page) ?? software), feeds: findFeeds(page, url), text };
  }
  const [reading] = (await detect(first)).readings;
  return { lists: reading === undefined ? [] : await feedLists(list, reading, url), feeds: [], text: "" };
}

/** Returns true for a page that is plainly not that of an aid. */
function hasFault(page: HtmlPage, url: URL): boolean {
  return saysNotFound(page) || ["sign-in", "consent", "maintenance", "needs-script"].includes(faultOf(page, url));
}

/** Maximum number of pages compared. More show the same structure. */
const maxPages = 12;

/** Returns a page as a tree, or null if it is no readable page. */
async function sitePage(page: ArchivedPage): Promise<Omit<SitePage, "title"> | null> {
  const { url, type } = page;
  const bytes = bytesOf(page);
  async function* open(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  try {
    const { text } = await textOfPage({ name: url, contentType: type, bytes: bytes.length, path: url, open }, surveyLimits, "");
    return { url: new URL(url), text, page: readHtmlPage(text, url) };
  } catch (error) {
    if (error instanceof FeedUnreadable) return null;
    throw error;
  }
}
