import { communes } from "./communes.ts";
import { findPerimeter } from "./find-perimeter.ts";
import { basins, collectivities, overseasBasins } from "./fixed-territories.ts";
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
function departmentsOf({ scale, code }: Perimeter): readonly string[] {
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
function isOverseas(territory: Perimeter): boolean | null {
  if (territory.scale === "basin") return overseasBasins.has(territory.code);
  if (territory.scale === "overseas") return true;
  if (territory.scale === "mainland") return false;
  const [department] = departmentsOf(territory);
  if (department === undefined) return null;
  return collectivityCodes.has(department) || departments().get(department)?.isOverseas === true;
}

/**
 * Returns true if two territories certainly have no place in common: no department contains parts of both, or one is mainland and the other
 * overseas. Returns false if a territory is unknown, or is a mainland water basin, because its communes are not known.
 */
export function areApart(a: PerimeterRef, b: PerimeterRef): boolean {
  if (a.scale === b.scale && a.code === b.code) return false;
  const [one, other] = [findPerimeter(a)?.perimeter, findPerimeter(b)?.perimeter];
  if (one === undefined || other === undefined) return false;
  const [oversea, otherOversea] = [isOverseas(one), isOverseas(other)];
  if (oversea !== null && otherOversea !== null && oversea !== otherOversea) return true;
  const departments = new Set(departmentsOf(one));
  const others = departmentsOf(other);
  return departments.size > 0 && others.length > 0 && !others.some((department) => departments.has(department));
}

/**
 * Departments that lie in a water basin, wholly or in part, by Sandre code of the basin. The limits follow communes (article L212-1
 * of the Code de l'environnement), but no library lists them. A department on a watershed is therefore listed under several basins.
 */
const departmentsByBasin: Readonly<Record<string, string>> = {
  "01": "02 59 60 62 80",
  "02": "08 51 52 54 55 57 67 68 88",
  "03": "02 08 10 14 18 21 27 28 35 45 50 51 52 53 55 58 60 61 72 75 76 77 78 80 88 89 91 92 93 94 95",
  "04": "03 07 15 16 17 18 19 21 22 23 28 29 30 35 36 37 41 42 43 44 45 48 49 50 53 56 58 61 63 69 71 72 79 85 86 87 89",
  "05": "09 11 12 15 16 17 19 23 24 30 31 32 33 34 40 46 47 48 63 64 65 66 79 81 82 86 87",
  "06": "01 04 05 06 07 09 11 12 13 21 25 26 30 31 34 38 39 42 43 48 52 54 66 68 69 70 71 73 74 81 83 84 88 89 90",
  "07": "971",
  "08": "972",
  "09": "973",
  "10": "974",
  "11": "976",
  "12": "2A 2B",
};

/** Returns the water basins in which a territory may lie: those of its departments. Empty for larger territories than a region. */
export function basinsOf(territory: Perimeter): readonly Perimeter[] {
  const departments = new Set(departmentsOf(territory));
  return basins.filter(({ code }) => (departmentsByBasin[code] ?? "").split(" ").some((department) => departments.has(department)));
}
