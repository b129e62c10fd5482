import { formerInUse } from "../../../model/territories/edition.ts";
import { perEdition } from "../../../model/territories/per-edition.ts";
import type { Perimeter, PerimeterRef, PerimeterScale } from "../../../model/territories/perimeter.ts";
import { allTerritories, findPerimeter } from "../../../model/territories/perimeters.ts";
import { comparableText } from "../../../model/text/comparable-text.ts";
import { siteNumber, siteSlug } from "./term-numbers.ts";

/** First number of each scale; codes are added to it. All numbers are smaller than 2^31, the largest integer of many clients. */
const firstNumbers: Readonly<Record<PerimeterScale, number>> = {
  commune: 10_000_000,
  department: 12_000_000,
  region: 13_000_000,
  collectivity: 14_000_000,
  basin: 15_000_000,
  mainland: 16_000_001,
  overseas: 16_000_002,
  country: 16_000_003,
  continent: 16_000_004,
  epci: 1_000_000_000,
};
const scalesByFirst = (Object.entries(firstNumbers) as [PerimeterScale, number][]).sort(([, a], [, b]) => b - a);
/** Number of digits of a code. */
const digits: Partial<Record<PerimeterScale, number>> = { commune: 5, department: 2, region: 2, collectivity: 3, basin: 2, epci: 9 };
/** The only scales with a single territory. */
const onlyCodes: Partial<Record<PerimeterScale, string>> = { mainland: "FRA-MET", overseas: "FRA-OM", country: "FRA", continent: "EU" };

/**
 * Returns the number of a territory in the API: that of Aides-territoires if `site-numbers.json` has it, otherwise one computed from
 * scale and code, which never changes. Corsica's letters become the unused departments 20 and 96.
 */
export function territoryNumber({ scale, code }: PerimeterRef): number {
  return siteNumber("perimeters", `${scale}:${code}`) ?? computedNumber({ scale, code });
}

function computedNumber({ scale, code }: PerimeterRef): number {
  if (onlyCodes[scale] !== undefined) return firstNumbers[scale];
  return firstNumbers[scale] + Number(code.replace(/^2A/, "20").replace(/^2B/, "96"));
}

/** Returns the territory with this number, or its replacement, or undefined. */
export function territoryOfNumber(number: number): Perimeter | undefined {
  const [, knownScale, knownCode] = /^([a-z]+):(.+)$/.exec(siteSlug("perimeters", number) ?? "") ?? [];
  if (knownScale !== undefined && knownCode !== undefined)
    return findPerimeter({ scale: knownScale as PerimeterScale, code: knownCode })?.perimeter;
  const [scale, first] = scalesByFirst.find(([, start]) => number >= start) ?? [];
  if (scale === undefined || first === undefined) return undefined;
  const found = findPerimeter({ scale, code: onlyCodes[scale] ?? codeOf(scale, number - first) });
  if (found?.replaced !== undefined) return found.perimeter;
  // A number between two codes belongs to none.
  return found !== undefined && computedNumber(found.perimeter) === number ? found.perimeter : undefined;
}

function codeOf(scale: PerimeterScale, rest: number): string {
  const code = String(rest).padStart(digits[scale] ?? 0, "0");
  if (scale !== "commune" && scale !== "department") return code;
  return code.replace(/^20(?=\d{3}$|$)/, "2A").replace(/^96(?=\d{3}$|$)/, "2B");
}

/** Returns a territory's name for addresses: "Saint-Étienne" becomes `saint-etienne`. */
export function placeSlug(name: string): string {
  return comparableText(name).replaceAll(" ", "-");
}

/** Returns a territory's id as Aides-territoires writes it: `70956-france`. */
export function territoryId(territory: Perimeter): string {
  return `${territoryNumber(territory)}-${placeSlug(territory.name)}`;
}

const bySlug = perEdition((): ReadonlyMap<string, readonly Perimeter[]> => {
  const found = new Map<string, Perimeter[]>();
  const add = (slug: string, territory: Perimeter) => found.set(slug, [...(found.get(slug) ?? []), territory]);
  for (const territory of allTerritories()) add(placeSlug(territory.name), territory);
  // A name of today comes first.
  const today = new Set(found.keys());
  for (const former of formerInUse()) {
    const slug = placeSlug(former.name);
    const territory = findPerimeter(former)?.perimeter;
    if (territory !== undefined && !today.has(slug)) add(slug, territory);
  }
  return found;
});

/** Returns the territories with this name for addresses, larger scales first. Without one, returns the territories that had this name before. */
export function territoriesNamed(slug: string): readonly Perimeter[] {
  return bySlug().get(slug) ?? [];
}
