import { listInUse } from "./edition.ts";
import { collectivities } from "./fixed-territories.ts";
import { perEdition } from "./per-edition.ts";
import type { Perimeter } from "./perimeter.ts";

/** A department with its region. */
export interface Department {
  readonly perimeter: Perimeter;
  readonly region: string;
  readonly isOverseas: boolean;
}

/** Returns the 18 regions by code, without the overseas collectivities that the source lists as regions. */
export const regions = perEdition((): ReadonlyMap<string, Perimeter> => {
  const byCode = new Map<string, Perimeter>();
  for (const { code, nom, zone } of listInUse("regions")) {
    if (zone !== "com") byCode.set(code, { scale: "region", code, name: nom });
  }
  return byCode;
});

/** Returns the 101 departments by code (`01`, `2A`, `974`). */
export const departments = perEdition((): ReadonlyMap<string, Department> => {
  const byCode = new Map<string, Department>();
  for (const { code, nom, zone, region } of listInUse("departements")) {
    if (zone === "com" || region === undefined) continue;
    byCode.set(code, { perimeter: { scale: "department", code, name: nom }, region, isOverseas: zone === "drom" });
  }
  return byCode;
});

/** Returns the codes of the five overseas regions (`01` Guadeloupe … `06` Mayotte). */
const overseasRegions = perEdition((): ReadonlySet<string> => {
  return new Set([...departments().values()].filter((department) => department.isOverseas).map((department) => department.region));
});

/** Returns the regions by name, and then the departments by code. */
export function regionsAndDepartments(): readonly Perimeter[] {
  const byName = [...regions().values()].sort((a, b) => a.name.localeCompare(b.name, "fr"));
  return [...byName, ...[...departments().values()].map(({ perimeter }) => perimeter)];
}

/** Returns the thirteen territories of Outre-mer (FRA-OM): five overseas regions, also departments, and eight collectivities. */
export function overseasMembers(): readonly Perimeter[] {
  const codes = overseasRegions();
  return [...[...regions().values()].filter((region) => codes.has(region.code)), ...collectivities];
}

/** Returns the thirteen regions of the mainland (FRA-MET), Corsica included. */
export function mainlandMembers(): readonly Perimeter[] {
  const codes = overseasRegions();
  return [...regions().values()].filter((region) => !codes.has(region.code));
}
