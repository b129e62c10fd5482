import { hash } from "node:crypto";

/**
 * A set of external ids that stays small on a feed of a million records: 64 bits of the SHA-256 of each, in an open-addressed table
 * (about 12 to 24 bytes an id). Two different ids that share 64 bits would be taken for one: one chance in 37 million for a million ids.
 */
export class SeenIds {
  #high = new Uint32Array(1024);
  #low = new Uint32Array(1024);
  #size = 0;

  /** Adds an id; false where it was there already. */
  add(id: string): boolean {
    if (this.#size * 2 >= this.#high.length) this.#grow();
    const [high, low] = keyOf(id);
    if (!this.#insert(high, low)) return false;
    this.#size++;
    return true;
  }

  /** True where the id was added. */
  has(id: string): boolean {
    const [high, low] = keyOf(id);
    const mask = this.#high.length - 1;
    for (let slot = low & mask; this.#high[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#high[slot] === high && this.#low[slot] === low) return true;
    }
    return false;
  }

  #insert(high: number, low: number): boolean {
    const mask = this.#high.length - 1;
    let slot = low & mask;
    for (; this.#high[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#high[slot] === high && this.#low[slot] === low) return false;
    }
    this.#high[slot] = high;
    this.#low[slot] = low;
    return true;
  }

  #grow(): void {
    const high = this.#high;
    const low = this.#low;
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(low.length * 2);
    for (let slot = 0; slot < high.length; slot++) {
      if (high[slot] !== 0) this.#insert(high[slot] ?? 0, low[slot] ?? 0);
    }
  }
}

/** 64 bits of an id; the upper half is never 0, which marks a free slot. */
function keyOf(id: string): [number, number] {
  const digest = hash("sha256", id, "buffer");
  return [digest.readUInt32LE(0) || 1, digest.readUInt32LE(4)];
}
