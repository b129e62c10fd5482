/** Interval for repeated errors, in milliseconds. */
const onceInMs = 30_000;

/**
 * Returns a function that reports an error at once, and repetitions of the same message once per `everyMs` with their number: a queue
 * without its server fails a hundred times a second. `say` gets the newest error and the number of unreported ones.
 */
export function throttledReports(say: (error: Error, more: number) => void, everyMs = onceInMs): (error: Error) => void {
  const kept = new Map<string, { newest: Error; more: number }>();
  const tellRest = (key: string) => {
    const rest = kept.get(key);
    if (rest === undefined || rest.more === 0) return kept.delete(key);
    say(rest.newest, rest.more);
    rest.more = 0;
    return wait(key);
  };
  const wait = (key: string) => setTimeout(tellRest, everyMs, key).unref();
  return (error) => {
    const key = `${error.name}: ${error.message}`;
    const same = kept.get(key);
    if (same !== undefined) {
      same.newest = error;
      same.more++;
      return;
    }
    say(error, 0);
    kept.set(key, { newest: error, more: 0 });
    wait(key);
  };
}
