/**
 * Runs `work` on each value, at most `limit` at once. Throws the first error, of the work or of `values`, once all started work has ended:
 * nothing may still use a transaction that is rolled back.
 */
export async function forEachConcurrently<T>(values: AsyncIterable<T>, limit: number, work: (value: T) => Promise<void>): Promise<void> {
  const going = new Set<Promise<void>>();
  const errors: unknown[] = [];
  try {
    for await (const value of values) {
      const one = work(value)
        .catch((error: unknown) => void errors.push(error))
        .finally(() => going.delete(one));
      going.add(one);
      if (going.size >= limit) await Promise.race(going);
      if (errors.length > 0) break;
    }
  } catch (error) {
    errors.push(error);
  }
  await Promise.all(going);
  if (errors.length > 0) throw errors[0];
}
