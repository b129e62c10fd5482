import { filledContentJson } from "../model/aid/filled-content.ts";
import { type Issue, issue } from "../model/issue.ts";
import type { Memo, NewAid, RejectedRecord, Rejection } from "../model/plan/plan.ts";
import type { FieldLoss } from "../model/run/losses.ts";
import { fingerprintOf } from "../model/text/canonical.ts";
import { storableText } from "../model/text/storable.ts";
import type { Decoded } from "./decode/decoded.ts";
import type { FeedCleaner } from "./forgotten-filter.ts";
import { type KnownRecords, recordHashOf, rejectionHashOf } from "./known-records.ts";
import { recordDigest, rejectionDigest } from "./map/record-hash.ts";
import type { RecordMapper } from "./map/record-mapper.ts";
import { keyOfDigest, keyOfId } from "./map/seen-ids.ts";
import { filledBits, validateDraft } from "./validate/validate-draft.ts";

/** How the records of a run are read. */
export interface RecordReading {
  readonly mapper: RecordMapper;
  /** Fingerprint of connector, terms and normaliser. */
  readonly mapping: string;
  /** The records that need not be mapped again, or null outside the catalogue. */
  readonly known: KnownRecords | null;
  /** A title depends on other records, so the bytes of a record alone do not identify its aid. */
  readonly tellsApart: boolean;
  readonly cleaner: FeedCleaner | null;
}

/** What became of a record: the number of its unchanged aid or rejected record, or one of these. */
export const recordMarks = { valid: -1, rejected: -2 } as const;

/** What a piece contains. Plain data, for threads. Lists are in feed order. */
export interface ReadPiece<Staged> {
  /** Number of records, also skipped ones. */
  readonly received: number;
  readonly skipped: ReadonlyMap<string, number>;
  /** Names of fields, each once. */
  readonly fields: readonly string[];
  /** Announced number of records, or null. */
  readonly announced: number | null;
  /** A record names a forgotten person. */
  readonly namesForgotten: boolean;
  /** Of each record that is not skipped: see `recordMarks`. */
  readonly marks: Int32Array;
  /** Two numbers per mark: the key of its external id, or zeros. Not set for unchanged records. */
  readonly keys: Uint32Array;
  /** Two numbers per mark: the key of the record. Equal records have equal keys. */
  readonly records: Uint32Array;
  readonly locators: readonly string[];
  /** Issues of the feed, reported before the record with this number, and of newly rejected records. */
  readonly issues: readonly { readonly at: number; readonly isOfFeed: boolean; readonly issues: readonly Issue[] }[];
  /** Different results of the mapping, and which one each valid record has. */
  readonly memos: readonly Memo[];
  readonly memoOf: Int32Array;
  /** Losses of the compared records. */
  readonly losses: readonly MeasuredLosses[];
  readonly staged: Staged;
  readonly rejected: readonly Rejection[];
  /** `Memo.paths` of newly rejected records -> number of records. */
  readonly pathsOfRejected: ReadonlyMap<string, number>;
}

/** What a compared record loses. */
interface MeasuredLosses {
  readonly locator: string;
  readonly fields: readonly FieldLoss[];
}

/** How to read a piece. Plain data, for threads. */
export interface PieceReading {
  /** Number of changed records to compare with their aids, the first of the piece. */
  readonly measured: number;
  /** Numbers of marks whose external id an earlier valid record has. These records are rejected. */
  readonly duplicates: ReadonlySet<number>;
  /** Those of them that equal that record. They are skipped. */
  readonly copies: ReadonlySet<number>;
  /** Number of records to read. */
  readonly limit: number;
}

/** Reason for skipping a record that equals an earlier one. */
const exactCopy = "exact copy of an earlier record";

type DecodedRecord = Extract<Decoded, { kind: "record" }>;

/** Collects what a piece contains: recognises, maps and validates its records in feed order. */
export class PieceResult {
  namesForgotten = false;
  #received = 0;
  readonly #skipped = new Map<string, number>();
  readonly #fields = new Set<string>();
  #announced: number | null = null;
  readonly #marks: number[] = [];
  readonly #keys: number[] = [];
  readonly #records: number[] = [];
  /** Number of skipped copies, which have no mark here, but had one in the first reading. */
  #copies = 0;
  readonly #locators: string[] = [];
  readonly #issues: { at: number; isOfFeed: boolean; issues: readonly Issue[] }[] = [];
  readonly #memos: Memo[] = [];
  readonly #memoOf: number[] = [];
  /** The rest of a memo without issues and terms -> its number. */
  readonly #plainMemos = new Map<string, number>();
  readonly #staged: NewAid[] = [];
  readonly #rejected: Rejection[] = [];
  readonly #losses: MeasuredLosses[] = [];
  readonly #pathsOfRejected = new Map<string, number>();

  constructor(
    private readonly reading: RecordReading,
    private readonly how: PieceReading,
  ) {}

  isAtLimit(limit: number): boolean {
    return this.#received >= limit;
  }

  add(item: Decoded): void {
    if (item.kind === "issue") this.#report([item.issue], true);
    else if (item.kind === "total") this.#announced = item.total;
    else if (item.kind === "fields") this.#see(item.names);
    else {
      this.#received++;
      if (item.kind === "known") this.#recall(item.stored, item.digest, item.locator);
      else if (item.kind === "broken") {
        const { locator: _, ...reason } = item.issue;
        const digest = rejectionDigest(item.raw, reason, this.reading.mapping);
        this.#reject(digest, { locator: item.locator, externalId: null, record: item.raw, reasons: [item.issue] });
      } else this.#addRecord(item);
    }
  }

