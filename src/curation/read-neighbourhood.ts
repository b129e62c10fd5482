import type { Catalogue } from "../catalogue/open-catalogue.ts";
import { NeighbourIndex } from "../suggest/neighbours/neighbour-index.ts";
import type { Neighbourhood } from "../suggest/neighbours/neighbourhood.ts";

/** Maximum number of published aids that are compared with. */
const maxLabelled = 5000;

/** Indexes the aids on the site that suggestions compare with, those that changed last. Returns null if the site has no aid. */
export async function readNeighbourhood(catalogue: Catalogue): Promise<Neighbourhood | null> {
  const labelled = await catalogue.aids.labelled(maxLabelled);
  return labelled.length === 0 ? null : new NeighbourIndex(labelled);
}
