import { fingerprintOf } from "../aid/canonical.ts";
import { type Issue, issue } from "../aid/issue.ts";
import type { HeldHead, Memo, RejectedRecord, StagedAid } from "../aid/plan.ts";
import type { Decoded } from "./decode/decoded.ts";
import { recordHash } from "./map/record-hash.ts";
import type { RecordMapper } from "./map/record-mapper.ts";
import { SeenIds } from "./map/seen-ids.ts";
import type { RunTally } from "./report/run-tally.ts";
import { filledBits, validateDraft } from "./validate/validate-draft.ts";

/** Where records go to, and what is asked about them: the catalogue, by batches. */
export interface RecordSinks {
  /** What the catalogue knows of these ids, where it may stand for reading the record again. */
  recall(externalIds: readonly string[]): Promise<ReadonlyMap<string, HeldHead>>;
  stage(aids: readonly StagedAid[]): Promise<void>;
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

type DecodedRecord = Extract<Decoded, { kind: "record" }>;
interface Candidate {
  readonly record: DecodedRecord;
  readonly externalId: string | null;
  readonly hash: string;
}

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
  let toWrite: { staged: StagedAid[]; rejected: RejectedRecord[] } = { staged: [], rejected: [] };

  const flush = async () => {
    const { staged, rejected } = toWrite;
    toWrite = { staged: [], rejected: [] };
    await writing;
    writing = Promise.all([staged.length > 0 ? sinks.stage(staged) : undefined, rejected.length > 0 ? sinks.reject(rejected) : undefined]);
    writing.catch(() => undefined); // awaited, and thrown, by the next flush
  };
  const finishBatch = async (batch: Promise<() => void>) => {
    (await batch)();
    await flush();
    options.onProgress?.(tally.received, tally.announced);
  };
  const reject = (record: { locator: string; values: unknown }, externalId: string | null, reasons: readonly Issue[]) => {
    tally.rejected++;
    if (externalId !== null) rejected.add(externalId);
    tally.addIssues(reasons);
    toWrite.rejected.push({ locator: record.locator, externalId, record: record.values, reasons });
  };

  const read = ({ record, externalId, hash }: Candidate, head: HeldHead | undefined) => {
    if (externalId !== null && seen.has(externalId)) {
      reject(record, externalId, [issue("plan", "duplicate-id", { locator: record.locator, field: "externalId", value: externalId })]);
      return;
    }
    if (head !== undefined && head.recordHash === hash && externalId !== null) {
      seen.add(externalId);
      tally.recalled++;
      tally.addValid(head.memo, record.locator);
      return;
    }
    const mapped = mapper.map(record);
    const checked = validateDraft(mapped.draft, record.locator);
    const issues = [...(record.issues ?? []), ...mapped.issues, ...checked.issues];
    if (!checked.valid) {
      reject(record, externalId, issues);
      return;
    }
    seen.add(checked.externalId);
    const memo: Memo = {
      issues: issues.map(({ locator: _, ...rest }) => rest),
      unmapped: mapped.unmapped,
      filled: filledBits(checked.content),
    };
    tally.addValid(memo, record.locator);
    const fingerprint = fingerprintOf(JSON.stringify(checked.content));
    toWrite.staged.push({
      externalId: checked.externalId,
      locator: record.locator,
      recordHash: hash,
      fingerprint,
      content: checked.content,
      memo,
    });
  };

  const prepare = async (decoded: readonly Decoded[]): Promise<() => void> => {
    const candidates: Candidate[] = [];
    const broken: Extract<Decoded, { kind: "broken" }>[] = [];
    for (const found of decoded) {
      if (found.kind === "issue") tally.addIssues([found.issue]);
      else if (found.kind === "total") tally.announced = found.total;
      else if (options.limit !== undefined && tally.received >= options.limit) break;
      else if (found.kind === "broken") {
        tally.received++;
        broken.push(found);
      } else {
        tally.received++;
        tally.see(found.values);
        const reason = mapper.select(found.values);
        if (reason !== null) tally.skip(reason);
        else {
          const externalId = mapper.externalId(found.values);
          const hash = recordHash(found.values, options.mapping, mapper.toldApart(found.values));
          candidates.push({ record: found, externalId, hash });
        }
      }
    }
    const ids = candidates.flatMap((candidate) => candidate.externalId ?? []);
    const heads = ids.length > 0 ? await sinks.recall(ids) : new Map<string, HeldHead>();
    return () => {
      for (const { locator, raw, issue: reason } of broken) reject({ locator, values: raw }, null, [reason]);
      for (const candidate of candidates) read(candidate, candidate.externalId === null ? undefined : heads.get(candidate.externalId));
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
