import { filledContentJson } from "../model/aid/filled-content.ts";
import { type Issue, issue } from "../model/issue.ts";
import type { Memo, StoredHead } from "../model/plan/plan.ts";
import { fingerprintOf } from "../model/text/canonical.ts";
import type { Decoded } from "./decode/decoded.ts";
import { recordHash } from "./map/record-hash.ts";
import type { RecordMapper } from "./map/record-mapper.ts";
import { SeenIds } from "./map/seen-ids.ts";
import { type RecordSinks, RecordWriter } from "./record-writer.ts";
import type { RunTally } from "./report/run-tally.ts";
import { filledBits, validateDraft } from "./validate/validate-draft.ts";

/** Writes records, and looks up stored aids by the hash of their record. */
export interface IngestSinks extends RecordSinks {
  /** Returns the stored aids with these record hashes, by hash. Their records need not be mapped again. */
  recall(hashes: readonly string[]): Promise<ReadonlyMap<string, StoredHead>>;
}

export interface IngestOptions {
  /** Fingerprint of connector, terms and normaliser. */
  readonly mapping: string;
  /** Stops after this many records. */
  readonly limit?: number;
  onProgress?(received: number, announced: number | null): void;
}

/** External ids of a feed, including those of rejected records: a record that we cannot read does not mean that its aid is gone. */
export interface ReceivedIds {
  has(externalId: string): boolean;
}

/** A record as received. */
interface Source {
  readonly locator: string;
  readonly values: unknown;
}

/** A selected record with its hash. */
interface Candidate {
  readonly kind: "candidate";
  readonly record: Extract<Decoded, { kind: "record" }>;
  readonly hash: string;
}

type Entry = Extract<Decoded, { kind: "known" | "broken" }> | Candidate;

/** A batch in feed order. `unknown` lists the hashes to look up in the catalogue. */
interface SelectedBatch {
  readonly entries: readonly Entry[];
  readonly unknown: readonly string[];
}

/**
 * Reads the records of a feed in batches: selects them, looks them up, maps or reuses them, and writes them. While one batch is mapped, the
 * next one is decoded and looked up, and the previous one is written.
 */
export async function ingestRecords(
  batches: AsyncIterable<readonly Decoded[]>,
  mapper: RecordMapper,
  sinks: IngestSinks,
  tally: RunTally,
  options: IngestOptions,
): Promise<ReceivedIds> {
  const writer = new RecordWriter(sinks);
  const ingestion = new RecordIngestion(mapper, tally, writer, options);
  const lookUp = async (decoded: readonly Decoded[]) => {
    const { entries, unknown } = ingestion.select(decoded);
    return { entries, heads: unknown.length > 0 ? await sinks.recall(unknown) : new Map<string, StoredHead>() };
  };
  const readAndWrite = async (batch: ReturnType<typeof lookUp>) => {
    const { entries, heads } = await batch;
    for (const entry of entries) ingestion.read(entry, heads);
    await writer.writeFull();
    options.onProgress?.(tally.received, tally.announced);
  };

  let ahead: ReturnType<typeof lookUp> | undefined;
  for await (const decoded of batches) {
    const next = lookUp(decoded);
    next.catch(() => undefined); // awaited, and thrown, below
    if (ahead !== undefined) await readAndWrite(ahead);
    ahead = next;
    if (ingestion.isAtLimit) break;
  }
  if (ahead !== undefined) await readAndWrite(ahead);
  await writer.writeRest();
  return ingestion;
}

/** Selects, maps and validates records. */
class RecordIngestion implements ReceivedIds {
  readonly #valid = new SeenIds();
  readonly #rejected = new SeenIds();

  constructor(
    private readonly mapper: RecordMapper,
    private readonly tally: RunTally,
    private readonly writer: RecordWriter,
    private readonly options: IngestOptions,
  ) {}

  has(externalId: string): boolean {
    return this.#valid.has(externalId) || this.#rejected.has(externalId);
  }

