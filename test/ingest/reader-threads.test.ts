import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanerOf } from "../../src/catalogue/forgetting/feed-cleaner.ts";
import { type EncodedRun, StagedEncoder, type StagedRows } from "../../src/catalogue/runs/staged-rows.ts";
import { cutFeed } from "../../src/ingest/decode/cut-feed.ts";
import { decodeFeed } from "../../src/ingest/decode/decode-feed.ts";
import { defaultDecodeLimits } from "../../src/ingest/decode/decoded.ts";
import { cleanDecoded, type FeedCleaner } from "../../src/ingest/forgotten-filter.ts";
import { ingestPieces, type PieceReader, readHere } from "../../src/ingest/ingest-records.ts";
import { KnownRecords } from "../../src/ingest/known-records.ts";
import { createRecordMapper, sharedNamesOf } from "../../src/ingest/map/record-mapper.ts";
import type { SharedNames } from "../../src/ingest/map/tell-apart.ts";
import type { ThreadStart } from "../../src/ingest/reader-thread.ts";
import { ReaderThreads } from "../../src/ingest/reader-threads.ts";
import { RecordReader } from "../../src/ingest/record-reader.ts";
import { RunTally } from "../../src/ingest/report/run-tally.ts";
import type { Connector, ConnectorInput } from "../../src/kit/definition.ts";
import { withoutFunctions } from "../../src/kit/definition-functions.ts";
import { termLookup } from "../../src/kit/rules/term-lookup.ts";
import type { Rejection } from "../../src/model/plan/plan.ts";
import { personTrace } from "../../src/privacy/person-trace.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { loadConnectors } from "../../src/registry/load-connectors.ts";
import { benchConnector } from "../bench/bench-connector.ts";
import { columns, makeRecord } from "../bench/make-feed.ts";
import { partOf } from "../support/decode-bytes.ts";

const runId = "0d2b7a56-2a4e-4e0d-8a0e-5f3c6c1f0a11";
const mapping = "mapping";
const records = 60;
/** A content id in a row: the block "BLOC", and a number. */
const contentId = /BLOC[\s\S]{4}/g;
const formats = ["csv", "json", "xml"] as const;
type Format = (typeof formats)[number];
/** Each format has another number of threads, because starting a thread takes a second of CPU. */
const threadCounts: Readonly<Record<Format, number>> = { csv: 3, json: 2, xml: 1 };

/**
 * Feeds of the bench with copies and duplicates (also of the first record), a person, equal titles, a blank row, a short row, a stray quote and an
 * invalid byte.
 */
