import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { DelayCount, MonthMoves, MonthReport } from "../../catalogue/publishers/figures-repository.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { type Measured, scoreOf } from "../letters/score.ts";
import { lastMonths, monthBegins } from "./paris-months.ts";

/** Months of a page of figures. */
const monthsShown = 12;

/** Figures of the last months in Paris, oldest first, the one that goes on included: of these connectors, or of all (null). */
export async function readMonthlyFigures(
  { figures }: Pick<Catalogue, "figures">,
  connectors: readonly string[] | null,
  now: Date,
  count: number = monthsShown,
): Promise<readonly MonthFigures[]> {
  const months = lastMonths(now, count);
  const asked = { from: monthBegins(months[0] ?? ""), today: parisDay(now), connectors };
  const [onSite, moves, expired, delays, reports] = await Promise.all([
    figures.onSite(asked),
    figures.moves(asked),
    figures.expired(asked),
    figures.delays(asked),
    figures.reports(asked),
  ]);
  return monthlyFigures({ months, onSite, moves, expired, delays, reports });
}

/** What is known of the aids of a publisher, or of all, to make figures from. */
export interface FiguresGiven {
  /** `YYYY-MM`, oldest first, one after the other; the last one goes on. */
  readonly months: readonly string[];
  /** Aids on the site now. */
  readonly onSite: number;
  readonly moves: readonly MonthMoves[];
  readonly expired: ReadonlyMap<string, number>;
  readonly delays: readonly DelayCount[];
  readonly reports: readonly MonthReport[];
}

/** How long aids took from their day at the source to the site, in calendar days. */
interface Delay {
  readonly median: number;
  /** Nine aids in ten took no longer. */
  readonly ninetieth: number;
  /** Aids that were measured, by what was taken for the day at the source. */
  readonly bySourceUpdatedDate: number;
  readonly byStartDate: number;
}

/** Figures of a month of Paris. Aids are those on the site. */
export interface MonthFigures {
  /** `YYYY-MM` */
  readonly month: string;
  readonly entered: number;
  readonly left: number;
  readonly updated: number;
  /** Their deadline passed. */
  readonly expired: number;
  /** On the site at the end of the month, or now. */
  readonly onSite: number;
  /** 0 to 100, as letters have it; of several connectors the mean, weighed by records. Null where no report is known. */
  readonly score: number | null;
  /** Of the aids that were first published in the month; null where none has a day at the source. */
  readonly delay: Delay | null;
  /** Aids first published in the month of which no day at the source is known. */
  readonly withoutDelay: number;
}

/** The figures of each month, oldest first. What was on the site at the end of a month is what is there now without what came since. */
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

/** By the last report of each connector that was there by the end of the month. */
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

/** The smallest number of days that this share of the aids did not exceed. */
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
