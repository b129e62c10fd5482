import { decodeFeed } from "../../ingest/decode/decode-feed.ts";
import type { DecodeLimits } from "../../ingest/decode/decoded.ts";
import { isUnreadPage } from "../../ingest/decode/site/unread-page.ts";
import { ConnectorDefinition } from "../../kit/definition.ts";
import { Details } from "../../kit/detail-pages.ts";
import type { Issue } from "../../model/issue.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import type { DetailsInput, Reading } from "../survey.ts";

/** Limits of a survey. They are low, because a person waits for the result. */
export const surveyLimits: DecodeLimits = { decompressedBytes: 512 * 1024 ** 2, recordBytes: 64 * 1024 ** 2 };

/** Maximum number of stored records, and maximum length of their texts. Further records are only counted. */
export const maxRecords = 5_000;
const maxCharacters = 64 * 1024 ** 2;
const maxIssues = 10_000;

export interface Sample {
  readonly records: readonly Values[];
  /** Columns of a table; empty for other feeds. */
  readonly columns: readonly string[];
  readonly received: number;
  readonly broken: number;
  readonly announced: number | null;
  /** Locators of the first and the last record. */
  readonly firstLocator: string | null;
  readonly lastLocator: string | null;
  /** Why pages of records were not read, one issue for each record. Records whose page is gone are not received. */
  readonly unread: readonly Issue[];
  /** Issues about the feed, in order. */
  readonly issues: readonly Issue[];
  /** The error that ended reading, or null. */
  readonly cutShort: FeedUnreadable | null;
}

/** What to read of a feed. */
interface SampleOptions {
  /** Maximum number of records. Default: all. */
  readonly limit?: number;
  /** How the pages of the records are read. */
  readonly details?: DetailsInput | null;
}

/** Reads the first records of a feed. Records without their page are only counted. Throws `FeedUnreadable` if it reads no record. */
export async function readSample(
  part: FeedPart,
  reading: Reading,
  { limit = Number.POSITIVE_INFINITY, details = null }: SampleOptions = {},
): Promise<Sample> {
  const options = {
    ...ConnectorDefinition.shape.decode.parse(reading),
    ...(details !== null && { details: Details.parse(details) }),
  };
  const records: Values[] = [];
  const columns: string[] = [];
  let [received, broken, characters] = [0, 0, 0];
  let announced: number | null = null;
  let firstLocator: string | null = null;
  let lastLocator: string | null = null;
  const unread: Issue[] = [];
  const issues: Issue[] = [];
  let cutShort: FeedUnreadable | null = null;
  try {
    for await (const batch of decodeFeed([part], options, surveyLimits)) {
      for (const decoded of batch) {
        if (decoded.kind === "fields") columns.push(...decoded.names);
        if (decoded.kind === "total") announced = decoded.total;
        if (decoded.kind === "issue" && issues.length < maxIssues) issues.push(decoded.issue);
        if (decoded.kind === "issue" && decoded.issue.code === "page-gone") unread.push(decoded.issue);
        if (decoded.kind !== "record" && decoded.kind !== "broken") continue;
        received++;
        firstLocator ??= decoded.locator;
        lastLocator = decoded.locator;
        if (decoded.kind === "broken") broken++;
        else if (isUnreadPage(decoded)) unread.push(...(decoded.issues ?? []).slice(-1));
        else if (records.length < maxRecords && characters < maxCharacters) {
          records.push(decoded.values);
          characters += sizeOf(decoded.values);
        }
      }
      if (received >= limit) break;
    }
  } catch (error) {
    if (!(error instanceof FeedUnreadable) || received === 0) throw error;
    cutShort = error;
  }
  return { records, columns, received, broken, announced, firstLocator, lastLocator, unread, issues, cutShort };
}

/** Reads like `readSample`, but returns null instead of throwing `FeedUnreadable`. */
export async function trySample(part: FeedPart, reading: Reading, options: SampleOptions = {}): Promise<Sample | null> {
  try {
    return await readSample(part, reading, options);
  } catch (error) {
    if (error instanceof FeedUnreadable) return null;
    throw error;
  }
}

/** Estimates the characters in a value. */
function sizeOf(value: unknown, depth = 0): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null || depth > 8) return 8;
  return Object.values(value).reduce<number>((size, member) => size + 16 + sizeOf(member, depth + 1), 0);
}
