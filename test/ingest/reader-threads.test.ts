import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeStaged } from "../../src/catalogue/runs/staged-rows.ts";
import { cutFeed } from "../../src/ingest/decode/cut-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import { ingestPieces, type PieceReader, type ReceivedIds } from "../../src/ingest/ingest-records.ts";
import { KnownRecords } from "../../src/ingest/known-records.ts";
import { createRecordMapper } from "../../src/ingest/map/record-mapper.ts";
import { ReaderThreads } from "../../src/ingest/reader-threads.ts";
import { RecordReader } from "../../src/ingest/record-reader.ts";
import { RunTally } from "../../src/ingest/report/run-tally.ts";
import type { Connector } from "../../src/kit/definition.ts";
import { termLookup } from "../../src/kit/rules/term-lookup.ts";
import type { RejectedRecord } from "../../src/model/plan/plan.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { benchConnector } from "../bench/bench-connector.ts";
import { columns, makeRecord } from "../bench/make-feed.ts";
import { partOf } from "../support/decode-bytes.ts";

const runId = "0d2b7a56-2a4e-4e0d-8a0e-5f3c6c1f0a11";
const mapping = "mapping";
const records = 120;

/** Feeds of the bench with duplicates (also of the first record), a blank row, a short row, a stray quote and an invalid byte. */
function feedOf(format: "csv" | "json" | "xml"): Buffer {
  const list = Array.from({ length: records }, (_, index) => makeRecord(index % 50 === 49 ? 3 : index, 0));
  if (format === "json") return Buffer.from(JSON.stringify({ aides: list }));
  if (format === "xml") {
    const escaped = (value: string) => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    const items = list.map((one) => `<aide>${columns.map((name) => `<${name}>${escaped(one[name])}</${name}>`).join("")}</aide>`);
    return Buffer.from(`<flux>${items.join("\n")}</flux>`);
  }
  const row = (one: (typeof list)[number]) => columns.map((name) => `"${one[name].replaceAll('"', '""')}"`).join(";");
  const rows = [columns.join(";"), ...list.map(row), "", "AIDE-court;Titre", `"AIDE-9"x;Guillemets "égarés"`, row(makeRecord(3, 0))];
  return Buffer.concat([Buffer.from(rows.join("\r\n")), Buffer.from("\r\nAIDE-octet;Caf\xe9", "latin1")]);
}

interface Result {
  readonly summary: unknown;
  readonly staged: string[];
  readonly rejected: RejectedRecord[];
  readonly received: ReceivedIds;
}

async function ingest(connector: Connector, bytes: Buffer, pieceBytes: number, reader: PieceReader<Uint8Array>): Promise<Result> {
  const tally = new RunTally();
  const staged: string[] = [];
  const rejected: RejectedRecord[] = [];
  const sinks = {
    stage: async (rows: Uint8Array) => void staged.push(Buffer.from(rows).toString("latin1").slice(19, -2)),
    reject: async (some: readonly RejectedRecord[]) => void rejected.push(...some),
  };
  const pieces = cutFeed([partOf(bytes, { chunk: 10_000 })], connector.decode, { ...defaultDecodeLimits, pieceBytes });
  const received = await ingestPieces(pieces, reader, sinks, tally);
  const { received: count, valid, rejected: rejects, skipped } = tally;
  return { summary: { count, valid, rejects, skipped, ...tally.summary([]) }, staged: [staged.join("")], rejected, received };
}

describe.each(["csv", "json", "xml"] as const)("the records of a feed in %s", (format) => {
  const checked = checkConnector(benchConnector(format));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  const { connector } = checked;
  const tables = new Map();
  const known = KnownRecords.of(new Uint8Array(0), 0);
  const bytes = feedOf(format);
  const here: PieceReader<Uint8Array> = {
    atOnce: 1,
    read: async (piece, duplicates) => {
      const reading = { mapper: createRecordMapper(connector, termLookup(tables), null), mapping, known, tellsApart: false, cleaner: null };
      const read = new RecordReader(reading).read(piece, duplicates);
      return { ...read, staged: encodeStaged(runId, connector.id, read.staged) };
    },
  };
  let threads: ReaderThreads[] = [];
  beforeAll(() => {
    const start = { runId, definition: connector, tables, mapping, known: known.memory };
    threads = [new ReaderThreads(start, 1), new ReaderThreads(start, 3)];
  });
  afterAll(() => Promise.all(threads.map((pool) => pool.close())));

  it("are the same in the same order, whatever the number of threads and the size of pieces", async () => {
    const expected = await ingest(connector, bytes, 1 << 24, here);
    expect(expected.summary).toMatchObject({ count: expect.any(Number) });
    expect(expected.rejected.filter(({ reasons }) => reasons[0]?.code === "duplicate-id").length).toBeGreaterThan(1);
    for (const reader of [here, ...threads]) {
      for (const pieceBytes of [1, 30_000]) {
        const { summary, staged, rejected } = await ingest(connector, bytes, pieceBytes, reader);
        expect(summary).toEqual(expected.summary);
        expect(staged).toEqual(expected.staged);
        expect(rejected).toEqual(expected.rejected);
      }
    }
  });
});

describe("threads that have ended", () => {
  it("reject every later request, so that no run waits for ever", async () => {
    const checked = checkConnector(benchConnector("csv"));
    if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
    const known = KnownRecords.of(new Uint8Array(0), 0).memory;
    const threads = new ReaderThreads({ runId, definition: checked.connector, tables: new Map(), mapping, known }, 1);
    await threads.close();
    await expect(threads.read({ kind: "decoded", items: [] })).rejects.toMatchObject({ code: "internal" });
  });
});
