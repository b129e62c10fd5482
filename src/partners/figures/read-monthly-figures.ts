import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { type MonthFigures, monthlyFigures } from "./monthly-figures.ts";
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
