import type { CountedAids, GuardFacts, PastRun } from "../../src/ingest/plan/guard-facts.ts";
import { aidFields } from "../../src/model/aid/aid.ts";
import type { DateFigures } from "../../src/model/plan/staged-figures.ts";

/** Returns a count with the examples `a1`, `a2`…. */
export function madeCount(count: number): CountedAids {
  return { count, examples: Array.from({ length: Math.min(count, 10) }, (_, i) => `a${i + 1}`) };
}

/** Returns the figures of 60 sound opening dates. */
export function madeDates(given: Partial<DateFigures> = {}): DateFigures {
  const sound = { count: 60, notFirst: 40, afterTwelfth: 24, differentDays: 20, conventional: 22, past: 30 };
  return { field: "startDate", ...sound, examples: ["a1 (2026-01-05)", "a2 (2026-02-11)"], ...given };
}

/** Returns the same fill rate for every field except the given ones. */
export function madeFillRates(rate: number, given: Readonly<Record<string, number>> = {}): Record<string, number> {
  return { ...Object.fromEntries(aidFields.map((field) => [field, rate])), ...given };
}

/** Returns an applied run of a week ago with 100 aids and no change. */
export function madePastRun(given: Partial<PastRun> = {}): PastRun {
  const usual = { day: "2026-11-18", received: 100, rejected: 0, valid: 100, created: 0, unmapped: 0 };
  return { ...usual, fillRates: madeFillRates(0.9), ...given };
}

/** Returns the facts of a feed of 100 known aids without changes, one week after the last one. No guard trips on them. */
export function madeFacts(given: Partial<GuardFacts> = {}): GuardFacts {
  const none = madeCount(0);
  return {
    received: 100,
    skipped: 0,
    rejected: 0,
    valid: 100,
    rejectedExamples: [],
    atLeast: null,
    isFirstRunOfDraft: false,
    inLastFeed: 100,
    gone: none,
    newIds: { ...none, renamed: 0 },
    fillRates: madeFillRates(0.9),
    lost: {},
    deadlines: { withDeadline: 0, past: none, closed: 0 },
    links: { compared: 100, moved: none },
    shape: { records: 100, filled: {} },
    neverSeen: [],
    isTable: false,
    fieldsOf: {},
    renames: [],
    shifts: {},
    decisions: [],
    unmapped: none,
    repeated: [],
    dates: [],
    elsewhere: null,
    past: [madePastRun()],
    undoneBefore: null,
    limits: {},
    ...given,
  };
}
