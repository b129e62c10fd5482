import type { Memo } from "../../model/plan/plan.ts";

/** Data about a connector's stored aids, by which a run recognises unchanged records. Aids are numbered from 0. */
export interface StoredHeads {
  readonly count: number;
  /** 16 bytes per aid: the digest of its record. */
  readonly digests: Uint8Array;
  /** Two numbers per aid: the key of its external id, 64 bits of its SHA-256. The first is never 0. */
  readonly keys: Uint32Array;
  /** The distinct memos, and the position of each aid's memo in this list. */
  readonly memos: readonly Memo[];
  readonly memoOf: Int32Array;
}

/**
 * Returns the query for `HeadReader`. Withdrawn, rejected and merged aids are left out, because their records must be planned again.
 */
export function headsOf(connector: string): string {
  return `select decode(translate(record_hash, '-_', '+/') || '==', 'base64'), substring(sha256(convert_to(external_id, 'UTF8')) for 8), memo::text
    from aids where connector = '${connector.replaceAll("'", "''")}' and record_hash is not null and withdrawn_at is null and status not in ('deleted', 'merged')`;
}

const digestBytes = 16;
/** Signature, flags and the length of the header's extension. */
const headerBytes = 19;

/** Reads the output of `headsOf`: https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.4 */
export class HeadReader {
  #rest = Buffer.alloc(0);
  #isInRows = false;
  #count = 0;
  #digests = Buffer.alloc(64 * digestBytes);
  #keys = new Uint32Array(64 * 2);
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
    return { count: this.#count, digests: this.#digests, keys: this.#keys, memos: this.#memos, memoOf: this.#memoOf };
  }

  /** Reads the row at `start`. Returns its end, or `start` if the bytes contain no complete row. */
  #row(bytes: Buffer, start: number): number {
    const fixed = start + 2 + 4 + digestBytes + 4 + 8 + 4;
    if (bytes.length < fixed || bytes.readInt16BE(start) < 0) return start;
    const digest = start + 2 + 4;
    const key = digest + digestBytes + 4;
    const end = fixed + bytes.readInt32BE(fixed - 4);
    if (bytes.length < end) return start;
    if (this.#count === this.#memoOf.length) this.#grow();
    bytes.copy(this.#digests, this.#count * digestBytes, digest, digest + digestBytes);
    this.#keys[2 * this.#count] = bytes.readUInt32BE(key) || 1;
    this.#keys[2 * this.#count + 1] = bytes.readUInt32BE(key + 4);
    this.#memoOf[this.#count] = this.#numberOf(bytes.toString("utf8", fixed, end));
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
    this.#memoOf = copied(this.#memoOf, new Int32Array(size));
  }
}

function copied<List extends Uint32Array | Int32Array>(from: List, to: List): List {
  to.set(from);
  return to;
}
