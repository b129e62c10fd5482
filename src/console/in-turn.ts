/** Who is last in each line. */
const lines = new Map<string, Promise<unknown>>();

/**
 * Does `work` once all that was asked before under the same key has ended, well or not: of a form that is sent twice, the second finds what the first did. Of this
 * process only.
 */
export function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const done = (lines.get(key) ?? Promise.resolve()).then(work);
  const settled = done.then(
    () => undefined,
    () => undefined,
  );
  lines.set(key, settled);
  void settled.then(() => {
    if (lines.get(key) === settled) lines.delete(key);
  });
  return done;
}
