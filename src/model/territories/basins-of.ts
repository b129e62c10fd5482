import { basins } from "./fixed-territories.ts";
import { departmentsOf } from "./is-within.ts";
import type { Perimeter } from "./perimeter.ts";

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
