import { filledContentJson } from "../model/aid/filled-content.ts";
import { type Issue, issue } from "../model/issue.ts";
import type { HeldHead, Memo, NewAid, RejectedRecord } from "../model/plan/plan.ts";
import { fingerprintOf } from "../model/text/canonical.ts";
import type { Decoded } from "./decode/decoded.ts";
import { recordHash } from "./map/record-hash.ts";
import type { RecordMapper } from "./map/record-mapper.ts";
import { SeenIds } from "./map/seen-ids.ts";
import type { RunTally } from "./report/run-tally.ts";
import { filledBits, validateDraft } from "./validate/validate-draft.ts";

/** Where records go to, and what is asked about them: the catalogue, by batches. */
export interface RecordSinks {
  /** What the catalogue knows of records with these hashes, by hash: it stands for reading the record again. */
  recall(hashes: readonly string[]): Promise<ReadonlyMap<string, HeldHead>>;
  stage(aids: readonly NewAid[]): Promise<void>;
  reject(records: readonly RejectedRecord[]): Promise<void>;
}

/** How far to go, and who is told. */
export interface IngestOptions {
  /** Fingerprint of connector, terms and normaliser. */
  readonly mapping: string;
  /** Stops after so many records. */
  readonly limit?: number;
  onProgress?(received: number, announced: number | null): void;
}

/** The ids that a feed brought, of valid records and of those that could not be kept: a broken record is no reason to take its aid for lost. */
export interface ReceivedIds {
  has(externalId: string): boolean;
}

/** Records written by one statement: a statement costs as much as twenty records. */
const recordsWritten = 250;

/** A record in the feed's order: known as it is written, broken, or to be read. */
type Entry =
  | Extract<Decoded, { kind: "known" | "broken" }>
  | { readonly kind: "candidate"; readonly record: Extract<Decoded, { kind: "record" }>; readonly hash: string };

/**
 * Reads the records one batch after the other: selects, maps, validates, stages or rejects. A record whose hash the catalogue knows is not read
 * again. The next batch is decoded and asked about while this one is mapped, and written while the next one is.
 */
export async function ingestRecords(
  batches: AsyncIterable<readonly Decoded[]>,
  mapper: RecordMapper,
  sinks: RecordSinks,
  tally: RunTally,
  options: IngestOptions,
): Promise<ReceivedIds> {
  const seen = new SeenIds();
  const rejected = new SeenIds();
  let writing: Promise<unknown> = Promise.resolve();
  let ahead: Promise<() => void> | undefined;
  let toWrite: { staged: NewAid[]; rejected: RejectedRecord[] } = { staged: [], rejected: [] };

  const flush = async () => {
    const { staged, rejected } = toWrite;
    toWrite = { staged: [], rejected: [] };
    await writing;
    writing = Promise.all([staged.length > 0 ? sinks.stage(staged) : undefined, rejected.length > 0 ? sinks.reject(rejected) : undefined]);
    writing.catch(() => undefined); // awaited, and thrown, by the next flush
  };
  const finishBatch = async (batch: Promise<() => void>) => {
    (await batch)();
    if (toWrite.staged.length + toWrite.rejected.length >= recordsWritten) await flush();
    options.onProgress?.(tally.received, tally.announced);
  };
  const reject = (record: { locator: string; values: unknown }, externalId: string | null, reasons: readonly Issue[]) => {
    tally.rejected++;
    if (externalId !== null) rejected.add(externalId);
    tally.addIssues(reasons);
    toWrite.rejected.push({ locator: record.locator, externalId, record: record.values, reasons });
  };

  const recall = (head: HeldHead, record: { locator: string; values: unknown }) => {
    if (!seen.add(head.externalId)) rejectRepeated(record, head.externalId);
    else {
      tally.recalled++;
      tally.addValid(head.memo, record.locator);
    }
  };
  const rejectRepeated = (record: { locator: string; values: unknown }, externalId: string) => {
    reject(record, externalId, [issue("plan", "duplicate-id", { locator: record.locator, field: "externalId", value: externalId })]);
  };
  const read = (entry: Entry, heads: ReadonlyMap<string, HeldHead>) => {
    if (entry.kind === "broken") return reject({ locator: entry.locator, values: entry.raw }, null, [entry.issue]);
    if (entry.kind === "known") return recall(entry.head, { locator: entry.locator, values: entry.raw });
    const { record, hash } = entry;
    const head = heads.get(hash);
    if (head !== undefined) return recall(head, record);
    const mapped = mapper.map(record);
    const { externalId } = mapped.draft;
    if (externalId !== null && seen.has(externalId)) return rejectRepeated(record, externalId);
    const checked = validateDraft(mapped.draft, record.locator);
    const issues = [...(record.issues ?? []), ...mapped.issues, ...checked.issues];
    if (!checked.valid) return reject(record, externalId, issues);
    seen.add(checked.externalId);
    const memo: Memo = {
      issues: issues.map(({ locator: _, ...rest }) => rest),
      unmapped: mapped.unmapped,
      filled: filledBits(checked.content),
    };
    tally.addValid(memo, record.locator);
    const contentJson = filledContentJson(checked.content);
    const { locator } = record;
    toWrite.staged.push({
      externalId: checked.externalId,
      locator,
      recordHash: hash,
      fingerprint: fingerprintOf(contentJson),
      contentJson,
      memo,
    });
  };

  const prepare = async (decoded: readonly Decoded[]): Promise<() => void> => {
    const entries: Entry[] = [];
    const asked: string[] = [];
    for (const found of decoded) {
      if (found.kind === "issue") tally.addIssues([found.issue]);
      else if (found.kind === "total") tally.announced = found.total;
      else if (found.kind === "fields") tally.see(found.names);
      else if (options.limit !== undefined && tally.received >= options.limit) break;
      else {
        tally.received++;
        if (found.kind !== "record") entries.push(found);
        else {
          tally.see(Object.keys(found.values));
          const reason = mapper.select(found.values);
          if (reason !== null) tally.skip(reason);
          else {
            const hash = found.hash ?? recordHash(found.values, options.mapping, mapper.toldApart(found.values));
            if (found.hash === undefined) asked.push(hash);
            entries.push({ kind: "candidate", record: found, hash });
          }
        }
      }
    }
    const heads = asked.length > 0 ? await sinks.recall(asked) : new Map<string, HeldHead>();
    return () => {
      for (const entry of entries) read(entry, heads);
    };
  };

  for await (const decoded of batches) {
    const next = prepare(decoded);
    next.catch(() => undefined); // awaited, and thrown, below
    if (ahead !== undefined) await finishBatch(ahead);
    ahead = next;
    if (options.limit !== undefined && tally.received >= options.limit) break;
  }
  if (ahead !== undefined) await finishBatch(ahead);
  await flush();
  await writing;
  return { has: (externalId) => seen.has(externalId) || rejected.has(externalId) };
}
