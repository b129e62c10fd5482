import { type CronExpression, CronExpressionParser } from "cron-parser";
import type { Connector } from "../../kit/definition.ts";
import { patternOf } from "./pattern.ts";

const dayInMs = 86_400_000;
/** Ten years. 29 February occurs within this time; 30 February never does. */
const maxWaitInMs = 3653 * dayInMs;

/**
 * Returns a connector's last due time, at or before `at` and at most a day ago, or null. Computed, never stored, so a connector that is
 * removed, paused or changed leaves no schedule behind.
 */
export function lastDue(connector: Connector, at: Date): Date | null {
  const pattern = patternOf(connector);
  return pattern === null ? null : lastTime(pattern, at);
}

/** Returns a connector's next due time after `after`, or null without a schedule. */
export function nextDue(connector: Connector, after: Date): Date | null {
  const pattern = patternOf(connector);
  return pattern === null ? null : nextTime(pattern, after);
}

/** See `lastDue`. `pattern`: five cron fields, Paris time. */
export function lastTime(pattern: string, at: Date): Date | null {
  const { last } = timesAround(pattern, at);
  return last === null || at.getTime() - last.getTime() > dayInMs ? null : last;
}

/** Caches the due times next to an instant, by pattern, because thousands of connectors are checked again and again. */
const lastAsked = new Map<string, { readonly from: Date; readonly last: Date | null; readonly next: Date }>();

function timesAround(pattern: string, at: Date): { readonly last: Date | null; readonly next: Date | null } {
  const known = lastAsked.get(pattern);
  if (known !== undefined && at >= known.from && at < known.next) return known;
  const start = noonBefore(at);
  let last: Date | null = null;
  for (const time of timesFrom(start, pattern)) {
    if (time > at) {
      // Times before `start` are unknown, but they are too old for instants from a day after `start`.
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

/** Returns the times after `since`, up to `until`. */
export function timesBetween(pattern: string, since: Date, until: Date): Date[] {
  const found: Date[] = [];
  for (const time of timesFrom(noonBefore(since), pattern)) {
    if (time > until) break;
    if (time > since) found.push(time);
  }
  return found;
}

/**
 * Counts times from a noon. Started within the hour that occurs twice in October, cron-parser returns the second 02:30 instead of the
 * first, and backwards it misses the 02:30 that becomes 03:30 in March.
 */
function* timesFrom(start: Date, pattern: string): Generator<Date> {
  const times = timesOf(pattern, start);
  while (times?.hasNext()) {
    const time = times.next().toDate();
    if (time.getTime() - start.getTime() > maxWaitInMs) return;
    yield time;
  }
}

/** Parses a pattern. Returns undefined for an invalid one, so that other connectors still run. */
function timesOf(pattern: string, start: Date): CronExpression | undefined {
  try {
    return CronExpressionParser.parse(pattern, { currentDate: start, tz: "Europe/Paris" });
  } catch {
    return undefined;
  }
}

/** Returns noon, UTC, of the day before yesterday. */
function noonBefore(at: Date): Date {
  return new Date(Math.floor(at.getTime() / dayInMs) * dayInMs - 1.5 * dayInMs);
}
