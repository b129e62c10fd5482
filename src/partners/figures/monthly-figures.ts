import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { DelayCount, MonthMoves, MonthReport } from "../../catalogue/publishers/figures-repository.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { type Measured, scoreOf } from "../letters/score.ts";
import { lastMonths, monthBegins } from "./paris-months.ts";

const monthsShown = 12;

/** Reads the figures of the last `count` months, the current one included, oldest first. `connectors`: null for all. */
export async function readMonthlyFigures(
  { figures }: Pick<Catalogue, "figures">,
  connectors: readonly string[] | null,
  now: Date,
  count: number = monthsShown,
): Promise<readonly MonthFigures[]> {
  const months = lastMonths(now, count);
  const range = { from: monthBegins(months[0] ?? ""), today: parisDay(now), connectors };
  const [onSite, moves, expired, delays, reports] = await Promise.all([
    figures.onSite(range),
    figures.moves(range),
    figures.expired(range),
    figures.delays(range),
    figures.reports(range),
  ]);
  return monthlyFigures({ months, onSite, moves, expired, delays, reports });
}

/** Counts from which monthly figures are computed, for one publisher or for all. */
export interface FiguresGiven {
  /** `YYYY-MM`, oldest first, without gaps; the last is the current month. */
  readonly months: readonly string[];
  /** Aids on the site now. */
  readonly onSite: number;
  readonly moves: readonly MonthMoves[];
  readonly expired: ReadonlyMap<string, number>;
  readonly delays: readonly DelayCount[];
  readonly reports: readonly MonthReport[];
}

/** Calendar days between the date at the source and the publication of aids. */
interface Delay {
  readonly median: number;
  /** 90th percentile. */
  readonly ninetieth: number;
  /** Number of measured aids whose date at the source is their `sourceUpdatedDate`, and number of those that use `startDate`. */
  readonly bySourceUpdatedDate: number;
  readonly byStartDate: number;
}

/** Figures of one month (Paris time). They count published aids only. */
export interface MonthFigures extends MonthMoves {
  /** Aids whose deadline passed in the month. */
  readonly expired: number;
  /** Aids on the site at the end of the month, or now for the current month. */
  readonly onSite: number;
  /** Score as in letters, 0 to 100; for several connectors, the mean weighted by records. Null without any report. */
  readonly score: number | null;
  /** Delay of the aids first published in the month; null if none has a date at the source. */
  readonly delay: Delay | null;
  /** Aids first published in the month without a date at the source. */
  readonly withoutDelay: number;
}

/** Returns the figures of each month, oldest first. Counts of past months are computed backwards from the current count. */
export function monthlyFigures({ months, onSite, moves, expired, delays, reports }: FiguresGiven): readonly MonthFigures[] {
  const movesOf = new Map(moves.map((one) => [one.month, one]));
  const figures: MonthFigures[] = [];
  let then = onSite;
  for (const month of [...months].reverse()) {
    const { entered = 0, left = 0, updated = 0 } = movesOf.get(month) ?? {};
    const own = delays.filter((one) => one.month === month);
    figures.unshift({
      month,
      entered,
      left,
      updated,
      expired: expired.get(month) ?? 0,
      onSite: then,
      score: scoreAt(month, reports),
      delay: delayOf(own),
      withoutDelay: sum(own.filter(({ days }) => days === null)),
    });
    then -= entered - left;
  }
  return figures;
}

/** Uses the last report of each connector at the end of the month. */
function scoreAt(month: string, reports: readonly MonthReport[]): number | null {
  const last = new Map<string, MonthReport>();
  for (const report of reports) {
    const known = last.get(report.connector);
    if (report.month <= month && (known === undefined || known.month <= report.month)) last.set(report.connector, report);
  }
  let [records, points] = [0, 0];
  for (const { measured } of last.values()) {
    const { counts } = measured as Measured;
    const score = scoreOf(measured as Measured);
    if (score === null) continue;
    records += counts.valid + counts.rejected;
    points += score * (counts.valid + counts.rejected);
  }
  return records === 0 ? null : Math.floor(points / records);
}

function delayOf(counts: readonly DelayCount[]): Delay | null {
  const measured = counts.flatMap(({ days, aids }) => (days === null ? [] : [{ days, aids }])).sort((a, b) => a.days - b.days);
  if (measured.length === 0) return null;
  return {
    median: atShare(measured, 0.5),
    ninetieth: atShare(measured, 0.9),
    bySourceUpdatedDate: sum(counts.filter(({ basis }) => basis === "sourceUpdatedDate")),
    byStartDate: sum(counts.filter(({ basis }) => basis === "startDate")),
  };
}

/** Returns the quantile: the smallest number of days that this share of the aids did not exceed. */
function atShare(sorted: readonly { readonly days: number; readonly aids: number }[], share: number): number {
  const wanted = sum(sorted) * share;
  let seen = 0;
  for (const { days, aids } of sorted) {
    seen += aids;
    if (seen >= wanted) return days;
  }
  return sorted.at(-1)?.days ?? 0;
}

function sum(counts: readonly { readonly aids: number }[]): number {
  return counts.reduce((total, { aids }) => total + aids, 0);
}
