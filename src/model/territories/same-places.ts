import { findPerimeter } from "./find-perimeter.ts";
import { successorsOf } from "./former-territories.ts";
import { distinctPlaces, type PerimeterRef } from "./perimeter.ts";

/** Returns a territory, with the current territories that replace it if it is a former one. All cover the same places. */
export function samePlaces(ref: PerimeterRef): readonly PerimeterRef[] {
  const today = findPerimeter(ref)?.perimeter ?? ref;
  return distinctPlaces([ref, today, ...successorsOf(ref)].map(({ scale, code }) => ({ scale, code })));
}
