/** How long the same trouble is said once, in milliseconds. */
const onceInMs = 30_000;

/**
 * Tells of an error at once, and of others with the same message only how many more came, once in `everyMs` while they come: a queue that has lost its server says so
 * a hundred times a second. `say`: the newest of them, and how many came since it was last said, of which nothing was told.
 */
export function saidSeldom(say: (error: Error, more: number) => void, everyMs = onceInMs): (error: Error) => void {
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
