import type { NationalCounts, TerritoryCounts } from "../../../catalogue/publishers/coverage-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { publisherStageLabel } from "../../../french/publishers.ts";
import { refOf } from "../../../kit/rules/perimeters.ts";
import type { Perimeter } from "../../../model/territories/perimeter.ts";
import { territoriesAround } from "../../../model/territories/perimeters.ts";
import { seedOfTerritory } from "../../../partners/listed-publishers.ts";
import { doubtWords, type PublisherDoubt } from "../publishers/publisher-stage.tsx";
import { type CoveragePlace, keyOf } from "./coverage-places.ts";
import { type CoverageState, coverageStateOf, coverageStates } from "./coverage-states.tsx";

/** Numbers of published aids that apply to a territory, one number for each scale of area. */
export interface AidCounts {
  /** Aids for France, Europe, the whole mainland or all overseas territories. */
  readonly wide: number;
  readonly regional: number;
  readonly departmental: number;
  readonly local: number;
  /** All aids except `wide`, each counted once. */
  readonly own: number;
}

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
export interface CoverageGiven {
  readonly places: readonly CoveragePlace[];
  readonly publishers: readonly CoveragePublisher[];
  readonly there: readonly TerritoryCounts[];
  readonly wide: readonly NationalCounts[];
}

/** Returns each territory with its publishers and aids, in the given order. */
export function coverageRows({ places, publishers, there, wide }: CoverageGiven): readonly CoverageRow[] {
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
  const stage = publisherStageLabel(authority.stage);
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
  return new Set([ref, ...territoriesAround(ref)].map(keyOf));
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