  #addRecord(record: DecodedRecord): void {
    const { reading } = this;
    const { values, locator } = record;
    this.#see(Object.keys(values));
    const isUnread = record.issues?.some(({ severity }) => severity === "error") ?? false;
    // Conditions of a record may be about its page, which is missing.
    const reason = isUnread ? null : reading.mapper.select(values);
    if (reason !== null) {
      this.#skip(reason);
      return;
    }
    const number = this.#marks.length + this.#copies;
    if (this.how.copies.has(number)) {
      this.#copies++;
      this.#skip(exactCopy);
      this.#report([issue("plan", "exact-copy", { locator })], false);
      return;
    }
    const digest = record.digest ?? recordDigest(record, reading.mapping, reading.mapper.distinctName(values));
    const isDuplicate = this.how.duplicates.has(number);
    const stored = isDuplicate ? -1 : (reading.known?.find(digest) ?? -1);
    if (stored >= 0) this.#recall(stored, digest, locator);
    else this.#map(record, digest, isDuplicate, isUnread);
  }

  #skip(reason: string): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
  }

  /** `isUnread`: decode could not read a part of the record, so it is rejected and its aid stays as it is. */
  #map(record: DecodedRecord, digest: Uint8Array, isDuplicate: boolean, isUnread: boolean): void {
    const { locator, values } = record;
    const mapped = this.reading.mapper.map(record);
    const { externalId } = mapped.draft;
    if (isDuplicate && externalId !== null) {
      const duplicate = issue("plan", "duplicate-id", { locator, field: "externalId", value: externalId });
      const { locator: _, ...reason } = duplicate;
      const rejection = rejectionDigest(recordHashOf(digest), reason, this.reading.mapping);
      this.#reject(rejection, { locator, externalId, record: values, reasons: [duplicate] });
      return;
    }
    if (isUnread) {
      this.#reject(digest, { locator, externalId, record: values, reasons: record.issues ?? [] });
      return;
    }
    const checked = validateDraft(mapped.draft, locator, this.reading.mapper.scope);
    const issues = [...(record.issues ?? []), ...mapped.issues, ...checked.issues];
    if (!checked.valid) {
      this.#pathsOfRejected.set(mapped.paths, (this.#pathsOfRejected.get(mapped.paths) ?? 0) + 1);
      this.#reject(digest, { locator, externalId, record: values, reasons: issues });
      return;
    }
    const memo: Memo = {
      issues: issues.map(({ locator: _, ...rest }) => rest),
      unmapped: mapped.unmapped,
      filled: filledBits(checked.content),
      paths: mapped.paths,
      ...(mapped.statesPermanence && { statesPermanence: true }),
    };
    this.#mark(recordMarks.valid, checked.externalId, locator, digest);
    this.#memoOf.push(this.#numberOfMemo(memo));
    if (this.#losses.length < this.how.measured) {
      const { content } = checked;
      const fields = this.reading.mapper.measure({ values, externalId: checked.externalId, content, issues });
      this.#losses.push({ locator, fields });
    }
    const contentJson = filledContentJson(checked.content);
    this.#staged.push({
      externalId: checked.externalId,
      locator,
      recordHash: recordHashOf(digest),
      fingerprint: fingerprintOf(contentJson),
      contentJson,
      memo,
    });
  }

  #reject(digest: Uint8Array, record: RejectedRecord): void {
    const { locator, externalId, reasons } = record;
    const stored = this.reading.known?.find(digest) ?? -1;
    if (stored >= 0) {
      this.#recall(stored, digest, locator);
      return;
    }
    this.#report(reasons, false);
    this.#mark(recordMarks.rejected, externalId ?? "", locator, digest);
    this.#rejected.push({ hash: rejectionHashOf(digest), locator, record });
  }

  /** Adds an unchanged record. */
  #recall(stored: number, digest: Uint8Array, locator: string): void {
    this.#mark(stored, "", locator, digest);
    if (this.reading.known?.isRejected(stored)) this.#rejected.push({ hash: rejectionHashOf(digest), locator, record: null });
  }

  #mark(mark: number, externalId: string, locator: string, digest: Uint8Array): void {
    this.#marks.push(mark);
    this.#locators.push(locator);
    this.#records.push(...keyOfDigest(digest));
    if (externalId === "") this.#keys.push(0, 0);
    else this.#keys.push(...keyOfId(storableText(externalId)));
  }

  #report(issues: readonly Issue[], isOfFeed: boolean): void {
    this.#issues.push({ at: this.#marks.length, isOfFeed, issues });
  }

  #see(names: readonly string[]): void {
    for (const name of names) this.#fields.add(name);
  }

  /** A memo without issues and terms is shared, because most records of a feed have few different ones. */
  #numberOfMemo(memo: Memo): number {
    const isPlain = memo.issues.length === 0 && memo.unmapped.length === 0;
    const key = `${memo.filled} ${memo.paths} ${memo.statesPermanence ?? ""}`;
    const shared = isPlain ? this.#plainMemos.get(key) : undefined;
    if (shared !== undefined) return shared;
    if (isPlain) this.#plainMemos.set(key, this.#memos.length);
    return this.#memos.push(memo) - 1;
  }

  end<Staged>(write: (aids: NewAid[]) => Staged): ReadPiece<Staged> {
    return {
      received: this.#received,
      skipped: this.#skipped,
      fields: [...this.#fields],
      announced: this.#announced,
      namesForgotten: this.namesForgotten,
      marks: Int32Array.from(this.#marks),
      keys: Uint32Array.from(this.#keys),
      records: Uint32Array.from(this.#records),
      locators: this.#locators,
      issues: this.#issues,
      memos: this.#memos,
      memoOf: Int32Array.from(this.#memoOf),
      losses: this.#losses,
      staged: write(this.#staged),
      rejected: this.#rejected,
      pathsOfRejected: this.#pathsOfRejected,
    };
  }
}
