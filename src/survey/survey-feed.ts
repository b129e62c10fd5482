import type { Issue } from "../model/issue.ts";
import type { Values } from "../model/run/decoded-record.ts";
import type { FeedPart } from "../model/run/feed-part.ts";
import { FeedUnreadable } from "../model/run/run-error.ts";
import { type Evidence, evidence } from "../model/survey/evidence.ts";
import { profileField } from "./profile/profile-field.ts";
import { knownSchema } from "./read/file-verdict.ts";
import { listPaths } from "./read/list-paths.ts";
import { possibleReadings } from "./read/possible-readings.ts";
import { readSample, type Sample, trySample } from "./read/read-sample.ts";
import { recognisePlatform } from "./read/recognise-platform.ts";
import type { DetailsInput, PagingInput, PlatformName, Reading, Readings, ReadPages, Survey } from "./survey.ts";

/** Facts about a feed besides its bytes. */
export interface SurveyOptions {
  /** An older snapshot of the feed, which shows whether identifiers are permanent. */
  readonly older?: FeedPart;
  /** Address of the feed, without secrets. */
  readonly address?: string | undefined;
  /** The publisher's time zone. Default: Europe/Paris. */
  readonly timeZone?: string;
  /** The present day, YYYY-MM-DD. Without it, future and past dates are not told apart. */
  readonly today?: string;
  /** Decode options chosen by a person. */
  readonly reading?: Reading | undefined;
}

/** Surveys a feed: its format, records and fields. Throws `FeedUnreadable`, with code `no-such-path` if it contains no record. */
export async function surveyFeed(part: FeedPart, options: SurveyOptions = {}): Promise<Survey> {
  const { timeZone = "Europe/Paris" } = options;
  const { readings, remarks, paging = null, details = null, site = null, pages = null } = await possibleReadings(part, options.reading);
  const { reading, sample } = await firstReadable(part, options.reading === undefined ? readings : [options.reading], details);
  const { records } = sample;
  const { paths, hasNamelessKey } = records.length > 0 ? listPaths(records) : { paths: sample.columns, hasNamelessKey: false };
  const older = options.older === undefined ? null : await trySample(options.older, reading);
  const platform = platformOf(site ?? undefined, details) ?? recognisePlatform(reading, records, options.address);
  const isOlderRead = options.older === undefined || older !== null;
  return {
    reading,
    otherReadings: readings.filter((other) => other !== reading),
    platform,
    timeZone,
    today: options.today ?? null,
    received: sample.received,
    broken: sample.broken,
    announced: sample.announced,
    paging: paging ?? pagesInAddress(sample, options.address),
    details,
    site: site === null ? null : { ...site, ...readPages(sample) },
    pages,
    remarks: [
      ...remarks,
      ...remarksOn(sample),
      ...(hasNamelessKey ? [evidence("unreachable-key")] : []),
      ...(isOlderRead ? [] : [evidence("older-unread")]),
    ],
    fields: paths.filter((path) => platform !== "sitemap" || !ofSitemaps.test(path)).map((path) => profileField(path, records, timeZone)),
    records,
    older: older?.records ?? null,
  };
}

/** Surveys records that a connector has already decoded. */
export function surveyRecords(records: readonly Values[], reading: Reading, timeZone: string): Survey {
  return {
    reading,
    otherReadings: [],
    platform: null,
    timeZone,
    today: null,
    received: records.length,
    broken: 0,
    announced: null,
    paging: null,
    details: null,
    site: null,
    pages: null,
    remarks: [],
    fields: listPaths(records).paths.map((path) => profileField(path, records, timeZone)),
    records,
    older: null,
  };
}

async function firstReadable(
  part: FeedPart,
  readings: readonly Reading[],
  details: DetailsInput | null,
): Promise<{ reading: Reading; sample: Sample }> {
  let refused: FeedUnreadable | undefined;
  for (const reading of readings) {
    try {
      const sample = await readSample(part, reading, { details });
      // If every row is broken, the header may still show that the file is no list of aids.
      if (sample.records.some((record) => Object.keys(record).length > 0) || knownSchema(sample.columns) !== null)
        return { reading, sample };
    } catch (error) {
      if (!(error instanceof FeedUnreadable)) throw error;
      refused ??= error;
    }
  }
  throw refused ?? new FeedUnreadable("no-such-path", { path: "" });
}

/** Fields of sitemaps that say nothing about an aid. */
const ofSitemaps = /^(?:lastmod|changefreq|priority|image|link)(?:[.[]|$)/;

function platformOf(site: Readings["site"], details: Readings["details"] | null): PlatformName | null {
  if (site?.software != null) return "site";
  return details?.only === undefined ? null : "sitemap";
}

function readPages({ received, records, unread }: Sample): ReadPages {
  const counts = new Map<string, { example: Issue; count: number }>();
  for (const example of unread) {
    const key = `${example.code} ${example.params.reason ?? ""} ${example.params.status ?? ""}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { example, count: 1 });
    else known.count++;
  }
  const gone = unread.filter(({ code }) => code === "page-gone").length;
  return { read: records.length, listed: received + gone, unread: [...counts.values()].sort((a, b) => b.count - a.count) };
}

/** Returns the pagination of a feed that announces more records than it contains, or null. */
function pagesInAddress({ announced, received }: Sample, address: string | undefined): PagingInput | null {
  return address !== undefined && announced !== null && announced > received ? pagingInAddress(address) : null;
}

function remarksOn({ records, received, broken, announced, cutShort, unread }: Sample): Evidence[] {
  return [
    ...(received > records.length + broken + unread.length ? [evidence("only-first-records", { looked: records.length, received })] : []),
    ...(broken > 0 ? [evidence("records-broken", { count: broken })] : []),
    ...(cutShort !== null ? [evidence("cut-short", { received })] : []),
    ...(announced !== null && announced !== received ? [evidence("announced-differs", { announced, received })] : []),
  ];
}

const limits = ["limit", "rows", "per_page", "pagesize", "page_size", "size", "take", "top"];
const offsets = ["offset", "start", "skip", "from"];
const pages = ["page", "pagenumber", "page_number", "p"];

/** Derives the pagination from the parameters in the first page's address, or returns null. */
function pagingInAddress(address: string): PagingInput | null {
  if (!URL.canParse(address)) return null;
  const parameters = [...new URL(address).searchParams];
  const named = (names: readonly string[]) =>
    parameters.find(([name, value]) => names.includes(name.toLowerCase().replace(/^\$/, "")) && /^\d+$/.test(value));
  const limit = named(limits);
  const offset = named(offsets);
  const page = named(pages);
  const pageSize = limit === undefined || Number(limit[1]) < 1 ? undefined : Number(limit[1]);
  if (limit !== undefined && pageSize !== undefined && page === undefined) {
    return { kind: "offset", limitParameter: limit[0], offsetParameter: offset?.[0] ?? "offset", pageSize };
  }
  if (page === undefined) return null;
  return {
    kind: "page",
    pageParameter: page[0],
    firstPage: Number(page[1]) === 0 ? 0 : 1,
    ...(limit !== undefined && pageSize !== undefined && { sizeParameter: limit[0], pageSize }),
  };
}
