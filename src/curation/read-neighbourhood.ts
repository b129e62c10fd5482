import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { Neighbourhood } from "../suggest/neighbours/neighbourhood.ts";

/** Reads the published aids that suggestions may compare with. Null if there are none. */
export async function readNeighbourhood(_catalogue: Catalogue): Promise<Neighbourhood | null> {
  return null;
}
