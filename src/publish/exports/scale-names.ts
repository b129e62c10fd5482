import type { PerimeterScale } from "../../model/territories/perimeter.ts";

/**
 * Names of scales on Aides-territoires, smallest first (`SCALES_TUPLE` of its `src/Entity/Perimeter/Perimeter.php`), and ours of overseas
 * collectivities.
 */
export const scaleNames: Readonly<Record<PerimeterScale | "adhoc", string>> = {
  commune: "commune",
  epci: "epci",
  basin: "Bassin hydrographique",
  department: "Département",
  region: "Région",
  collectivity: "Collectivité d’outre-mer",
  overseas: "Outre-mer",
  mainland: "Métropole",
  adhoc: "Ad-hoc",
  country: "Pays",
  continent: "Continent",
};

/** Scales whose territories are ad-hoc groups on Aides-territoires (`populate_overseas` of its first generation). */
export const adhocScales: readonly PerimeterScale[] = ["collectivity", "mainland", "overseas"];

/** Returns the scale of a territory as aids of Aides-territoires have it: "commune", "epci", "Ad-hoc". */
export function scaleInAid(scale: PerimeterScale): string {
  return scaleNames[adhocScales.includes(scale) ? "adhoc" : scale];
}

/** Returns the scale of a territory as its list of territories has it (`getScale` of `PerimeterService.php`): "Commune", "EPCI", "Ad-hoc". */
export function scaleInList(scale: PerimeterScale): string {
  return { commune: "Commune", epci: "EPCI" }[scale as string] ?? scaleInAid(scale);
}
