import { parisDay } from "../model/text/paris-day.ts";
import type { Visit } from "./visit.ts";

/** Computes counts over the whole catalogue. */
type Count<Counts> = (catalogue: Visit["catalogue"], now: Date) => Promise<Counts>;

/** Caches a slow count until an aid changes, a run is applied or the day in Paris changes. */
export function cachedUntilChange<Counts>(count: Count<Counts>): Count<Counts> {
  const cache = new WeakMap<Visit["catalogue"], { readonly version: string; readonly counts: Promise<Counts> }>();
  return async (catalogue, now) => {
    const version = `${await catalogue.coverage.position()} ${parisDay(now)}`;
    const cached = cache.get(catalogue);
    if (cached?.version === version) return cached.counts;
    const counts = count(catalogue, now);
    cache.set(catalogue, { version, counts });
    counts.catch(() => cache.delete(catalogue));
    return counts;
  };
}
