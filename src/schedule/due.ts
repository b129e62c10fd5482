import { type CronExpression, CronExpressionParser } from "cron-parser";
import type { Connector } from "../connector-kit/definition.ts";
import { patternOf } from "./pattern.ts";

const dayInMs = 86_400_000;

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
  let last: Date | null = null;
  for (const time of timesFrom(noonBefore(at), pattern)) {
    if (time > at) break;
    last = time;
  }
  return last === null || at.getTime() - last.getTime() > dayInMs ? null : last;
}

/** See `nextDue`. */
export function nextTime(pattern: string, after: Date): Date | null {
  for (const time of timesFrom(noonBefore(after), pattern)) if (time > after) return time;
  return null;
}

/**
 * Times are always counted from a noon: begun within the hour that comes twice in October, cron-parser gives the second 02:30 where it gives the first
 * one otherwise, and backwards it misses the 02:30 that becomes 03:30 in March.
 */
function* timesFrom(start: Date, pattern: string): Generator<Date> {
  const times = timesOf(pattern, start);
  while (times?.hasNext()) yield times.next().toDate();
}

/** Undefined for a day that no month has, as 30 February: that one never comes, and the times of other connectors do. */
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
