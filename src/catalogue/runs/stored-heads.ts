import type { Memo } from "../../model/plan/plan.ts";

/** Data about a connector's stored aids, by which a run recognises unchanged records. Aids are numbered from 0. */
export interface StoredHeads {
  readonly count: number;
  /** 16 bytes per aid: the digest of its record. All zero if the record must be read again. */
  readonly digests: Uint8Array;
  /** Two numbers per aid: the key of its external id, 64 bits of its SHA-256. The first is never 0. */
  readonly keys: Uint32Array;
  /** 16 bytes per aid: its id. */
  readonly aidIds: Uint8Array;
  /** The distinct memos, and the position of each aid's memo in this list. */
  readonly memos: readonly Memo[];
  readonly memoOf: Int32Array;
}

const digestBytes = 16;
const keyBytes = 8;
const idBytes = 16;
/** The bytes before each value: its length. */
const lengthBytes = 4;
/** Signature, flags and the length of the header's extension. */
const headerBytes = 19;

/**
 * Returns the query for `HeadReader`. Withdrawn, rejected and merged aids are left out, because their records must be planned again.
 */
export function headsOf(connector: string): string {
  const named = `'${connector.replaceAll("'", "''")}'`;
  return `select coalesce(decode(translate(nullif(record_hash, ''), '-_', '+/') || '==', 'base64'), '\\x${"00".repeat(digestBytes)}'),
      substring(sha256(convert_to(external_id, 'UTF8')) for ${keyBytes}), aid_id, memo::text
    from aid_sources where connector = ${named} and aid_id not in (
      select aid_id from aids where connector = ${named} and (withdrawn_at is not null or status in ('deleted', 'merged')))`;
}

/** Reads the output of `headsOf`: https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.4 */
export class HeadReader {
  #rest = Buffer.alloc(0);
  #isInRows = false;
  #count = 0;
  #digests = Buffer.alloc(64 * digestBytes);
  #keys = new Uint32Array(64 * 2);
  #aidIds = Buffer.alloc(64 * idBytes);
  #memoOf = new Int32Array(64);
  readonly #memos: Memo[] = [];
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

  end(): StoredHeads {
    return { count: this.#count, digests: this.#digests, keys: this.#keys, aidIds: this.#aidIds, memos: this.#memos, memoOf: this.#memoOf };
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
    this.#keys[2 * this.#count] = bytes.readUInt32BE(key) || 1;
    this.#keys[2 * this.#count + 1] = bytes.readUInt32BE(key + 4);
    bytes.copy(this.#aidIds, this.#count * idBytes, aidId, aidId + idBytes);
    this.#memoOf[this.#count] = this.#numberOf(bytes.toString("utf8", memo, end));
    this.#count++;
    return end;
  }

  /** Most aids of a connector share few memos. Each is parsed once. */
  #numberOf(memo: string): number {
    const known = this.#numbers.get(memo);
    if (known !== undefined) return known;
    const number = this.#memos.push(JSON.parse(memo) as Memo) - 1;
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

function copied<List extends Uint32Array | Int32Array>(from: List, to: List): List {
  to.set(from);
  return to;
}

/** Returns the id of an aid of `StoredHeads`. */
export function uuidAt(aidIds: Uint8Array, number: number): string {
  const hex = Buffer.from(aidIds.subarray(number * idBytes, (number + 1) * idBytes)).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
