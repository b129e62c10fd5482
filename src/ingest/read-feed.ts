import { type EncodedRun, StagedEncoder, type StagedRows } from "../catalogue/runs/staged-rows.ts";
import { uuidAt } from "../catalogue/runs/stored-heads.ts";
import type { Rejection } from "../model/plan/plan.ts";
import type { RunBudget } from "../model/run/run-budget.ts";
import { FeedUnreadable, type RunError, RunOverBudget } from "../model/run/run-error.ts";
import { cutFeed } from "./decode/cut-feed.ts";
import { decodeFeed } from "./decode/decode-feed.ts";
import { readingOf } from "./feed-reading.ts";
import { ingestPieces, readHere } from "./ingest-records.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import { KnownRecords } from "./known-records.ts";
import { createRecordMapper, sharedNamesOf } from "./map/record-mapper.ts";
import type { SharedNames } from "./map/tell-apart.ts";
import type { ObtainedFeed } from "./obtain-feed.ts";
import { ReaderThreads } from "./reader-threads.ts";
import { RecordReader } from "./record-reader.ts";
import type { RunTally } from "./report/run-tally.ts";
import { sentConnector } from "./sent-connector.ts";

/** Decodes, maps, validates and stages every record of a run's feed. Returns the ids of the stored aids that are missing in the feed. */
export async function readFeed(run: IngestionRun, feed: ObtainedFeed): Promise<string[]> {
  const { connector, services, options, claim, forgotten } = run;
  const { definition, terms } = connector;
  const { staging } = services.catalogue;
  run.at("read");
  const reading = readingOf(definition);
  const decode = () => forgotten.clean(decodeFeed(feed.parts, reading, run.decodeLimits()));
  const names = await sharedNamesOf(definition, terms, decode);
  const heads = await staging.readHeads(definition.id);
  const known = KnownRecords.of(heads);
  const sinks = {
    stage: (rows: StagedRows) => staging.stage(claim, rows),
    reject: (rejections: readonly Rejection[]) => staging.reject(claim, rejections),
  };
  const encoded: EncodedRun = { ...claim, contentBlock: await staging.contentBlock(claim) };
  const threads = needsThreads(feed) ? startThreads(run, encoded, known, names) : null;
  const pieces = cutFeed(feed.parts, reading, run.decodeLimits());
  try {
    const received = await ingestPieces(pieces, threads ?? readHere(readerOf(run, encoded, known, names)), sinks, run.findings.tally, {
      known: heads,
      ...(options.limit !== undefined && { limit: options.limit }),
      maxRejected: run.budget.rejects,
      refuse: () => refusalOf(run.findings.tally, run.budget),
      onProgress: (done, of) => run.at("read", done, of),
    });
    if (received.namesForgotten) forgotten.isFound = true;
    return received.missing().map((number) => uuidAt(heads.aidIds, number));
  } finally {
    await threads?.close();
  }
}

/** If so many records are read and all are rejected, the connector describes another feed. */
const allRejectedFrom = 5000;

/** Returns why the feed is not read to its end, or null. */
function refusalOf({ received, rejected, valid }: RunTally, budget: RunBudget): RunError | null {
  if (valid === 0 && rejected >= allRejectedFrom) return new FeedUnreadable("all-rejected", { received, rejected });
  return received > budget.records ? RunOverBudget.of("records", budget.records) : null;
}

/** Below this size, reading takes less time than starting threads. */
const minBytesForThreads = 6 * 1024 ** 2;

function needsThreads(feed: ObtainedFeed): boolean {
  return feed.parts.reduce((sum, part) => sum + part.bytes, 0) >= minBytesForThreads;
}

function readerOf(run: IngestionRun, encoded: EncodedRun, known: KnownRecords, names: SharedNames | null): RecordReader<StagedRows> {
  const { connector, mapping, forgotten } = run;
  const mapper = createRecordMapper(connector.definition, connector.terms, names);
  const reading = { mapper, mapping, known, tellsApart: names !== null, cleaner: forgotten.cleaner };
  const encoder = new StagedEncoder(encoded);
  return new RecordReader(reading, (aids) => encoder.encode(aids));
}

function startThreads(run: IngestionRun, encoded: EncodedRun, known: KnownRecords, names: SharedNames | null): ReaderThreads {
  const { connector, mapping, forgotten } = run;
  return new ReaderThreads({
    run: encoded,
    connector: sentConnector(connector),
    names: names && { by: names.by, several: names.several.slots },
    mapping,
    known: known.memory,
    cleaner: forgotten.cleaner?.origin ?? null,
  });
}
