/**
 * Lets a worker's runs begin in the order in which they arrive. One that must run alone waits until the earlier ones have ended, and later
 * ones wait for it.
 */
export class AloneGate {
  readonly #earlier = new Set<Promise<unknown>>();
  #lastAlone: Promise<unknown> = Promise.resolve();

  /** Does `work` when it may begin. */
  pass<T>(alone: boolean, work: () => Promise<T>): Promise<T> {
    const before = alone ? Promise.allSettled([...this.#earlier]) : this.#lastAlone;
    const done = before.then(work);
    const ended = done.then(
      () => undefined,
      () => undefined,
    );
    this.#earlier.add(ended);
    void ended.then(() => this.#earlier.delete(ended));
    if (alone) this.#lastAlone = ended;
    return done;
  }
}
