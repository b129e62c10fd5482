import type { Perimeter } from "../perimeter.ts";
import { distinctPlaces, placeKey } from "../perimeter.ts";
import type { EditionComparison } from "./compare-editions.ts";
import { namedIn, viewEdition } from "./edition-view.ts";

/** The territories of a list in a new edition. */
export interface TranslatedTerritories {
  /** As a feed with the same territories is read with the new edition. */
  readonly read: readonly Perimeter[];
  /** The same places as before: also the communes that have become independent. */
  readonly meant: readonly Perimeter[];
}

/** Returns a function that translates lists of territories. It returns null for a list that the edition does not change. */
export function territoryTranslation({
  edition,
  changes,
}: EditionComparison): (list: readonly Perimeter[]) => TranslatedTerritories | null {
  const view = viewEdition(edition);
  const former = new Map(edition.former.map(({ scale, code, by }) => [`${scale}:${code}`, by]));
  const reduced = new Map(changes.flatMap(({ kind, territory, by }) => (kind === "reduced" ? [[placeKey(territory), by] as const] : [])));
  const readOf = (territory: Perimeter): readonly Perimeter[] => {
    const now = namedIn(view, territory);
    if (now !== undefined) return [now];
    const successor = territory.scale === "commune" ? view.communes.successors.get(territory.code) : undefined;
    const refs = former.get(placeKey(territory)) ?? (successor === undefined ? [] : [{ scale: "commune" as const, code: successor }]);
    const found = refs.flatMap((ref) => namedIn(view, ref) ?? []);
    return found.length === 0 ? [territory] : found;
  };
  return (list) => {
    const read = distinctPlaces(list.flatMap(readOf));
    const meant = distinctPlaces(list.flatMap((territory) => reduced.get(placeKey(territory)) ?? readOf(territory)));
    return areSame(list, meant) && areSame(list, read) ? null : { read, meant };
  };
}

function areSame(a: readonly Perimeter[], b: readonly Perimeter[]): boolean {
  return a.length === b.length && a.every((one, at) => placeKey(one) === placeKey(b[at] ?? one) && one.name === b[at]?.name);
}
