import { Buffer } from "node:buffer";
import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { type Decoded, type DecodeLimits, defaultDecodeLimits, type FeedPart } from "../../src/ingest/decode/decoded.ts";
import type { ConnectorInput, DecodeOptions } from "../../src/kit/definition.ts";
import type { Issue } from "../../src/model/issue.ts";
import { FeedUnreadable } from "../../src/model/run/run-error.ts";

/** The result of decoding a feed. */
export interface DecodedFeed {
  readonly records: readonly Extract<Decoded, { kind: "record" }>[];
  readonly broken: readonly Extract<Decoded, { kind: "broken" }>[];
  /** Issues of records, of broken records and of the feed. */
  readonly issues: readonly Issue[];
  readonly totals: readonly number[];
  /** The error that ended it early. */
  readonly error: FeedUnreadable | null;
}

/** Returns a part of a feed that yields these bytes in chunks of this size. `path`: set if the part is in a file. */
export function partOf(
  feed: Uint8Array | string,
  { chunk = 65_536, name = "feed", path = "/nonexistent", contentType = null as string | null } = {},
): FeedPart {
  const bytes = typeof feed === "string" ? Buffer.from(feed, "utf8") : feed;
  async function* open() {
    for (let from = 0; from < bytes.length; from += chunk) yield bytes.subarray(from, from + chunk);
  }
  return { name, contentType, bytes: bytes.length, path, open };
}

/** `decode` of a connector definition. */
export type DecodeInput = ConnectorInput["decode"];

/** Adds the defaults of `decode`, like the connector schema. */
function decodeOptions(decode: DecodeInput): DecodeOptions {
  if (decode.format === "csv") return { ...decode, headerRow: decode.headerRow ?? 1 };
  if (decode.format === "json") return { ...decode, recordPath: decode.recordPath ?? "", lines: decode.lines ?? false };
  if (decode.format === "yaml") return { ...decode, recordPath: decode.recordPath ?? "" };
  if (decode.format === "xml" || decode.format === "html") return decode;
  return { ...decode, sheet: decode.sheet ?? 1, headerRow: decode.headerRow ?? 1, skipRows: decode.skipRows ?? 0 };
}

/** Decodes parts to the end or to the first error. */
export async function decodeParts(
  parts: readonly FeedPart[],
  decode: DecodeInput,
  limits: Partial<DecodeLimits> = {},
): Promise<DecodedFeed> {
  const decoded: Decoded[] = [];
  let error: FeedUnreadable | null = null;
  try {
    for await (const batch of decodeFeed(parts, decodeOptions(decode), { ...defaultDecodeLimits, ...limits })) decoded.push(...batch);
  } catch (thrown) {
    if (!(thrown instanceof FeedUnreadable)) throw thrown;
    error = thrown;
  }
  return sorted(decoded, error);
}

/** Decodes one part with these bytes. */
export function decodeBytes(
  feed: Uint8Array | string,
  decode: DecodeInput,
  { chunk = 65_536, ...limits }: Partial<DecodeLimits> & { chunk?: number } = {},
): Promise<DecodedFeed> {
  return decodeParts([partOf(feed, { chunk })], decode, limits);
}

/** Returns the values of all records. */
export function valuesOf(feed: DecodedFeed): unknown[] {
  return feed.records.map((record) => record.values);
}

/** Returns code and locator of all issues. */
export function issuesOf(feed: DecodedFeed): string[] {
  return feed.issues.map((issue) => `${issue.code} ${issue.locator ?? issue.field ?? ""}`.trim());
}

function sorted(decoded: readonly Decoded[], error: FeedUnreadable | null): DecodedFeed {
  const records: Extract<Decoded, { kind: "record" }>[] = [];
  const broken: Extract<Decoded, { kind: "broken" }>[] = [];
  const issues: Issue[] = [];
  const totals: number[] = [];
  for (const one of decoded) {
    if (one.kind === "record") records.push(one);
    if (one.kind === "record") issues.push(...(one.issues ?? []));
    else if (one.kind === "total") totals.push(one.total);
    else if (one.kind === "issue" || one.kind === "broken") issues.push(one.issue);
    if (one.kind === "broken") broken.push(one);
  }
  return { records, broken, issues, totals, error };
}
