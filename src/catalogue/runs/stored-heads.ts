import type { Memo } from "../../model/plan/plan.ts";

/**
 * Data about a connector's stored aids and rejected records, by which a run recognises unchanged records. The aids are numbered from 0, and
 * the rejected records follow them.
 */
export interface StoredHeads {
  readonly count: number;
  /** Number of the first rejected record. */
  readonly rejectsFrom: number;
  /** 16 bytes per head: the digest of its record. All zero if the record must be read again. */
  readonly digests: Uint8Array;
  /** Two numbers per head: the key of its external id, 64 bits of its SHA-256. The first is 0 only for a record without external id. */
  readonly keys: Uint32Array;
  /** 16 bytes per aid: its id. */
  readonly aidIds: Uint8Array;
  /** Returns the memo of the head with this number. A rejected record has the reasons as issues. */
  memoOf(number: number): Memo;
}

/** Number of parsed memos to keep. Most aids of a connector share few memos; memos with issues are as many as the aids with issues. */
const maxParsed = 1_000;
const digestBytes = 16;
const keyBytes = 8;
const idBytes = 16;
/** The bytes before each value: its length. */
const lengthBytes = 4;
/** Signature, flags and the length of the header's extension. */
const headerBytes = 19;

/**
 * Returns the query for `HeadReader`. Withdrawn, rejected and merged aids are left out, because their records must be planned again. Aids merged into
 * one of another connector follow their feed.
 */
export function aidHeadsOf(connector: string): string {
  const named = literal(connector);
  return `select coalesce(decode(translate(nullif(record_hash, ''), '-_', '+/') || '==', 'base64'), ${zeros(digestBytes)}),
      substring(sha256(convert_to(external_id, 'UTF8')) for ${keyBytes}), aid_id, memo::text
    from aid_sources where connector = ${named} and aid_id not in (
      select aid_id from aids where connector = ${named} and (withdrawn_at is not null or status = 'deleted' or status = 'merged' and not exists (
        select from aids head where head.aid_id = aids.merged_into and head.connector <> aids.connector)))`;
}

/** Returns the query for the rejected records of a connector. Its columns are those of `aidHeadsOf`. */
export function rejectedHeadsOf(connector: string): string {
  return `select uuid_send(id), coalesce(substring(sha256(convert_to(external_id, 'UTF8')) for ${keyBytes}), ${zeros(keyBytes)}), id,
      jsonb_build_object('issues', reasons, 'unmapped', jsonb '[]', 'filled', '')::text
    from rejected_contents where connector = ${literal(connector)}`;
}

/** COPY has no parameters. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function zeros(count: number): string {
  return `'\\x${"00".repeat(count)}'::bytea`;
}

/** Reads the output of `aidHeadsOf`, then of `rejectedHeadsOf`: https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.4 */
export class HeadReader {
  #rest = Buffer.alloc(0);
  #isInRows = false;
  #count = 0;
  #rejectsFrom = 0;
  #digests = Buffer.alloc(64 * digestBytes);
  #keys = new Uint32Array(64 * 2);
  #aidIds = Buffer.alloc(64 * idBytes);
  #memoOf = new Int32Array(64);
  /** The distinct memos as JSON, which needs a fifth of the memory of the parsed memos. */
  readonly #memos: string[] = [];
  readonly #numbers = new Map<string, number>();

  push(chunk: Uint8Array): void {
    const bytes = Buffer.concat([this.#rest, chunk]);
    let at = 0;
    if (!this.#isInRows && bytes.length >= headerBytes) {
      at = headerBytes;
      this.#isInRows = true;
    }
    for (let next = this.#row(bytes, at); this.#isInRows && next > at; next = this.#row(bytes, at)) at = next;
    this.#rest = bytes.subarray(at);
  }

  /** Ends the aids. The rejected records follow. */
  endAids(): void {
    this.#rejectsFrom = this.#count;
    this.#rest = Buffer.alloc(0);
    this.#isInRows = false;
  }

  end(): StoredHeads {
    return {
      count: this.#count,
      rejectsFrom: this.#rejectsFrom,
      digests: this.#digests,
      keys: this.#keys,
      aidIds: this.#aidIds,
      memoOf: memosOf(this.#memos, this.#memoOf),
    };
  }

  /** Reads the row at `start`. Returns its end, or `start` if the bytes contain no complete row. */
  #row(bytes: Buffer, start: number): number {
    const digest = start + 2 + lengthBytes;
    const key = digest + digestBytes + lengthBytes;
    const aidId = key + keyBytes + lengthBytes;
    const memo = aidId + idBytes + lengthBytes;
    if (bytes.length < memo || bytes.readInt16BE(start) < 0) return start;
    const end = memo + bytes.readInt32BE(memo - lengthBytes);
    if (bytes.length < end) return start;
    if (this.#count === this.#memoOf.length) this.#grow();
    bytes.copy(this.#digests, this.#count * digestBytes, digest, digest + digestBytes);
    const [high, low] = [bytes.readUInt32BE(key), bytes.readUInt32BE(key + 4)];
    this.#keys[2 * this.#count] = high === 0 && low !== 0 ? 1 : high;
    this.#keys[2 * this.#count + 1] = low;
    bytes.copy(this.#aidIds, this.#count * idBytes, aidId, aidId + idBytes);
    this.#memoOf[this.#count] = this.#numberOf(bytes.toString("utf8", memo, end));
    this.#count++;
    return end;
  }

  #numberOf(memo: string): number {
    const known = this.#numbers.get(memo);
    if (known !== undefined) return known;
    const number = this.#memos.push(memo) - 1;
    this.#numbers.set(memo, number);
    return number;
  }

  #grow(): void {
    const size = this.#count * 2;
    this.#digests = Buffer.concat([this.#digests], size * digestBytes);
    this.#keys = copied(this.#keys, new Uint32Array(size * 2));
    this.#aidIds = Buffer.concat([this.#aidIds], size * idBytes);
    this.#memoOf = copied(this.#memoOf, new Int32Array(size));
  }
}

/** Returns a reader of memos that keeps the first ones that it parses. */
function memosOf(memos: readonly string[], memoOf: Int32Array): (number: number) => Memo {
  const parsed = new Map<number, Memo>();
  return (number) => {
    const position = memoOf[number] ?? 0;
    const known = parsed.get(position);
    if (known !== undefined) return known;
    const memo = JSON.parse(memos[position] ?? "") as Memo;
    if (parsed.size < maxParsed) parsed.set(position, memo);
    return memo;
  };
}

function copied<List extends Uint32Array | Int32Array>(from: List, to: List): List {
  to.set(from);
  return to;
}

/** Returns the id of an aid of `StoredHeads`. */
export function uuidAt(aidIds: Uint8Array, number: number): string {
  const hex = Buffer.from(aidIds.subarray(number * idBytes, (number + 1) * idBytes)).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
