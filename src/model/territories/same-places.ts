import { findPerimeter } from "./find-perimeter.ts";
import { successorsOf } from "./former-territories.ts";
import type { PerimeterRef } from "./perimeter.ts";

/** Returns a territory, with the current territories that replace it if it is a former one. All cover the same places. */
export function samePlaces(ref: PerimeterRef): readonly PerimeterRef[] {
  const today = findPerimeter(ref)?.perimeter ?? ref;
  const places = [ref, today, ...successorsOf(ref)].map(({ scale, code }) => ({ scale, code }));
  return [...new Map(places.map((place) => [`${place.scale}:${place.code}`, place])).values()];
}