function feedOf(format: Format): Buffer {
  const list = Array.from({ length: records }, (_, index) => {
    const record = makeRecord(index % 20 === 19 ? 3 : index, 0);
    const other = index % 20 === 19 && index > 20 && { titre: `Autre titre ${index}` };
    return {
      ...record,
      ...other,
      ...(index % 7 === 0 && { titre: "Aide" }),
      ...(index % 11 === 0 && { contact: "<p>Mme Claire Dupont</p>" }),
    };
  });
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

/** How the records of a feed are read, here or in a thread. */
interface Case {
  readonly connector: Connector;
  readonly file: string | null;
  readonly names: SharedNames | null;
  readonly cleaner: FeedCleaner | null;
}

const known = KnownRecords.of({ digests: new Uint8Array(0), count: 0, rejectsFrom: 0 });

function plainCase(format: Format): Case {
  const checked = checkConnector(benchConnector(format));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  return { connector: checked.connector, file: null, names: null, cleaner: null };
}

/** A connector with a function and with titles to tell apart, after a person was forgotten. */
async function fullCase(format: Format, folder: string, bytes: Buffer): Promise<Case> {
  const { decode, ...rest } = benchConnector(format);
  const definition: ConnectorInput = { ...rest, decode, tellApartBy: ["reference"] };
  await mkdir(join(folder, "connectors"), { recursive: true });
  await writeFile(
    join(folder, "connectors", `${definition.id}.ts`),
    `import { computed } from "moisson/connector-kit";
    const definition = ${JSON.stringify(definition)};
    const shortTitle = computed("shortTitle", { why: "The test needs a function in a thread.", reads: ["id"] }, ({ id }) => \`\${id}!\`.slice(0, 60));
    export const connector = { ...definition, fields: { ...definition.fields, shortTitle } };`,
  );
  const [loaded] = await loadConnectors([folder]);
  if (loaded === undefined) throw new Error("no connector");
  const key = "a key of the tests";
  const cleaner = cleanerOf({ traces: [personTrace({ kind: "name", normalised: "claire dupont" }, key)], keys: [Buffer.from(key)] });
  async function* decoded() {
    for await (const batch of decodeFeed([partOf(bytes)], decode as Connector["decode"], defaultDecodeLimits))
      yield batch.map((one) => cleanDecoded(one, cleaner));
  }
  const names = await sharedNamesOf(loaded.definition, loaded.terms, decoded);
  return { connector: loaded.definition, file: loaded.file, names, cleaner };
}

function runOf({ id }: Connector): EncodedRun {
  return { runId, connector: id, contentBlock: Buffer.from("BLOC").readInt32BE() };
}

function readerOf({ connector, names, cleaner }: Case): PieceReader<StagedRows> {
  const mapper = createRecordMapper(connector, termLookup(new Map()), names);
  const reading = { mapper, mapping, known, tellsApart: names !== null, cleaner };
  const encoder = new StagedEncoder(runOf(connector));
  return readHere(new RecordReader(reading, (aids) => encoder.encode(aids)));
}

function startOf({ connector, file, names, cleaner }: Case): Omit<ThreadStart, "number"> {
  return {
    run: runOf(connector),
    connector: { definition: withoutFunctions(connector), functionsIn: file, tables: new Map(), file, fingerprint: "" },
    names: names && { by: names.by, several: names.several.slots },
    mapping,
    known: known.memory,
    cleaner: cleaner?.origin ?? null,
  };
}

interface Result {
  readonly summary: Readonly<Record<string, unknown>>;
  readonly staged: string;
  readonly rejected: Rejection[];
}

async function ingest(
  connector: Connector,
  bytes: Buffer,
  { pieceBytes = 1 << 24, limit }: { pieceBytes?: number; limit?: number },
  reader: PieceReader<StagedRows>,
): Promise<Result> {
  const tally = new RunTally();
  const staged: string[] = [];
  const written: string[] = [];
  const ids = new Set<string>();
  const rejected: Rejection[] = [];
  const sinks = {
    stage: async (rows: StagedRows) => {
      const [aids = "", contents = ""] = [rows.aids, rows.contents].map((part) => Buffer.from(part).toString("latin1").slice(19, -2));
      for (const [id] of contents.matchAll(contentId)) {
        expect(ids.has(id)).toBe(false);
        ids.add(id);
      }
      staged.push(aids.replaceAll(contentId, "id"));
      written.push(contents.replaceAll(contentId, "id"));
    },
    reject: async (some: readonly Rejection[]) => void rejected.push(...some),
  };
  const pieces = cutFeed([partOf(bytes, { chunk: 10_000 })], connector.decode, { ...defaultDecodeLimits, pieceBytes });
  const { namesForgotten } = await ingestPieces(pieces, reader, sinks, tally, {
    ...(limit !== undefined && { limit, measuresAll: true }),
  });
  const { received: count, valid, rejected: rejects, skipped } = tally;
  return {
    summary: {
      count,
      valid,
      rejects,
      skipped,
      namesForgotten,
      ...tally.summary([]),
      ...(limit !== undefined && { losses: tally.losses.summary() }),
    },
    staged: [...staged, ...written].join(""),
    rejected,
  };
}

describe.each(formats)("the records of a feed in %s", (format) => {
  const bytes = feedOf(format);
  const cases: { plain?: Case; full?: Case } = {};
  const pools = { plain: [] as ReaderThreads[], full: [] as ReaderThreads[] };
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "moisson-threads-"));
    cases.plain = plainCase(format);
    cases.full = await fullCase(format, folder, bytes);
    pools.plain = [new ReaderThreads(startOf(plainCase(format)), threadCounts[format])];
    pools.full = [new ReaderThreads(startOf(cases.full), format === "csv" ? 2 : 1)];
  });
  afterAll(async () => {
    await Promise.all([...pools.plain, ...pools.full].map((pool) => pool.close()));
    await rm(folder, { recursive: true });
  });

  async function expectSame(name: "plain" | "full", pieceSizes = [1, 30_000], limit?: number): Promise<Result> {
    const given = cases[name];
    if (given === undefined) throw new Error("no case");
    const limited = limit !== undefined && { limit };
    const expected = await ingest(given.connector, bytes, { ...limited }, readerOf(given));
    for (const reader of [readerOf(given), ...pools[name]]) {
      for (const pieceBytes of pieceSizes) {
        expect(await ingest(given.connector, bytes, { pieceBytes, ...limited }, reader)).toEqual(expected);
      }
    }
    return expected;
  }

  it("are the same in the same order, whatever the number of threads and the size of pieces", async () => {
    const { rejected } = await expectSame("plain");
    expect(rejected.filter(({ record }) => record?.reasons[0]?.code === "duplicate-id").length).toBeGreaterThan(1);
  });

  it("are the same with functions, titles to tell apart, and a forgotten person", async () => {
    const { staged, summary } = await expectSame("full");
    expect(summary.namesForgotten).toBe(true);
    expect(staged).not.toContain("Dupont");
    expect(staged).toContain("AIDE-00000008!");
    expect(staged).toContain("Aide (REF7)");
  });

  it("are the same up to a limit", async () => {
    for (const limit of [1, 30, records]) expect((await expectSame("plain", [1], limit)).summary.count).toBe(limit);
  });
});

describe("threads", () => {
  const whole = { duplicates: new Set<number>(), copies: new Set<number>(), limit: Number.POSITIVE_INFINITY, measured: 0 };
  const start = startOf(plainCase("csv"));

  it("that have ended reject every later request, so that no run waits for ever", async () => {
    const threads = new ReaderThreads(start, 1);
    await threads.close();
    await expect(threads.read({ kind: "decoded", items: [] }, whole)).rejects.toMatchObject({ code: "internal" });
  });

  it("do not read without a function that is missing in the connector's file", async () => {
    const rule = { kind: "computed", name: "name", why: "", reads: [], compute: null };
    const { definition } = start.connector;
    const broken = { ...definition, fields: { ...definition.fields, name: rule } } as unknown as Connector;
    const threads = new ReaderThreads({ ...start, connector: { ...start.connector, definition: broken } }, 1);
    await expect(threads.read({ kind: "decoded", items: [] }, whole)).rejects.toMatchObject({ code: "internal" });
    await threads.close();
  });
});
