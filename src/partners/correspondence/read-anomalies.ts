import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { decodeFeed } from "../../ingest/decode/decode-feed.ts";
import { type Decoded, type DecodeLimits, defaultDecodeLimits } from "../../ingest/decode/decoded.ts";
import { readingOf } from "../../ingest/feed-reading.ts";
import { ingestRecords } from "../../ingest/ingest-records.ts";
import { createRecordMapper } from "../../ingest/map/record-mapper.ts";
import type { SharedNames } from "../../ingest/map/tell-apart.ts";
import { RunTally } from "../../ingest/report/run-tally.ts";
import type { MappingConnector } from "../../ingest/run-inputs.ts";
import { receivedConnector, type SentConnector } from "../../ingest/sent-connector.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { IssueParams } from "../../model/issue.ts";
import type { AnnexLine } from "../../model/letter/letter.ts";
import type { AidLink } from "../../model/publisher/link-verdict.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { RunError, type RunErrorCode } from "../../model/run/run-error.ts";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import type { LetterReading } from "../letters/write-letter.ts";
import { collectLines, linesOfWholeFeed } from "./collect-lines.ts";

const maxLines = 5_000;

export interface FoundAnomalies {
  readonly lines: readonly AnnexLine[];
  /** Null if the feed was not read to its end. */
  readonly reading: LetterReading | null;
  /** False if there are more anomalies than lines. */
  readonly isWhole: boolean;
}

/** What a reading needs besides the feed. `deadLinks`: a dead link found in the feed becomes a line; `today`: `YYYY-MM-DD`. */
interface AnomalyContext {
  readonly deadLinks: readonly AidLink[];
  readonly today: string;
}

/** Reads a feed again and returns its anomalies: `readAnomalies`, or the same in a thread. */
export type ReadAnomalies = (connector: LoadedConnector, parts: readonly FeedPart[], context: AnomalyContext) => Promise<FoundAnomalies>;

/**
 * Reads a feed with a connector and returns every anomaly. Ignores the catalogue, where our curators may have corrected the values.
 * `withinMs`: afterwards the reading ends, and returns the lines so far.
 */
export async function readAnomalies(
  { definition, terms }: MappingConnector,
  parts: readonly FeedPart[],
  { deadLinks, today }: AnomalyContext,
  limits: { readonly decode?: DecodeLimits; readonly names?: SharedNames | null; readonly withinMs?: number } = {},
): Promise<FoundAnomalies> {
  const { decode = defaultDecodeLimits, names = null, withinMs = Number.POSITIVE_INFINITY } = limits;
  const collected = collectLines({ definition, terms }, deadLinks, maxLines);
  const tally = new RunTally();
  const until = performance.now() + withinMs;
  let isCut = false;
  async function* inTime(): AsyncGenerator<readonly Decoded[]> {
    for await (const batch of decodeFeed(parts, readingOf(definition), decode)) {
      isCut = performance.now() > until;
      if (isCut) return;
      yield batch;
    }
  }
  const sinks = { stage: collected.stage, reject: collected.reject };
  await ingestRecords(inTime(), createRecordMapper(definition, terms, names), sinks, tally);
  const lines = collected.lines();
  if (isCut) return { lines, reading: null, isWhole: false };
  const { received, rejected, valid } = tally;
  const counts = { received, rejected, valid, skipped: received - rejected - valid };
  const summary = tally.summary([]);
  return {
    lines: [...lines, ...linesOfWholeFeed(summary.issues, lines)],
    reading: { ...summary, counts, noticed: collected.implausible(today) },
    isWhole: collected.isWhole(),
  };
}

/** Calls `read` with the files of a stored feed. Throws `RunFailed` (`snapshot-missing`), and what `read` throws. */
export async function withStoredFeed<T>(
  { snapshots }: Pick<Catalogue, "snapshots">,
  hash: string,
  read: (parts: readonly FeedPart[]) => Promise<T>,
): Promise<T> {
  const folder = await makeSpoolFolder();
  try {
    return await read((await snapshots.restore(hash, folder)).parts);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A request to read a whole feed again for a letter. Plain data, because it is sent to a thread. */
interface RereadRequest extends AnomalyContext {
  readonly connector: SentConnector;
  readonly files: readonly Omit<FeedPart, "open">[];
}

/** What a feed contains, or why it cannot be read today. */
type Reread = FoundAnomalies | { readonly refused: { readonly code: RunErrorCode; readonly params: IssueParams } };

/** The person waits for the letter. */
const maxReadingMs = 15_000;

/** Reads a whole feed again. */
export async function rereadFeed({ connector, files, ...context }: RereadRequest): Promise<Reread> {
  const parts = files.map((file) => ({ ...file, open: () => createReadStream(file.path) }));
  try {
    return await readAnomalies(await receivedConnector(connector), parts, context, { withinMs: maxReadingMs });
  } catch (error) {
    if (error instanceof RunError) return { refused: { code: error.code, params: error.params } };
    throw error;
  }
}
