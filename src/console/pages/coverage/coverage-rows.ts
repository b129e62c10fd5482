import type { NationalCounts, TerritoryCounts } from "../../../catalogue/publishers/coverage-repository.ts";
import type { MonthMoves } from "../../../catalogue/publishers/figures-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { publisherStageLabels } from "../../../french/publishers.ts";
import { refOf } from "../../../kit/rules/perimeters.ts";
import type { Perimeter } from "../../../model/territories/perimeter.ts";
import { placeKey } from "../../../model/territories/perimeter.ts";
import { territoriesAround } from "../../../model/territories/perimeters.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { type Slug, vocabularies } from "../../../model/vocabularies.ts";
import { monthBegins, parisMonth } from "../../../partners/figures/paris-months.ts";
import { seedOfTerritory } from "../../../partners/listed-publishers.ts";
import { cachedUntilChange } from "../../cached-until-change.ts";
import type { Visit } from "../../visit.ts";
import { doubtWords, type PublisherDoubt } from "../publishers/publisher-stage.tsx";
import { type PublisherRow, readPublisherRows } from "../publishers/read-publisher-rows.ts";
import { type CoveragePlace, coveragePlaces } from "./coverage-places.ts";
import { type CoverageState, coverageStateOf, coverageStates } from "./coverage-states.tsx";

/** Numbers of published aids that apply to a territory, one number for each scale of area. */
interface AidCounts extends Pick<TerritoryCounts, "regional" | "departmental" | "local" | "own"> {
  /** Aids for France, Europe, the whole mainland or all overseas territories. */
  readonly wide: number;
}

/** The scales of the counts, with what their aids are called. */
export const aidScales = [
  ["wide", "nationales ou européennes"],
  ["regional", "régionales"],
  ["departmental", "départementales"],
  ["local", "locales"],
] as const;

/** The fields of a publisher that the coverage needs. */
interface CoveragePublisher extends Pick<StoredPublisher, "publisherId" | "seed" | "name" | "kind" | "territory" | "stage"> {
  readonly doubt: PublisherDoubt | null;
}

/** A territory with its authority, its publishers and its aids. */
export interface CoverageRow extends CoveragePlace {
  /** The authority, for example the regional council. Null if it is not in the list of publishers. */
  readonly authority: CoveragePublisher | null;
  readonly state: CoverageState;
  /** Number of publishers in the territory by state, including its authority. */
  readonly publishers: Readonly<Record<CoverageState, number>>;
  /** Counts by theme; the key null counts all aids. */
  readonly aids: ReadonlyMap<string | null, AidCounts>;
}

/** Input of `coverageRows`. */
interface CoverageGiven {
  readonly places: readonly CoveragePlace[];
  readonly publishers: readonly CoveragePublisher[];
  readonly there: readonly TerritoryCounts[];
  readonly wide: readonly NationalCounts[];
}

/** Returns each territory with its publishers and aids, in the given order. */
function coverageRows({ places, publishers, there, wide }: CoverageGiven): readonly CoverageRow[] {
  const bySeed = new Map(publishers.flatMap((one) => (one.seed === null ? [] : [[one.seed, one] as const])));
  const around = new Map(publishers.map((one) => [one, placesAround(one)]));
  const thereOf = new Map(there.map((one) => [`${one.territory} ${one.theme}`, one]));
  return places.map((place) => {
    const authority = bySeed.get(seedOfTerritory(place.key)) ?? publishers.find((one) => isAuthorityOf(one, place)) ?? null;
    const own = publishers.filter((one) => one === authority || around.get(one)?.has(place.key));
    return {
      ...place,
      authority,
      state: coverageStateOf(authority?.stage ?? null),
      publishers: byState(own),
      aids: new Map(wide.map((one) => [one.theme, countsOf(place, one, thereOf.get(`${place.key} ${one.theme}`))])),
    };
  });
}

/** Returns the stage of a territory's authority, with a contradiction if any: `refus, des aides restent en ligne`. Null without authority. */
export function authorityLabel({ authority }: CoverageRow): string | null {
  if (authority === null) return null;
  const stage = publisherStageLabels[authority.stage];
  return authority.doubt === null ? stage : `${stage}, ${doubtWords[authority.doubt]}`;
}

/** Returns true for a department listed under its region. */
export function isPartOfRegion({ key, region, territory: { scale } }: CoveragePlace): boolean {
  return scale === "department" && region !== key;
}

/** Counts publishers by state. */
export function byState(publishers: readonly Pick<StoredPublisher, "stage">[]): Readonly<Record<CoverageState, number>> {
  const states = publishers.map(({ stage }) => coverageStateOf(stage));
  const counts = coverageStates.map((state) => [state, states.filter((one) => one === state).length]);
  return Object.fromEntries(counts) as Record<CoverageState, number>;
}

const noAids: AidCounts = { wide: 0, regional: 0, departmental: 0, local: 0, own: 0 };

/** Returns the counts of a row for a theme, or for all aids (null). */
export function aidsOf({ aids }: CoverageRow, theme: string | null): AidCounts {
  return aids.get(theme) ?? noAids;
}

function countsOf({ isOverseas }: CoveragePlace, wide: NationalCounts, there: TerritoryCounts | undefined): AidCounts {
  const { regional = 0, departmental = 0, local = 0, own = 0, leftOut = 0 } = there ?? {};
  return { wide: (isOverseas ? wide.overseas : wide.mainland) - leftOut, regional, departmental, local, own };
}

/** Returns true for an authority that a person added by hand. */
function isAuthorityOf({ kind, territory }: CoveragePublisher, { key, territory: { scale } }: CoveragePlace): boolean {
  return territory === key && (kind === scale || kind === "collectivity");
}

/** Returns the keys of a publisher's territory and of the territories that contain it. */
function placesAround({ territory }: CoveragePublisher): ReadonlySet<string> {
  const ref = territory === null ? undefined : refOf(territory);
  if (ref === undefined || wideScales.has(ref.scale)) return new Set();
  return new Set([ref, ...territoriesAround(ref)].map(placeKey));
}

/** Scales outside the map. */
const wideScales: ReadonlySet<Perimeter["scale"]> = new Set(["basin", "mainland", "overseas", "country", "continent"]);

/** Returns the publishers outside the map: ministries, agencies, basins… */
export function publishersOutsideMap<One extends { readonly publisher: Pick<StoredPublisher, "kind" | "territory"> }>(
  rows: readonly One[],
): readonly One[] {
  const ownPlace = new Set(["region", "department", "collectivity"]);
  return rows.filter(({ publisher: { kind, territory } }) => {
    const ref = territory === null ? undefined : refOf(territory);
    return !ownPlace.has(kind) || ref === undefined || wideScales.has(ref.scale);
  });
}

/** Returns the URL of the publishers of a territory. */
export function addressOfPublishers(key: string): string {
  return `/producteurs?${new URLSearchParams({ territoire: key })}`;
}

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
