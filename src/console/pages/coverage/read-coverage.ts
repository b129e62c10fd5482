import { parisDay } from "../../../aid/paris-day.ts";
import { vocabularies } from "../../../aid/vocabularies.ts";
import type { AidsThere, WideAids } from "../../../catalogue/coverage-repository.ts";
import type { MonthMoves } from "../../../catalogue/figures-repository.ts";
import { monthBegins, parisMonth } from "../../figures/paris-months.ts";
import type { Visit } from "../../visit.ts";
import { type PublisherRow, readPublisherRows } from "../publishers/read-publisher-rows.ts";
import { coveragePlaces } from "./coverage-places.ts";
import { type CoverageRow, coverageRows } from "./coverage-rows.ts";

/** What the page and its files are made of. */
export interface Coverage {
  readonly rows: readonly CoverageRow[];
  readonly wide: readonly WideAids[];
  readonly publishers: readonly PublisherRow[];
  /** Of aids, since the month began in Paris. */
  readonly moves: Pick<MonthMoves, "entered" | "left">;
}

interface Counts {
  readonly there: readonly AidsThere[];
  readonly wide: readonly WideAids[];
  readonly moves: readonly MonthMoves[];
}

interface Counted {
  /** How far the index was, and when: what was counted then stays true until either moves on. */
  readonly then: string;
  readonly counts: Promise<Counts>;
}

const themes: Readonly<Record<string, string>> = Object.fromEntries(vocabularies.categories.map(({ slug, theme }) => [slug, theme]));
const noWide: WideAids = { theme: null, mainland: 0, overseas: 0, all: 0 };

/** What was counted last, by catalogue. */
const counted = new WeakMap<Visit["catalogue"], Counted>();

/** Who publishes where, and which aids hold there. */
export async function readCoverage(visit: Visit): Promise<Coverage> {
  const publishers = await readPublisherRows(visit);
  const { there, wide, moves } = await countedAids(visit);
  const given = wide.some(({ theme }) => theme === null) ? wide : [noWide, ...wide];
  const rows = coverageRows({ places: coveragePlaces(), publishers: publishers.map(({ publisher }) => publisher), there, wide: given });
  return { rows, wide: given, publishers, moves: moves[0] ?? { entered: 0, left: 0 } };
}

async function countedAids({ catalogue, now }: Visit): Promise<Counts> {
  const then = `${await catalogue.coverage.position()} ${parisDay(now)}`;
  const known = counted.get(catalogue);
  if (known?.then === then) return known.counts;
  const counts = countNow(catalogue, now);
  counted.set(catalogue, { then, counts });
  counts.catch(() => counted.delete(catalogue));
  return counts;
}

async function countNow({ coverage, figures }: Visit["catalogue"], now: Date): Promise<Counts> {
  const territories = coveragePlaces().map(({ key, region }) => ({ territory: key, region: region === key ? null : region }));
  const [{ there, wide }, moves] = await Promise.all([
    coverage.count(territories, themes),
    figures.moves({ from: monthBegins(parisMonth(now)), today: parisDay(now), connectors: null }),
  ]);
  return { there, wide, moves };
}
