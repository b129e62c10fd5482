import { communes } from "./communes.ts";
import { epcis } from "./epcis.ts";
import { findPerimeter } from "./find-perimeter.ts";
import { collectivities, overseasBasins } from "./fixed-territories.ts";
import type { Perimeter, PerimeterRef } from "./perimeter.ts";
import { departments } from "./regions.ts";

const collectivityCodes: ReadonlySet<string> = new Set(collectivities.map((perimeter) => perimeter.code));

/**
 * True where the inner territory lies wholly in the outer one, or is the same: a commune in its EPCI, department, region (or overseas
 * collectivity), in the mainland or overseas, in France, in Europe. False where a territory is unknown, and for what we do not know:
 * which communes, departments and regions a water basin holds.
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
  const members = epcis().get(siren)?.members ?? [];
  if (small.scale === "commune") return members.includes(small.code);
  if (small.scale !== "epci") return false;
  return (epcis().get(small.code)?.members ?? []).every((member) => members.includes(member));
}

/** True where the territory is made of departments (or a collectivity), and all of them fit. */
function everyPart(small: Perimeter, fits: (department: string) => boolean): boolean {
  const parts = departmentsOf(small);
  return parts.length > 0 && parts.every(fits);
}

/** Codes of the departments or overseas collectivities that a territory lies in; none for those that we do not cut up. */
function departmentsOf({ scale, code }: Perimeter): readonly string[] {
  switch (scale) {
    case "commune": {
      const commune = communes().current.get(code);
      return commune === undefined ? [] : [commune.department];
    }
    case "epci":
      return (epcis().get(code)?.members ?? []).flatMap((member) => communes().current.get(member)?.department ?? []);
    case "department":
    case "collectivity":
      return [code];
    case "region":
      return [...departments().values()].filter((department) => department.region === code).map((department) => department.perimeter.code);
    default:
      return [];
  }
}

/** `null` where it is neither: France, Europe. */
function isOverseas(territory: Perimeter): boolean | null {
  if (territory.scale === "basin") return overseasBasins.has(territory.code);
  if (territory.scale === "overseas") return true;
  if (territory.scale === "mainland") return false;
  const [department] = departmentsOf(territory);
  if (department === undefined) return null;
  return collectivityCodes.has(department) || departments().get(department)?.isOverseas === true;
}
