import type { AidsThere, WideAids } from "../../../catalogue/publishers/coverage-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { publisherStageLabel } from "../../../french/publishers.ts";
import { refOf } from "../../../kit/rules/perimeters.ts";
import type { Perimeter } from "../../../model/territories/perimeter.ts";
import { territoriesAround } from "../../../model/territories/perimeters.ts";
import { seedOfTerritory } from "../../../partners/listed-publishers.ts";
import { doubtWords, type PublisherDoubt } from "../publishers/publisher-stage.tsx";
import { type CoveragePlace, keyOf } from "./coverage-places.ts";
import { type CoverageState, coverageStateOf, coverageStates } from "./coverage-states.tsx";

/** Aids on the site that hold in a territory, by how wide they hold. */
export interface AidsHeld {
  /** In France, Europe, all of the mainland or all of overseas. */
  readonly wide: number;
  readonly regional: number;
  readonly departmental: number;
  readonly local: number;
  /** All but the wide ones, each once: what the publishers there bring. */
  readonly own: number;
}

/** Who has something to do with publishers. */
interface CoveragePublisher extends Pick<StoredPublisher, "publisherId" | "seed" | "name" | "kind" | "territory" | "stage"> {
  readonly doubt: PublisherDoubt | null;
}

/** A territory: how far one is with its authority, with whoever publishes in it, and which aids hold there. */
export interface CoverageRow extends CoveragePlace {
  /** Whose tasks are there: the regional council of a region… Null where nobody is listed. */
  readonly authority: CoveragePublisher | null;
  readonly state: CoverageState;
  /** Publishers of the territory and of what lies in it, its authority among them, by how far one is with them. */
  readonly publishers: Readonly<Record<CoverageState, number>>;
  /** By theme; null: all. */
  readonly aids: ReadonlyMap<string | null, AidsHeld>;
}

/** What coverage is made from. */
export interface CoverageGiven {
  readonly places: readonly CoveragePlace[];
  readonly publishers: readonly CoveragePublisher[];
  readonly there: readonly AidsThere[];
  readonly wide: readonly WideAids[];
}

/** Each place with its publishers and aids, in the order of the places. */
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
      aids: new Map(wide.map((one) => [one.theme, heldIn(place, one, thereOf.get(`${place.key} ${one.theme}`))])),
    };
  });
}

/** `refus, des aides restent en ligne`: the stage of who has the tasks of a territory, and what does not fit with its aids; null where nobody is listed. */
export function authorityWords({ authority }: CoverageRow): string | null {
  if (authority === null) return null;
  const stage = publisherStageLabel(authority.stage);
  return authority.doubt === null ? stage : `${stage}, ${doubtWords(authority.doubt)}`;
}

/** A department, which stands under its region. */
export function isPartOfRegion({ key, region, territory: { scale } }: CoveragePlace): boolean {
  return scale === "department" && region !== key;
}

/** How many publishers there are by how far one is with them. */
export function byState(publishers: readonly Pick<StoredPublisher, "stage">[]): Readonly<Record<CoverageState, number>> {
  const states = publishers.map(({ stage }) => coverageStateOf(stage));
  const counts = coverageStates.map((state) => [state, states.filter((one) => one === state).length]);
  return Object.fromEntries(counts) as Record<CoverageState, number>;
}

/** None on the site. */
const noAids: AidsHeld = { wide: 0, regional: 0, departmental: 0, local: 0, own: 0 };

/** Aids of a row, of a theme or of all (null). */
export function aidsOf({ aids }: CoverageRow, theme: string | null): AidsHeld {
  return aids.get(theme) ?? noAids;
}

function heldIn({ isOverseas }: CoveragePlace, wide: WideAids, there: AidsThere | undefined): AidsHeld {
  const { regional = 0, departmental = 0, local = 0, own = 0, leftOut = 0 } = there ?? {};
  return { wide: (isOverseas ? wide.overseas : wide.mainland) - leftOut, regional, departmental, local, own };
}

/** One that a person added, where none was listed. */
function isAuthorityOf({ kind, territory }: CoveragePublisher, { key, territory: { scale } }: CoveragePlace): boolean {
  return territory === key && (kind === scale || kind === "collectivity");
}

/** Keys of what a publisher's territory is and lies in. */
function placesAround({ territory }: CoveragePublisher): ReadonlySet<string> {
  const ref = territory === null ? undefined : refOf(territory);
  if (ref === undefined || wideScales.has(ref.scale)) return new Set();
  return new Set([ref, ...territoriesAround(ref)].map(keyOf));
}

/** They lie in no place of the map. */
const wideScales: ReadonlySet<Perimeter["scale"]> = new Set(["basin", "mainland", "overseas", "country", "continent"]);

/** Publishers that stand in no place of the map: ministries, agencies, basins… */
export function publishersOutsideMap<One extends { readonly publisher: Pick<StoredPublisher, "kind" | "territory"> }>(
  rows: readonly One[],
): readonly One[] {
  const ownPlace = new Set(["region", "department", "collectivity"]);
  return rows.filter(({ publisher: { kind, territory } }) => {
    const ref = territory === null ? undefined : refOf(territory);
    return !ownPlace.has(kind) || ref === undefined || wideScales.has(ref.scale);
  });
}

/** Key of a place, for the address of its publishers. */
export function addressOfPublishers(key: string): string {
  return `/producteurs?${new URLSearchParams({ territoire: key })}`;
}
