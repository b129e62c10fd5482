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

function timesAround(pattern: string, at: Date): { readonly last: Date | null; readonly next: Date | null } {
  const times = timesUntil(pattern, noonBefore(at), at);
  const place = times.findLastIndex((time) => time <= at);
  return { last: times[place] ?? null, next: times[place + 1] ?? null };
}

/** See `nextDue`. */
export function nextTime(pattern: string, after: Date): Date | null {
  return timesAround(pattern, after).next;
}

/** Returns the times after `since`, up to `until`. */
export function timesBetween(pattern: string, since: Date, until: Date): Date[] {
  return timesUntil(pattern, noonBefore(since), until).filter((time) => time > since && time <= until);
}

/** Times of a pattern that have been computed, and those that follow. */
interface DueTimes {
  readonly known: Date[];
  readonly following: Generator<Date>;
}

/** Noons whose due times are cached: those of today, and of the periods that a page or a digest covers. */
const noonsCached = 8;
/** Due times by noon and pattern. They are cached because computing one takes a millisecond, and thousands of connectors are checked again and again. */
const cache = new Map<number, Map<string, DueTimes>>();

/** Returns the times from a noon on, up to the first one after `until`. */
function timesUntil(pattern: string, noon: Date, until: Date): readonly Date[] {
  const { known, following } = cachedTimes(pattern, noon);
  while ((known.at(-1) ?? noon) <= until) {
    const { value, done } = following.next();
    if (done === true) break;
    known.push(value);
  }
  return known;
}

/** A pattern with one minute, and its other fields. */
const withMinute = /^([1-9]|[1-5]\d)( .*)/;

/**
 * Returns the times from a noon on. Those of a pattern with one minute follow from its full hours, because Paris changes its clocks at a
 * full hour, by one hour: a night of ten thousand connectors has 180 minutes, but three hours.
 */
function* timesFrom(noon: Date, pattern: string): Generator<Date> {
  const [, minute, fields] = withMinute.exec(pattern) ?? [];
  if (minute === undefined) return yield* computedTimes(noon, pattern);
  for (let until = noon, place = 0; ; place++) {
    const hour = timesUntil(`0${fields}`, noon, until)[place];
    if (hour === undefined) return;
    yield new Date(hour.getTime() + Number(minute) * 60_000);
    until = hour;
  }
}

function cachedTimes(pattern: string, noon: Date): DueTimes {
  const ofNoon = cache.get(noon.getTime()) ?? new Map<string, DueTimes>();
  const [oldest] = cache.keys();
  if (!cache.has(noon.getTime()) && cache.size === noonsCached && oldest !== undefined) cache.delete(oldest);
  cache.set(noon.getTime(), ofNoon);
  const times = ofNoon.get(pattern) ?? { known: [], following: timesFrom(noon, pattern) };
  ofNoon.set(pattern, times);
  return times;
}

/**
 * Counts times from a noon. Started within the hour that occurs twice in October, cron-parser returns the second 02:30 instead of the
 * first, and backwards it misses the 02:30 that becomes 03:30 in March.
 */
function* computedTimes(start: Date, pattern: string): Generator<Date> {
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
