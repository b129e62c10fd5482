import type { AidField } from "../aid/aid.ts";

/** The most frequent value of a text field among the new and changed aids of a run. `of`: aids that fill the field. */
export interface RepeatedText {
  readonly field: AidField;
  readonly count: number;
  readonly of: number;
  /** External ids. */
  readonly examples: readonly string[];
}

/** Figures of a date field among the new and changed aids of a run. */
export interface DateFigures {
  readonly field: AidField;
  readonly count: number;
  /** Dates that are not on the first day of a month. */
  readonly notFirst: number;
  /** Dates after the twelfth day of a month. */
  readonly afterTwelfth: number;
  /** Different days of the month from 2 to 31. */
  readonly differentDays: number;
  /** Dates on the first day of a month or on 31 December. */
  readonly conventional: number;
  /** Dates that are past today. */
  readonly past: number;
  /** External ids, each with its date in brackets. */
  readonly examples: readonly string[];
}
