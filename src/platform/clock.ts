/** What time it is. The pure stages never ask: they are told. */
export interface Clock {
  /** Now, or the instant that the operator fixed. */
  now(): Date;
  /** The fixed instant, said in reports; null where the clock is real. */
  readonly fixed: string | null;
  /** Milliseconds that go on whatever the clock says, for durations. */
  elapsed(): number;
}

/** A clock that stands at `fixedNow` (ISO instant), or the machine's. */
export function createClock(fixedNow: string | null): Clock {
  const fixed = fixedNow === null ? null : new Date(fixedNow);
  return { now: () => (fixed === null ? new Date() : new Date(fixed)), fixed: fixedNow, elapsed: () => performance.now() };
}
