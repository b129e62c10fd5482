import { decodeFeed } from "../../ingest/decode/decode-feed.ts";
import { ConnectorDefinition } from "../../kit/definition.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { linkedAddress } from "../../kit/values/text/linked-address.ts";
import { groupedBy } from "../../model/collect.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { median, shareOf, textsOfField } from "../profile/field-values.ts";
import { nameScore } from "../profile/match-name.ts";
import { listPaths } from "../read/list-paths.ts";
import { surveyLimits } from "../read/read-sample.ts";
import type { Reading } from "../survey.ts";
import type { ListReading } from "./list-readings.ts";

/** Maximum number of records examined. */
const maxRecords = 2_000;
const minRecords = 3;
/** Records with a text of this length tell enough without their pages. */
const longText = 200;
const minPages = 5;
const maxGroups = 6;
const ofAids = /aides?|subvention|dispositif|appels?|aap|financement|fonds|soutien/;

/** Returns the field with each record's page if records tell little, or the folders of a sitemap. `address`: of the feed. */
export async function feedLists(parts: readonly FeedPart[], reading: Reading, address: URL): Promise<ListReading[]> {
  const records = await firstRecords(parts, reading);
  if (records.length < minRecords) return [];
  if (isSitemap(reading)) return sitemapLists(records, reading, address);
  const { paths } = listPaths(records);
  const hasText = paths.some((path) => medianLength(records, path) >= longText);
  const url = hasText ? undefined : paths.find((path) => isPageOfEach(records, path, address));
  if (url === undefined) return [];
  const title = paths.toSorted((a, b) => nameScore(b, "name") - nameScore(a, "name"))[0];
  return [
    {
      key: url,
      reading,
      paging: null,
      software: null,
      fields: keysOf(records),
      url,
      entries: entriesOf(records, url, title ?? url, address),
    },
  ];
}

async function firstRecords(parts: readonly FeedPart[], reading: Reading): Promise<Values[]> {
  const records: Values[] = [];
  for await (const batch of decodeFeed(parts, ConnectorDefinition.shape.decode.parse(reading), surveyLimits)) {
    for (const decoded of batch) if (decoded.kind === "record") records.push(decoded.values);
    if (records.length >= maxRecords) break;
  }
  return records;
}

function keysOf(records: readonly Values[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}

function isSitemap(reading: Reading): boolean {
  return reading.format === "xml" && reading.recordPath === "/urlset/url";
}

function medianLength(records: readonly Values[], path: string): number {
  return median(records.map((record) => textsOfField(record, path).join(" ").length));
}

/** Returns true if nearly each record has another page of the feed's site in this field. */
function isPageOfEach(records: readonly Values[], path: string, address: URL): boolean {
  if (path.includes("[]")) return false;
  const texts = records.map((record) => textsOfField(record, path));
  const isPage = ([text = "", ...others]: readonly string[]) => {
    if (others.length > 0 || !/^(?:https?:\/\/|\/)\S+$/.test(text)) return false;
    return linkedAddress(text, address)?.hostname.replace(/^www\./, "") === address.hostname.replace(/^www\./, "");
  };
  return shareOf(texts, isPage) >= 0.9 && new Set(texts.flat()).size >= texts.length * 0.9;
}

function entriesOf(records: readonly Values[], url: string, title: string, address: URL): { url: string; title: string }[] {
  return records.flatMap((record) => {
    const page = linkedAddress(textsOfField(record, url)[0] ?? "", address);
    return page === null ? [] : [{ url: page.href, title: title === url ? "" : (textsOfField(record, title)[0] ?? "") }];
  });
}

/** Returns the folders of a sitemap with several pages, those named like aids first. */
function sitemapLists(records: readonly Values[], reading: Reading, address: URL): ListReading[] {
  const entries = entriesOf(records, "loc", "loc", address);
  const folders = groupedBy(entries, (entry) => new URL(entry.url).pathname.replace(/[^/]*\/?$/, ""));
  const worth = (folder: string, count: number) => Math.log2(1 + count) * (ofAids.test(foldTerm(folder)) ? 4 : 1);
  const hasChanges = records.every((record) => textsOfField(record, "lastmod").length > 0);
  return [...folders]
    .filter(([folder, { length }]) => folder !== "/" && folder !== "" && length >= minPages)
    .sort(([a, one], [b, other]) => worth(b, other.length) - worth(a, one.length))
    .slice(0, maxGroups)
    .map(([folder, pages]) => ({
      key: `${folder}*`,
      reading,
      paging: { kind: "sitemaps" },
      software: null,
      fields: keysOf(records),
      url: "loc",
      only: [`${folder}*`],
      ...(hasChanges && { changed: "lastmod" }),
      entries: pages,
    }));
}
