import type { AidField } from "../../model/aid/aid.ts";
import type { GuardFinding } from "../../model/plan/guard.ts";
import type { DateFigures, RepeatedText } from "../../model/plan/staged-figures.ts";
import type { GuardFacts } from "./guard-facts.ts";
import { exceeding } from "./guard-thresholds.ts";

/** Figures of the values of a run's new and changed aids, or of all aids of a file. */
export type ValueFigures = Pick<GuardFacts, "repeated" | "dates">;

const maxExamples = 3;
/** Minimum dates of a field, those that are not on the first of a month, and their different days, to recognise a swap of day and month. */
const swap = { dates: 24, notFirst: 12, differentDays: 5 } as const;
const minConventional = 24;
const minExpired = 10;

/** Guards that check only values, and need no plan. */
export const valueGuards = {
  /** Somebody read the dates of this feed with day and month swapped, which loses every date after the twelfth. */
  "dates-month-first": ({ dates }: ValueFigures) => dates.flatMap(monthFirst),

  /** Many aids have the same text. */
  "content-repeated": ({ repeated }: ValueFigures) => repeated.flatMap(oftenRepeated),

  /** Every date is on the first day of a month or on 31 December: probably the feed has only months or years. */
  "dates-conventional": ({ dates }: ValueFigures) => dates.flatMap(conventional),

  /** Every deadline is past. */
  "deadlines-expired": ({ dates }: ValueFigures) => dates.flatMap(expired),
} as const;

/** Returns the findings of the guards that check only values. */
export function checkValues(figures: ValueFigures): GuardFinding[] {
  return Object.values(valueGuards).flatMap((guard) => guard(figures));
}

/**
 * Returns a finding if a field has dozens of dates and none is after the twelfth day of a month. Dates on the first of a month prove
 * nothing, because many publishers prefer them. If other days are random, 12 of them are all early once in 100,000 feeds.
 */
function monthFirst({ field, count, notFirst, afterTwelfth, differentDays, examples }: DateFigures): readonly GuardFinding[] {
  if (afterTwelfth > 0 || count < swap.dates || notFirst < swap.notFirst || differentDays < swap.differentDays) return [];
  const params = { of: count };
  return [{ code: "dates-month-first", field, found: notFirst, limit: swap.notFirst, examples: examples.slice(0, maxExamples), params }];
}

function oftenRepeated({ field, of, count, examples }: RepeatedText): readonly GuardFinding[] {
  const limit = repeatedLimit(field, of);
  if (count < limit) return [];
  return [{ code: "content-repeated", field, found: count, limit, examples: examples.slice(0, maxExamples), params: { of } }];
}

/** Returns the number of aids with the same text that is suspicious. Many publishers have one contact for almost all of their aids. */
function repeatedLimit(field: AidField, of: number): number {
  return field === "contact" ? Math.max(24, of) : Math.max(5, exceeding(of, 0.3));
}

function conventional({ field, count, conventional: found, examples }: DateFigures): readonly GuardFinding[] {
  if (count < minConventional || found < count) return [];
  return [{ code: "dates-conventional", field, found: count, limit: minConventional, examples: examples.slice(0, maxExamples) }];
}

function expired({ field, count, past, examples }: DateFigures): readonly GuardFinding[] {
  if (field !== "submissionDeadline" || past < count || count < minExpired) return [];
  return [{ code: "deadlines-expired", found: count, limit: minExpired, examples: examples.slice(0, maxExamples), params: {} }];
}
