import { hash } from "node:crypto";
import type { RecordMemory } from "./decode/decoded.ts";

/** The stored records of a connector: see `StoredHeads`. */
interface KnownDigests {
  readonly digests: Uint8Array;
  readonly count: number;
  readonly rejectsFrom: number;
}

/** 32-bit numbers per slot: the digest, and the number of the record plus 1. After the slots: the number of the first rejected record. */
const slotSize = 5;
const digestBytes = 16;

/** The stored aids and rejected records of a connector by the digest of the record, in memory that threads share. */
export class KnownRecords {
  readonly #slots: Int32Array;
  readonly #mask: number;

  constructor(readonly memory: SharedArrayBuffer) {
    this.#slots = new Int32Array(memory);
    this.#mask = (this.#slots.length - 1) / slotSize - 1;
  }

  /**
   * Returns the table of `count` records, of which those from `rejectsFrom` on were rejected. `digests`: 16 bytes per record; one with zeros
   * is not found.
   */
  static of({ digests, count, rejectsFrom }: KnownDigests): KnownRecords {
    let slots = 16;
    while (slots < count * 2) slots *= 2;
    const known = new KnownRecords(new SharedArrayBuffer((slots * slotSize + 1) * 4));
    known.#slots[slots * slotSize] = rejectsFrom;
    for (let at = 0; at < count; at++) known.#add(digests.subarray(digestBytes * at, digestBytes * (at + 1)), at);
    return known;
  }

  #add(digest: Uint8Array, stored: number): void {
    const [a, b, c, d] = wordsOf(digest);
    if ((a | b | c | d) === 0) return;
    const mask = this.#mask;
    let slot = b & mask;
    while (this.#slots[slot * slotSize + 4] !== 0) slot = (slot + 1) & mask;
    this.#slots.set([a, b, c, d, stored + 1], slot * slotSize);
  }

  /** Returns true if the record with this number was rejected. */
  isRejected(number: number): boolean {
    return number >= (this.#slots[this.#slots.length - 1] ?? 0);
  }

  /** Returns the number of the record, or -1. */
  find(digest: Uint8Array): number {
    const slots = this.#slots;
    const [a, b, c, d] = wordsOf(digest);
    const mask = this.#mask;
    for (let slot = b & mask; ; slot = (slot + 1) & mask) {
      const at = slot * slotSize;
      const found = slots[at + 4] ?? 0;
      if (found === 0) return -1;
      if (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c && slots[at + 3] === d) return found - 1;
    }
  }
}

function wordsOf(digest: Uint8Array): [number, number, number, number] {
  const view = new DataView(digest.buffer, digest.byteOffset, digestBytes);
  return [view.getInt32(0), view.getInt32(4), view.getInt32(8), view.getInt32(12)];
}

/**
 * Recognises records by their bytes. `mapping` is the fingerprint of connector, terms and normaliser: without it the same bytes may give
 * another aid.
 */
export class BytesMemory implements RecordMemory {
  readonly #prefixes = new Map<string, Uint8Array>();

  constructor(
    private readonly mapping: string,
    private readonly known: KnownRecords,
  ) {}

  digestOf(record: Uint8Array, signature: string): Uint8Array {
    const prefix = this.#prefixOf(signature);
    const digest = hash("sha256", record, "buffer").subarray(0, digestBytes);
    for (let index = 0; index < digestBytes; index++) digest[index] = (digest[index] ?? 0) ^ (prefix[index] ?? 0);
    return digest;
  }

  find(digest: Uint8Array): number {
    return this.known.find(digest);
  }

  #prefixOf(signature: string): Uint8Array {
    const known = this.#prefixes.get(signature);
    if (known !== undefined) return known;
    const prefix = hash("sha256", `${this.mapping}\u001e${signature}`, "buffer");
    this.#prefixes.set(signature, prefix);
    return prefix;
  }
}

/** Returns a digest as it is stored: 128 bits, base64url. */
export function recordHashOf(digest: Uint8Array): string {
  return Buffer.from(digest.buffer, digest.byteOffset, digestBytes).toString("base64url");
}

/** Returns a digest as `Rejection.hash`. */
export function rejectionHashOf(digest: Uint8Array): string {
  return Buffer.from(digest.buffer, digest.byteOffset, digestBytes).toString("hex");
}
