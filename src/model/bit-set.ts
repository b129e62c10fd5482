/** Returns a set of `size` bits as hexadecimal digits, most significant first; bit `i` is set if `isSet(i)`. */
export function bitSet(size: number, isSet: (index: number) => boolean): string {
  let hexadecimal = "";
  for (let first = Math.floor((size - 1) / 4) * 4; first >= 0; first -= 4) {
    let digit = 0;
    for (let bit = 0; bit < 4 && first + bit < size; bit++) if (isSet(first + bit)) digit |= 1 << bit;
    if (digit !== 0 || hexadecimal !== "") hexadecimal += digit.toString(16);
  }
  return hexadecimal === "" ? "0" : hexadecimal;
}

/** Counts set bits over many bit sets. Keeps one number per different set until the counts are read. */
export class BitCounts {
  readonly #patterns = new Map<string, number>();
  readonly #counts: number[] = [];

  add(bits: string, count = 1): void {
    this.#patterns.set(bits, (this.#patterns.get(bits) ?? 0) + count);
    if (this.#patterns.size > maxPatterns) this.#unfold();
  }

  /** Returns how many of the added sets have this bit. */
  of(index: number): number {
    if (this.#patterns.size > 0) this.#unfold();
    return this.#counts[index] ?? 0;
  }

  #unfold(): void {
    for (const [pattern, count] of this.#patterns) {
      let bits = BigInt(`0x${pattern}`);
      for (let i = 0; bits !== 0n; i++, bits >>= 1n) {
        if ((bits & 1n) === 1n) this.#counts[i] = (this.#counts[i] ?? 0) + count;
      }
    }
    this.#patterns.clear();
  }
}

/** Records have few different patterns, but a hostile feed may have one per record. */
const maxPatterns = 2000;
