import { parisDay } from "../model/text/paris-day.ts";
import type { Visit } from "./visit.ts";

/** Computes counts over the whole catalogue. `choice`: one of a few choices, of which each has its own counts. */
type Count<Counts, Choice> = (catalogue: Visit["catalogue"], now: Date, choice?: Choice) => Promise<Counts>;

/** Caches a slow count until an aid changes, a run is applied or the day in Paris changes. */
export function cachedUntilChange<Counts, Choice = never>(count: Count<Counts, Choice>): Count<Counts, Choice> {
  const cache = new WeakMap<Visit["catalogue"], { readonly version: string; readonly counts: Map<Choice | undefined, Promise<Counts>> }>();
  return async (catalogue, now, choice) => {
    const version = `${await catalogue.coverage.position()} ${parisDay(now)}`;
    const stored = cache.get(catalogue);
    const current = stored?.version === version ? stored : { version, counts: new Map<Choice | undefined, Promise<Counts>>() };
    if (current !== stored) cache.set(catalogue, current);
    const cached = current.counts.get(choice);
    if (cached !== undefined) return cached;
    const counts = count(catalogue, now, choice);
    current.counts.set(choice, counts);
    counts.catch(() => current.counts.delete(choice));
    return counts;
  };
}
