import { hash } from "node:crypto";

/**
 * A compact set of external ids. It stores 64 bits of each id's SHA-256 in an open-addressed table and needs 12 to 24 bytes per id. The
 * probability of a collision among a million ids is one in 37 million.
 */
export class SeenIds {
  #high = new Uint32Array(1024);
  #low = new Uint32Array(1024);
  #size = 0;

  /** Adds an id. Returns false if the set already contains it. */
  add(id: string): boolean {
    return this.addKey(...keyOfId(id));
  }

  has(id: string): boolean {
    return this.hasKey(...keyOfId(id));
  }

  /** Adds an id by its key. Returns false if the set already contains it. */
  addKey(high: number, low: number): boolean {
    if (this.#size * 2 >= this.#high.length) this.#grow();
    if (!this.#insert(high, low)) return false;
    this.#size++;
    return true;
  }

  hasKey(high: number, low: number): boolean {
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

/** Returns the key of an id: 64 bits of its SHA-256. The upper half is never 0, which marks a free slot. */
export function keyOfId(id: string): [number, number] {
  const digest = hash("sha256", id, "buffer");
  return [digest.readUInt32BE(0) || 1, digest.readUInt32BE(4)];
}
