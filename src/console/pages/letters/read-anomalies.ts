import { setImmediate } from "node:timers/promises";
import { decodeFeed } from "../../../ingest/decode/decode-feed.ts";
import { type Decoded, defaultDecodeLimits } from "../../../ingest/decode/decoded.ts";
import { readingOf } from "../../../ingest/feed-reading.ts";
import { ingestRecords } from "../../../ingest/ingest-records.ts";
import { createRecordMapper } from "../../../ingest/map/record-mapper.ts";
import { RunTally } from "../../../ingest/report/run-tally.ts";
import { ReadingTookTooLong, withStoredParts } from "../../../jobs/stored-feeds/read-stored-records.ts";
import type { AnnexLine } from "../../../model/letter/letter.ts";
import type { AidLink } from "../../../model/publisher/link-verdict.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { collectLines, linesOfWholeFeed } from "../../../partners/correspondence/collect-lines.ts";
import type { LetterReading } from "../../../partners/letters/write-letter.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import type { Visit } from "../../visit.ts";

/** Limits for the reading and for the annex. */
const maxReadingMs = 15_000;
const maxLines = 5_000;
const recordsAtOnce = 50;

export interface FoundAnomalies {
  readonly lines: readonly AnnexLine[];
  /** Null if the feed was not read to its end. */
  readonly reading: LetterReading | null;
  /** False if there are more anomalies than lines. */
  readonly isWhole: boolean;
}

/**
 * Reads a stored feed again with the current connector and returns every anomaly: a run's report has examples only. Ignores the catalogue,
 * where our curators may have corrected the values. `deadLinks`: a dead link found in the feed becomes a line.
 */
export async function readAnomalies(
  { catalogue, now }: Visit,
  { definition, terms }: LoadedConnector,
  snapshotHash: string,
  deadLinks: readonly AidLink[],
): Promise<FoundAnomalies> {
  const collected = collectLines({ definition, terms }, deadLinks, maxLines);
  const tally = new RunTally();
  const sinks = { stage: collected.stage, reject: collected.reject };
  const until = performance.now() + maxReadingMs;
  try {
    await withStoredParts(catalogue, { definition }, snapshotHash, maxReadingMs, async (parts) => {
      const batches = inSmallBatches(decodeFeed(parts, readingOf(definition), defaultDecodeLimits), until);
      await ingestRecords(batches, createRecordMapper(definition, terms, null), sinks, tally);
    });
  } catch (error) {
    if (!(error instanceof ReadingTookTooLong)) throw error;
    return { lines: collected.lines(), reading: null, isWhole: false };
  }
  const { received, rejected, valid } = tally;
  const counts = { received, rejected, valid, skipped: received - rejected - valid };
  const summary = tally.summary([]);
  const lines = collected.lines();
  return {
    lines: [...lines, ...linesOfWholeFeed(summary.issues, lines)],
    reading: { ...summary, counts, noticed: collected.implausible(parisDay(now)) },
    isWhole: collected.isWhole(),
  };
}

/** Yields to other requests after every few records. */
async function* inSmallBatches(batches: AsyncIterable<readonly Decoded[]>, until: number): AsyncGenerator<readonly Decoded[]> {
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; from += recordsAtOnce) {
      await setImmediate();
      if (performance.now() > until) throw new ReadingTookTooLong();
      yield batch.slice(from, from + recordsAtOnce);
    }
  }
}
