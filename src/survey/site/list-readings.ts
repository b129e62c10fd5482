import { type HtmlPage, selectInPage } from "../../kit/html-page.ts";
import { type SiteSoftware, softwareOf } from "../../kit/pages/site-software.ts";
import { site } from "../../kit/platforms/site.ts";
import type { DetailsInput, PagingInput, Reading } from "../survey.ts";
import { findLists } from "./find-lists.ts";
import { findNextPage } from "./find-next-page.ts";
import type { OfferedList } from "./found-site.ts";

type HtmlReading = Extract<Reading, { readonly format: "html" }>;

/** A list of a site and how its pages are followed. */
export interface ListReading {
  /** Names the list: the selector of its records, a pattern of paths, or a field. */
  readonly key: string;
  readonly reading: Reading;
  readonly paging: PagingInput | null;
  readonly fields: readonly string[];
  /** Field with the address of the page. */
  readonly url: string;
  /** Patterns of the pages that are aids. */
  readonly only?: readonly [string, ...string[]] | readonly string[];
  /** Field that changes when the page does. */
  readonly changed?: string;
  /** Software whose usual markup the list has, or null. */
  readonly software: SiteSoftware | null;
  readonly entries: readonly { readonly url: string; readonly title: string }[];
}

/** Returns the ways to read a page as a list, the likeliest first. `url`: address of the page. `software`: of its site. */
export function listReadings(page: HtmlPage, url: URL, software: SiteSoftware | null = softwareOf(page)): ListReading[] {
  const lists = findLists(page, url);
  const ofSoftware = software === null ? null : siteOf(software);
  const paging = findNextPage(page, url);
  return lists.map(({ records, values, entries }) => {
    // The usual markup of the software survives a new theme, if the site writes it.
    const isUsual = ofSoftware !== null && isSameList(page, ofSoftware.decode, entries.length);
    const reading: HtmlReading = isUsual ? ofSoftware.decode : { format: "html", records, values };
    return {
      key: records,
      reading,
      paging: (isUsual ? ofSoftware.paging : null) ?? paging,
      fields: Object.keys(reading.values),
      url: "lien",
      software: isUsual ? software : null,
      entries,
    };
  });
}

/** What the factory `site` declares for a software. */
export function siteOf(software: SiteSoftware): {
  readonly decode: HtmlReading;
  readonly paging: PagingInput | null;
  readonly details: DetailsInput;
} {
  const { decode, feed, details } = site({ software, feed: {} } as Parameters<typeof site>[0]);
  if (decode.format !== "html" || details === undefined) throw new Error("a site is a list of web pages");
  return { decode, paging: feed.paging ?? null, details };
}

function isSameList(page: HtmlPage, { records, values }: HtmlReading, count: number): boolean {
  const found = selectInPage(records, page);
  return found.length === count && found.every((element) => selectInPage(values.titre ?? "a", element).length === 1);
}

const samplesShown = 3;
const pagesCompared = 3;

/** Returns a list as a person chooses it. */
export function offeredList({ key, reading, entries }: ListReading): OfferedList {
  return {
    records: key,
    reading,
    count: entries.length,
    samples: entries.slice(0, samplesShown).map(({ title, url }) => title || url),
    pages: spread([...new Set(entries.map(({ url }) => url))]),
  };
}

/** Chooses a few members from the beginning to the end. */
function spread(urls: readonly string[]): string[] {
  const last = urls.length - 1;
  const places = Array.from({ length: pagesCompared }, (_, index) => Math.round((index * last) / (pagesCompared - 1)));
  return [...new Set(places)].flatMap((place) => urls[place] ?? []);
}
