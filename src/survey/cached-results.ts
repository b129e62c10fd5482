/** Returns the stored result for a key, or computes and stores it. */
export function once<Key, Result>(results: ResultsByKey<Key, Result>, key: Key, compute: () => Result): Result {
  const known = results.get(key);
  if (known !== undefined) return known;
  const result = compute();
  results.set(key, result);
  return result;
}

interface ResultsByKey<Key, Result> {
  get(key: Key): Result | undefined;
  set(key: Key, result: Result): unknown;
}

/** Caches the last results, because every step of a person reads the same file. Failures are not cached. */
export class Recent<Result> {
  readonly #kept = new Map<string, Promise<Result>>();

  constructor(private readonly maxKept = 4) {}

  get(key: string, make: () => Promise<Result>): Promise<Result> {
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const made = make();
    this.#kept.set(key, made);
    made.catch(() => this.#kept.delete(key));
    for (const old of [...this.#kept.keys()].slice(0, -this.maxKept)) this.#kept.delete(old);
    return made;
  }
}
