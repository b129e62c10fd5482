import { perEdition } from "../../../model/territories/per-edition.ts";
import type { Perimeter } from "../../../model/territories/perimeter.ts";
import { placeKey } from "../../../model/territories/perimeter.ts";
import { overseasMembers, regionsAndDepartments, territoriesAround } from "../../../model/territories/perimeters.ts";
import { seedOfTerritory } from "../../../partners/listed-publishers.ts";

/** A territory of the map and the table. */
export interface CoveragePlace {
  /** `scale:code` */
  readonly key: string;
  readonly territory: Perimeter;
  /** Key of its region, or its own key for a region; null for an overseas collectivity. */
  readonly region: string | null;
  readonly isOverseas: boolean;
}

/** Returns the territories in the order of the table: mainland regions with their departments, then overseas territories. */
export const coveragePlaces = perEdition(makePlaces);

function makePlaces(): readonly CoveragePlace[] {
  const overseas = overseasMembers();
  const overseasKeys = new Set(overseas.map(placeKey));
  const all = regionsAndDepartments();
  const departments = all
    .filter(({ scale }) => scale === "department")
    .map((territory) => ({ territory, region: regionAround(territory) }));
  const withDepartments = (region: Perimeter): CoveragePlace[] => {
    const key = placeKey(region);
    const isOverseas = overseasKeys.has(key);
    const own = departments.filter((department) => department.region === key).map(({ territory }) => territory);
    return [
      { key, territory: region, region: key, isOverseas },
      ...own.map((territory) => ({ key: placeKey(territory), territory, region: key, isOverseas })),
    ];
  };
  const mainland = all.filter((territory) => territory.scale === "region" && !overseasKeys.has(placeKey(territory)));
  return [
    ...mainland.flatMap(withDepartments),
    ...overseas.flatMap((territory) =>
      territory.scale === "region"
        ? withDepartments(territory).filter(hasOwnAuthority)
        : [{ key: placeKey(territory), territory, region: null, isOverseas: true }],
    ),
  ];
}

function regionAround(territory: Perimeter): string {
  const region = territoriesAround(territory).find(({ scale }) => scale === "region");
  if (region === undefined) throw new Error(`${territory.name} is in no region`);
  return placeKey(region);
}

/** Returns false for the department of an overseas region if both have the same authority: they are listed once. */
function hasOwnAuthority({ key, region }: CoveragePlace): boolean {
  return key === region || seedOfTerritory(key) !== region;
}
