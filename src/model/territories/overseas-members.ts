import { collectivities } from "./fixed-territories.ts";
import type { Perimeter } from "./perimeter.ts";
import { overseasRegions, regions } from "./regions.ts";

/**
 * Returns the thirteen territories of Outre-mer (FRA-OM): the five overseas regions, which are also departments, and the eight
 * collectivities.
 */
export function overseasMembers(): readonly Perimeter[] {
  const codes = overseasRegions();
  return [...[...regions().values()].filter((region) => codes.has(region.code)), ...collectivities];
}
