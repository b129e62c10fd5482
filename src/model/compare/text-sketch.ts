/** Number of buckets in a sketch. Sixteen estimate the overlap well enough and take 64 bytes. */
export const sketchSize = 16;
/** Number of words per run. Single words are not used, because all texts about aids have the same words. */
const shingle = 3;

/**
 * Returns a sketch of a text (one-permutation MinHash). The hash of each run of three words goes into one of 16 buckets. Each bucket keeps
 * its smallest number; an empty one has −1. Two texts with half of their runs in common share about half of these numbers.
 */
export function sketchOf(words: readonly string[]): number[] {
  const hashes = words.map(hashOf);
  const sketch = new Array<number>(sketchSize).fill(-1);
  for (let first = 0; first + shingle <= hashes.length; first++) {
    let mixed = 0;
    for (let word = first; word < first + shingle; word++) mixed = stirred(mixed ^ (hashes[word] ?? 0));
    const bucket = mixed % sketchSize;
    const rank = Math.floor(mixed / sketchSize);
    const smallest = sketch[bucket] ?? -1;
    if (smallest === -1 || rank < smallest) sketch[bucket] = rank;
  }
  return sketch;
}

/** Estimates the share of common word runs, 0 to 1. Returns null if a sketch is empty. */
export function sketchOverlap(a: readonly number[], b: readonly number[]): number | null {
  if (a.length === 0 || b.length === 0) return null;
  let filled = 0;
  let equal = 0;
  for (const [bucket, rank] of a.entries()) {
    const other = b[bucket];
    if (rank === -1 && other === -1) continue;
    filled++;
    if (rank === other) equal++;
  }
  return filled === 0 ? null : equal / filled;
}

/** Returns the FNV-1a hash of a word. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash;
}

/** Mixes the bits of a number (finaliser of MurmurHash3). Returns an unsigned 32-bit number. */
function stirred(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
