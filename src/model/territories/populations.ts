import { epcis } from "./epcis.ts";
import { once } from "./once.ts";
import type { PerimeterRef } from "./perimeter.ts";
import { readDecoupage } from "./read-decoupage.ts";

/** Inhabitants by `scale:code`, of communes, departments, regions, overseas collectivities, mainland, overseas and France. */
const populations = once((): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  const add = (key: string, population: number) => sums.set(key, (sums.get(key) ?? 0) + population);
  for (const { type, code, departement, region, zone, population = 0 } of readDecoupage("communes")) {
    if (type !== "commune-actuelle") continue;
    add(`commune:${code}`, population);
    add(zone === "com" ? `collectivity:${departement}` : `department:${departement}`, population);
    if (zone !== "com") add(`region:${region}`, population);
    add(zone === "metro" ? "mainland:FRA-MET" : "overseas:FRA-OM", population);
    add("country:FRA", population);
  }
  return sums;
});

/**
 * Returns the inhabitants of a territory (INSEE, municipal population), or null if they are not known: water basins, Europe, and communes
 * that INSEE does not count. The first call reads all communes (about 0.1 s).
 */
export function populationOf({ scale, code }: PerimeterRef): number | null {
  if (scale !== "epci") return populations().get(`${scale}:${code}`) || null;
  const members = epcis().get(code)?.members ?? [];
  return members.reduce((sum, member) => sum + (populations().get(`commune:${member}`) ?? 0), 0) || null;
}
