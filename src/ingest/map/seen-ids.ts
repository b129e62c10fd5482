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
    if (this.#size * 2 >= this.#high.length) this.#grow();
    const [high, low] = keyOf(id);
    if (!this.#insert(high, low)) return false;
    this.#size++;
    return true;
  }

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

/** Returns 64 bits of an id. The upper half is never 0, which marks a free slot. */
function keyOf(id: string): [number, number] {
  const digest = hash("sha256", id, "buffer");
  return [digest.readUInt32LE(0) || 1, digest.readUInt32LE(4)];
}
