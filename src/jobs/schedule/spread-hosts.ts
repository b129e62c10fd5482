/** Multiples of this fraction, without their integers, are spread evenly between 0 and 1. */
const goldenRatio = 0.618_033_988_75;

/**
 * Orders items so that those of each host are spread evenly over the whole list. Only one run fetches from a host at a time: a host with
 * thousands of feeds neither delays the others nor is left over at the end.
 */
export function spreadHosts<T>(items: readonly T[], hostOf: (item: T) => string | null): T[] {
  const byHost = new Map<string | null, T[]>();
  for (const item of items) {
    const host = hostOf(item);
    const others = byHost.get(host);
    if (others === undefined) byHost.set(host, [item]);
    else others.push(item);
  }
  const placed = [...byHost.values()].flatMap((ofHost, number) =>
    ofHost.map((item, index) => ({ item, place: (index + ((number * goldenRatio) % 1)) / ofHost.length })),
  );
  return placed.sort((a, b) => a.place - b.place).map(({ item }) => item);
}
