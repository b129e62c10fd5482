/** Source of the current time. */
export interface Clock {
  /** Returns the current time, or the fixed instant. */
  now(): Date;
  /** The fixed instant, shown in reports; null for the real clock. */
  readonly fixed: string | null;
  /** Returns monotonic milliseconds, for durations. */
  elapsed(): number;
}

/** Returns a clock fixed at `fixedNow` (ISO instant), or the machine's clock for null. */
export function createClock(fixedNow: string | null): Clock {
  const fixed = fixedNow === null ? null : new Date(fixedNow);
  return { now: () => (fixed === null ? new Date() : new Date(fixed)), fixed: fixedNow, elapsed: () => performance.now() };
}
