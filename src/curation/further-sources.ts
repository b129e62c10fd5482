import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";

/** Returns the further sources of an aid: the aids of other connectors that were merged into it. */
export async function furtherSources(catalogue: Pick<Catalogue, "aids">, { aidId }: CuratedAid): Promise<CuratedAid[]> {
  const sources: CuratedAid[] = [];
  for await (const page of catalogue.aids.curated({ mergedInto: aidId })) {
    sources.push(...page.filter(({ isFurtherSource }) => isFurtherSource));
  }
  return sources;
}
