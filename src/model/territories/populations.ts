import { communes } from "./communes.ts";
import { membersOfEpci } from "./former-territories.ts";
import { perEdition } from "./per-edition.ts";
import type { PerimeterRef } from "./perimeter.ts";
import { departments } from "./regions.ts";

/** Inhabitants by `scale:code`, of departments, regions, overseas collectivities, mainland, overseas and France. */
const populations = perEdition((): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  const add = (key: string, population: number) => sums.set(key, (sums.get(key) ?? 0) + population);
  for (const { department: territory, population } of communes().current.values()) {
    const department = departments().get(territory);
    add(department === undefined ? `collectivity:${territory}` : `department:${territory}`, population);
    if (department !== undefined) add(`region:${department.region}`, population);
    add(department?.isOverseas === false ? "mainland:FRA-MET" : "overseas:FRA-OM", population);
    add("country:FRA", population);
  }
  return sums;
});

/** Returns the inhabitants of a territory (INSEE, municipal population). Null for basins, Europe, and communes that are not counted. */
export function populationOf({ scale, code }: PerimeterRef): number | null {
  if (scale === "commune") return populationOfCommune(code) || null;
  if (scale !== "epci") return populations().get(`${scale}:${code}`) || null;
  return membersOfEpci(code).reduce((sum, member) => sum + populationOfCommune(member), 0) || null;
}

function populationOfCommune(code: string): number {
  return communes().current.get(code)?.population ?? 0;
}
