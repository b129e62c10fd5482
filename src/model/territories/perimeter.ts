import { z } from "zod";

/** Scales of territories, smallest first. A code is unique only within its scale. */
export const perimeterScales = [
  "commune",
  "epci",
  "basin",
  "department",
  "region",
  "collectivity",
  "mainland",
  "overseas",
  "country",
  "continent",
] as const;

export type PerimeterScale = (typeof perimeterScales)[number];

/**
 * A territory where an aid applies. `code`: INSEE code of the commune, department, region or overseas collectivity, SIREN of the EPCI,
 * Sandre code of the water basin, FRA-MET (mainland), FRA-OM (overseas), FRA (country), EU (continent).
 */
export const Perimeter = z.strictObject({
  scale: z.enum(perimeterScales),
  code: z.string().min(1).max(16),
  name: z.string().min(1),
});
export type Perimeter = z.infer<typeof Perimeter>;

/** A territory by scale and code, as connectors and term files write it. */
export const PerimeterRef = z.strictObject({ scale: z.enum(perimeterScales), code: z.string().min(1).max(16) });
export type PerimeterRef = z.infer<typeof PerimeterRef>;

/** Returns the key of a territory, `scale:code`. */
export function placeKey({ scale, code }: PerimeterRef): string {
  return `${scale}:${code}`;
}

/** Removes repeated territories. */
export function distinctPlaces<Place extends PerimeterRef>(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [placeKey(place), place])).values()];
}
