import { encodeStaged } from "../catalogue/runs/staged-rows.ts";
import type { RunClaim } from "../catalogue/runs/staging-repository.ts";
import type { RejectedRecord } from "../model/plan/plan.ts";
import { cutFeed } from "./decode/cut-feed.ts";
import { decodeFeed } from "./decode/decode-feed.ts";
import { defaultDecodeLimits } from "./decode/decoded.ts";
import { ingestPieces, type PieceReader, type ReceivedIds, readHere } from "./ingest-records.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import { KnownRecords } from "./known-records.ts";
import { countNamesOf, createRecordMapper } from "./map/record-mapper.ts";
import type { ObtainedFeed } from "./obtain-feed.ts";
import { ReaderThreads } from "./reader-threads.ts";
import { RecordReader } from "./record-reader.ts";

/** Decodes, maps, validates and stages every record of a run's feed. Returns the identifiers in the feed. */
export async function readFeed(run: IngestionRun, feed: ObtainedFeed): Promise<ReceivedIds> {
  const { connector, services, options, claim, forgotten } = run;
  const { definition, terms } = connector;
  const { staging } = services.catalogue;
  const decode = () => forgotten.clean(decodeFeed(feed.parts, definition.decode, defaultDecodeLimits));
  const names = definition.tellApartBy ? await countNamesOf(definition, terms, definition.tellApartBy, decode()) : null;
  const heads = await staging.readHeads(definition.id);
  const known = KnownRecords.of(heads.digests, heads.count);
  const sinks = {
    stage: (rows: Uint8Array) => staging.stage(claim, rows),
    reject: (records: readonly RejectedRecord[]) => staging.reject(claim, records),
  };
  const threads = needsThreads(run, feed) ? startThreads(run, known) : null;
  const mapper = createRecordMapper(definition, terms, names);
  const reading = { mapper, mapping: run.mapping, known, tellsApart: names !== null, cleaner: forgotten.cleaner };
  const pieces = cutFeed(feed.parts, definition.decode, defaultDecodeLimits);
  try {
    const received = await ingestPieces(pieces, threads ?? encoded(new RecordReader(reading), claim), sinks, run.findings.tally, {
      known: heads,
      ...(options.limit !== undefined && { limit: options.limit }),
      onProgress: (done, of) => run.at("read", done, of),
    });
    if (received.namesForgotten) forgotten.isFound = true;
    return received;
  } finally {
    await threads?.close();
  }
}

/** Below this size, reading takes less time than starting threads. */
const minBytesForThreads = 6 * 1024 ** 2;

function needsThreads({ options, connector, forgotten }: IngestionRun, feed: ObtainedFeed): boolean {
  const bytes = feed.parts.reduce((sum, part) => sum + part.bytes, 0);
  return bytes >= minBytesForThreads && options.limit === undefined && forgotten.cleaner === null && !connector.definition.tellApartBy;
}

/** Starts threads, or returns null if the connector has code (`computed`), which cannot be sent to one. */
function startThreads({ claim, connector, mapping }: IngestionRun, known: KnownRecords): ReaderThreads | null {
  const { definition, terms } = connector;
  if (terms.tables === undefined || hasCode(definition)) return null;
  return new ReaderThreads({ runId: claim.runId, definition, tables: terms.tables, mapping, known: known.memory });
}

function hasCode(value: unknown): boolean {
  if (typeof value === "function") return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasCode);
}

/** Reads pieces in this thread, and writes their valid aids as the database takes them. */
function encoded(reader: RecordReader, { runId, connector }: RunClaim): PieceReader<Uint8Array> {
  const here = readHere(reader);
  return {
    atOnce: here.atOnce,
    read: async (...piece) => {
      const read = await here.read(...piece);
      return { ...read, staged: encodeStaged(runId, connector, read.staged) };
    },
  };
}
