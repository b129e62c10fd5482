import { parisDay } from "../model/text/paris-day.ts";
import type { Visit } from "./visit.ts";

/** Computes figures of the whole catalogue. */
type Count<Counts> = (catalogue: Visit["catalogue"], now: Date) => Promise<Counts>;

/** Caches a slow count until an aid changes, a run is applied or the day in Paris changes. */
export function cachedUntilChange<Counts>(count: Count<Counts>): Count<Counts> {
  const kept = new WeakMap<Visit["catalogue"], { readonly then: string; readonly counts: Promise<Counts> }>();
  return async (catalogue, now) => {
    const then = `${await catalogue.coverage.position()} ${parisDay(now)}`;
    const known = kept.get(catalogue);
    if (known?.then === then) return known.counts;
    const counts = count(catalogue, now);
    kept.set(catalogue, { then, counts });
    counts.catch(() => kept.delete(catalogue));
    return counts;
  };
}
