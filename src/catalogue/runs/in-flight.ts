/** Runs `work` on each value, at most `limit` at once, and waits for all. Throws the first error once all started work has ended. */
export async function forEachConcurrently<T>(values: AsyncIterable<T>, limit: number, work: (value: T) => Promise<void>): Promise<void> {
  const going = new Set<Promise<void>>();
  const errors: unknown[] = [];
  for await (const value of values) {
    const one = work(value)
      .catch((error: unknown) => void errors.push(error))
      .finally(() => going.delete(one));
    going.add(one);
    if (going.size >= limit) await Promise.race(going);
    if (errors.length > 0) break;
  }
  await Promise.all(going);
  if (errors.length > 0) throw errors[0];
}
