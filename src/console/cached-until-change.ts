import { parisDay } from "../model/text/paris-day.ts";
import type { Visit } from "./visit.ts";

/** What counts a whole catalogue. */
type Count<Counts> = (catalogue: Visit["catalogue"], now: Date) => Promise<Counts>;

/** The same, counted once as long as no aid changes, no run is applied and the day in Paris goes on: what takes a second is not counted for every look. */
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
