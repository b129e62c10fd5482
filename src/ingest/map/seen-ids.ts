import { hash } from "node:crypto";

/**
 * A compact set of external ids. It stores 64 bits of each id's SHA-256 in an open-addressed table and needs 12 to 24 bytes per id. The
 * probability of a collision among a million ids is one in 37 million.
 */
export class SeenIds {
  /** Two numbers per slot: the key of an id, or zeros. */
  #slots: Uint32Array;
  #size = 0;

  /** `slots`: those of another set, which this one becomes. */
  constructor(slots: Uint32Array = new Uint32Array(2 * 1024)) {
    this.#slots = slots;
    for (let at = 0; at < slots.length; at += 2) if (slots[at] !== 0) this.#size++;
  }

  /** The contents, as plain data for a thread. */
  get slots(): Uint32Array {
    return this.#slots;
  }

  /** Adds an id. Returns false if the set already contains it. */
  add(id: string): boolean {
    return this.addKey(...keyOfId(id));
  }

  has(id: string): boolean {
    return this.hasKey(...keyOfId(id));
  }

  /** Adds an id by its key. Returns false if the set already contains it. */
  addKey(high: number, low: number): boolean {
    if (this.#size * 4 >= this.#slots.length) this.#grow();
    const at = this.#find(high, low);
    if (this.#slots[at] !== 0) return false;
    this.#slots[at] = high;
    this.#slots[at + 1] = low;
    this.#size++;
    return true;
  }

  hasKey(high: number, low: number): boolean {
    return this.#slots[this.#find(high, low)] !== 0;
  }

  /** Returns the place of a key, or the free place where it belongs. */
  #find(high: number, low: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = (2 * low) & mask;
    while (slots[at] !== 0 && (slots[at] !== high || slots[at + 1] !== low)) at = (at + 2) & mask;
    return at;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(before.length * 2);
    for (let from = 0; from < before.length; from += 2) {
      const high = before[from] ?? 0;
      if (high !== 0) this.#slots.set([high, before[from + 1] ?? 0], this.#find(high, before[from + 1] ?? 0));
    }
  }
}

/** Returns the key of an id: 64 bits of its SHA-256. The upper half is never 0, which marks a free slot. */
export function keyOfId(id: string): [number, number] {
  return keyOfDigest(hash("sha256", id, "buffer"));
}

/** Returns the key of a digest: its first 64 bits. The upper half is never 0. */
export function keyOfDigest(digest: Uint8Array): [number, number] {
  return [wordAt(digest, 0) || 1, wordAt(digest, 4)];
}

/** Returns the unsigned number that four bytes contain, most significant first. */
function wordAt(bytes: Uint8Array, at: number): number {
  const byte = (offset: number) => bytes[at + offset] ?? 0;
  return ((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) >>> 0;
}
