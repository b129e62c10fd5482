import { parisDay } from "../model/text/paris-day.ts";
import type { Visit } from "./visit.ts";

/** Computes figures over the whole catalogue. `choices`: their subject; each combination has its own figures. */
type Count<Counts, Choices extends readonly unknown[]> = (catalogue: Visit["catalogue"], now: Date, ...choices: Choices) => Promise<Counts>;

/** Caches slow figures until an aid changes, a run is applied or the day in Paris changes. A large import counts once it is indexed. */
export function cachedUntilChange<Counts, Choices extends readonly unknown[]>(count: Count<Counts, Choices>): Count<Counts, Choices> {
  const cache = new WeakMap<Visit["catalogue"], { readonly version: string; readonly counts: Map<string, Promise<Counts>> }>();
  return async (catalogue, now, ...choices) => {
    await catalogue.search.bringIn();
    const version = `${await catalogue.coverage.position()} ${parisDay(now)}`;
    const stored = cache.get(catalogue);
    const current = stored?.version === version ? stored : { version, counts: new Map<string, Promise<Counts>>() };
    if (current !== stored) cache.set(catalogue, current);
    const key = JSON.stringify(choices);
    const cached = current.counts.get(key);
    if (cached !== undefined) return cached;
    const counts = count(catalogue, now, ...choices);
    current.counts.set(key, counts);
    counts.catch(() => current.counts.delete(key));
    return counts;
  };
}
