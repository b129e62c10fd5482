import { type CronExpression, CronExpressionParser } from "cron-parser";
import type { Connector } from "../../kit/definition.ts";
import { patternOf } from "./pattern.ts";

const dayInMs = 86_400_000;
/** Ten years: 29 February comes before that, 30 February never does. */
const longestWaitInMs = 3653 * dayInMs;

/**
 * The last time, at or before `at` and no more than a day ago, at which a connector was to run; null where there was none, or it has no schedule.
 * Worked out, never stored: a connector that is taken away, paused or changed has no schedule left behind.
 */
export function lastDue(connector: Connector, at: Date): Date | null {
  const pattern = patternOf(connector);
  return pattern === null ? null : lastTime(pattern, at);
}

/** The next time after `after` at which a connector is to run; null where it has no schedule. */
export function nextDue(connector: Connector, after: Date): Date | null {
  const pattern = patternOf(connector);
  return pattern === null ? null : nextTime(pattern, after);
}

/** See `lastDue`; `pattern`: five cron fields, time in Paris. */
export function lastTime(pattern: string, at: Date): Date | null {
  const { last } = timesAround(pattern, at);
  return last === null || at.getTime() - last.getTime() > dayInMs ? null : last;
}

/** The times of a pattern next to each other between which it was asked for last: it is asked for again and again, for thousands of connectors. */
const lastAsked = new Map<string, { readonly from: Date; readonly last: Date | null; readonly next: Date }>();

function timesAround(pattern: string, at: Date): { readonly last: Date | null; readonly next: Date | null } {
  const known = lastAsked.get(pattern);
  if (known !== undefined && at >= known.from && at < known.next) return known;
  const start = noonBefore(at);
  let last: Date | null = null;
  for (const time of timesFrom(start, pattern)) {
    if (time > at) {
      // What lies before the start is not known: it may be the last time of the day after it.
      const found = { from: last ?? new Date(start.getTime() + dayInMs), last, next: time };
      lastAsked.set(pattern, found);
      return found;
    }
    last = time;
  }
  return { last, next: null };
}

/** See `nextDue`. */
export function nextTime(pattern: string, after: Date): Date | null {
  return timesAround(pattern, after).next;
}

/**
 * Times are always counted from a noon: begun within the hour that comes twice in October, cron-parser gives the second 02:30 where it gives the first
 * one otherwise, and backwards it misses the 02:30 that becomes 03:30 in March.
 */
function* timesFrom(start: Date, pattern: string): Generator<Date> {
  const times = timesOf(pattern, start);
  while (times?.hasNext()) {
    const time = times.next().toDate();
    if (time.getTime() - start.getTime() > longestWaitInMs) return;
    yield time;
  }
}

/** Undefined for a pattern that cannot be read: the times of other connectors come all the same. */
function timesOf(pattern: string, start: Date): CronExpression | undefined {
  try {
    return CronExpressionParser.parse(pattern, { currentDate: start, tz: "Europe/Paris" });
  } catch {
    return undefined;
  }
}

/** Noon, UTC, of the day before yesterday. */
function noonBefore(at: Date): Date {
  return new Date(Math.floor(at.getTime() / dayInMs) * dayInMs - 1.5 * dayInMs);
}
