import type { NationalCounts, TerritoryCounts } from "../../../catalogue/publishers/coverage-repository.ts";
import type { MonthMoves } from "../../../catalogue/publishers/figures-repository.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { type Slug, vocabularies } from "../../../model/vocabularies.ts";
import { monthBegins, parisMonth } from "../../../partners/figures/paris-months.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import type { Visit } from "../../visit.ts";
import { type PublisherRow, readPublisherRows } from "../publishers/read-publisher-rows.ts";
import { coveragePlaces } from "./coverage-places.ts";
import { type CoverageRow, coverageRows } from "./coverage-rows.ts";

/** Data of the page and its files. */
export interface Coverage {
  readonly rows: readonly CoverageRow[];
  readonly wide: readonly NationalCounts[];
  readonly publishers: readonly PublisherRow[];
  /** Aids published and withdrawn since the start of the month in Paris. */
  readonly moves: Pick<MonthMoves, "entered" | "left">;
}

interface Counts {
  readonly there: readonly TerritoryCounts[];
  readonly wide: readonly NationalCounts[];
  readonly moves: readonly MonthMoves[];
}

const themes: Readonly<Record<string, string>> = Object.fromEntries(vocabularies.categories.map(({ slug, theme }) => [slug, theme]));
const noWide: NationalCounts = { theme: null, mainland: 0, overseas: 0, basins: 0, open: 0, all: 0 };

const countedAids = cachedUntilChange(countNow);

/** Reads the publishers of each territory, and its open aids for an audience, or for all. */
export async function readCoverage(visit: Visit, audience: Slug<"targetedAudiences"> | undefined): Promise<Coverage> {
  const publishers = await readPublisherRows(visit);
  const { there, wide, moves } = await countedAids(visit.catalogue, visit.now, audience);
  const given = wide.some(({ theme }) => theme === null) ? wide : [noWide, ...wide];
  const rows = coverageRows({
    places: coveragePlaces(),
    publishers: publishers.map(({ publisher, doubt }) => ({ ...publisher, doubt })),
    there,
    wide: given,
  });
  return { rows, wide: given, publishers, moves: moves[0] ?? { entered: 0, left: 0 } };
}

async function countNow(
  { coverage, figures }: Visit["catalogue"],
  now: Date,
  audience: Slug<"targetedAudiences"> | undefined,
): Promise<Counts> {
  const territories = coveragePlaces().map(({ key, region, isOverseas }) => ({
    territory: key,
    region: region === key ? null : region,
    isOverseas,
  }));
  const [{ there, wide }, moves] = await Promise.all([
    coverage.count(territories, themes, { openOn: parisDay(now), ...(audience !== undefined && { audience }) }),
    figures.moves({ from: monthBegins(parisMonth(now)), today: parisDay(now), connectors: null }),
  ]);
  return { there, wide, moves };
}
