import { communes } from "./communes.ts";
import { findPerimeter } from "./find-perimeter.ts";
import { collectivities, overseasBasins } from "./fixed-territories.ts";
import { membersOfEpci } from "./former-territories.ts";
import type { Perimeter, PerimeterRef } from "./perimeter.ts";
import { departments } from "./regions.ts";

const collectivityCodes: ReadonlySet<string> = new Set(collectivities.map((perimeter) => perimeter.code));

/**
 * Returns true if the outer territory contains the whole inner territory, or if both are the same. For example, a commune is within its
 * EPCI, department, region, mainland, France and Europe. Returns false if a territory is unknown. Returns false if the outer one is a water
 * basin, because its communes are not known.
 */
export function isWithin(inner: PerimeterRef, outer: PerimeterRef): boolean {
  const small = findPerimeter(inner)?.perimeter;
  const large = findPerimeter(outer)?.perimeter;
  if (small === undefined || large === undefined) return false;
  if (small.scale === large.scale && small.code === large.code) return true;
  switch (large.scale) {
    case "commune":
    case "basin":
      return false;
    case "epci":
      return isWithinEpci(small, large.code);
    case "department":
    case "collectivity":
      return everyPart(small, (department) => department === large.code);
    case "region":
      return everyPart(small, (department) => departments().get(department)?.region === large.code);
    case "mainland":
      return isOverseas(small) === false;
    case "overseas":
      return isOverseas(small) === true;
    case "country":
      return small.scale !== "continent";
    case "continent":
      return true;
  }
}

function isWithinEpci(small: Perimeter, siren: string): boolean {
  const members = membersOfEpci(siren);
  if (small.scale === "commune") return members.includes(small.code);
  if (small.scale !== "epci") return false;
  const own = membersOfEpci(small.code);
  return own.length > 0 && own.every((member) => members.includes(member));
}

/** Returns true if `fits` is true for every department (or collectivity) of the territory, and there is at least one. */
function everyPart(small: Perimeter, fits: (department: string) => boolean): boolean {
  const parts = departmentsOf(small);
  return parts.length > 0 && parts.every(fits);
}

/** Returns the departments or overseas collectivities that contain parts of a territory. Returns none for larger scales than a region. */
export function departmentsOf({ scale, code }: Perimeter): readonly string[] {
  switch (scale) {
    case "commune": {
      const commune = communes().current.get(code);
      return commune === undefined ? [] : [commune.department];
    }
    case "epci":
      return membersOfEpci(code).flatMap((member) => communes().current.get(member)?.department ?? []);
    case "department":
    case "collectivity":
      return [code];
    case "region":
      return [...departments().values()].filter((department) => department.region === code).map((department) => department.perimeter.code);
    default:
      return [];
  }
}

/** Returns true if a territory is overseas. Returns null for France and Europe, which are both mainland and overseas. */
export function isOverseas(territory: Perimeter): boolean | null {
  if (territory.scale === "basin") return overseasBasins.has(territory.code);
  if (territory.scale === "overseas") return true;
  if (territory.scale === "mainland") return false;
  const [department] = departmentsOf(territory);
  if (department === undefined) return null;
  return collectivityCodes.has(department) || departments().get(department)?.isOverseas === true;
}
