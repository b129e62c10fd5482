/** Numbers in a sketch: 16 tell half the words in common from all of them well enough, and cost 64 bytes. */
export const sketchSize = 16;
/** Words taken together: single words are the same in all texts on aids. */
const shingle = 3;

/**
 * A sketch of a text: its runs of three words fall into 16 buckets by their hash, each bucket keeps its smallest (one-permutation MinHash;
 * −1 where a bucket is empty). Two texts with half of their runs in common have about half of the numbers in common. Numbers fit 30 bits.
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

/** Share of the runs of words that two texts have in common, estimated, from 0 to 1; null where one has no sketch. */
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

/** FNV-1a. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash;
}

/** Spreads the bits of a number (the finaliser of MurmurHash3): not negative, 32 bits. */
function stirred(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