  get isAtLimit(): boolean {
    return this.options.limit !== undefined && this.tally.received >= this.options.limit;
  }

  /** Counts decoded items, skips the records that `keepWhen` excludes, and hashes the others. */
  select(decoded: readonly Decoded[]): SelectedBatch {
    const { tally } = this;
    const entries: Entry[] = [];
    const unknown: string[] = [];
    for (const item of decoded) {
      if (item.kind === "issue") tally.addIssues([item.issue]);
      else if (item.kind === "total") tally.announced = item.total;
      else if (item.kind === "fields") tally.see(item.names);
      else if (this.isAtLimit) break;
      else {
        tally.received++;
        const entry = item.kind === "record" ? this.#candidate(item) : item;
        if (entry === null) continue;
        entries.push(entry);
        if (entry.kind === "candidate" && entry.record.hash === undefined) unknown.push(entry.hash);
      }
    }
    return { entries, unknown };
  }

  /** Returns null if `keepWhen` excludes the record. */
  #candidate(record: Candidate["record"]): Candidate | null {
    const { mapper, tally, options } = this;
    tally.see(Object.keys(record.values));
    const reason = mapper.select(record.values);
    if (reason !== null) {
      tally.skip(reason);
      return null;
    }
    const hash = record.hash ?? recordHash(record.values, options.mapping, mapper.distinctName(record.values));
    return { kind: "candidate", record, hash };
  }

  /** Stages, reuses or rejects one entry. `heads` contains the stored aids of the batch, by record hash. */
  read(entry: Entry, heads: ReadonlyMap<string, StoredHead>): void {
    if (entry.kind === "candidate") {
      const head = heads.get(entry.hash);
      if (head === undefined) this.#mapAndStage(entry);
      else this.#reuse(head, entry.record);
      return;
    }
    const record = { locator: entry.locator, values: entry.raw };
    if (entry.kind === "known") this.#reuse(entry.head, record);
    else this.#reject(record, null, [entry.issue]);
  }

  /** Counts an unchanged record. The memo of its aid contains its issues and unmapped terms. */
  #reuse(head: StoredHead, record: Source): void {
    if (this.#valid.add(head.externalId)) {
      this.tally.recalled++;
      this.tally.addValid(head.memo, record.locator);
    } else this.#rejectDuplicate(record, head.externalId);
  }

  #mapAndStage({ record, hash }: Candidate): void {
    const { locator } = record;
    const mapped = this.mapper.map(record);
    const { externalId } = mapped.draft;
    if (externalId !== null && this.#valid.has(externalId)) {
      this.#rejectDuplicate(record, externalId);
      return;
    }
    const checked = validateDraft(mapped.draft, locator);
    const issues = [...(record.issues ?? []), ...mapped.issues, ...checked.issues];
    if (!checked.valid) {
      this.#reject(record, externalId, issues);
      return;
    }
    this.#valid.add(checked.externalId);
    const memo: Memo = {
      issues: issues.map(({ locator: _, ...rest }) => rest),
      unmapped: mapped.unmapped,
      filled: filledBits(checked.content),
    };
    this.tally.addValid(memo, locator);
    const contentJson = filledContentJson(checked.content);
    this.writer.stage({
      externalId: checked.externalId,
      locator,
      recordHash: hash,
      fingerprint: fingerprintOf(contentJson),
      contentJson,
      memo,
    });
  }

  #rejectDuplicate(record: Source, externalId: string): void {
    const { locator } = record;
    this.#reject(record, externalId, [issue("plan", "duplicate-id", { locator, field: "externalId", value: externalId })]);
  }

  #reject({ locator, values }: Source, externalId: string | null, reasons: readonly Issue[]): void {
    this.tally.rejected++;
    if (externalId !== null) this.#rejected.add(externalId);
    this.tally.addIssues(reasons);
    this.writer.reject({ locator, externalId, record: values, reasons });
  }
}
