import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { AidField } from "../model/aid/aid.ts";
import type { Curator } from "./person-plan.ts";
import { outOfCatalogue, personsChange, refused, type Verdict } from "./persons-change.ts";

/**
 * Chooses the connector whose value of a field an aid shows. Null returns to the order that the connectors declare. `connectors`: those of
 * the aid's sources.
 */
export function decideSource(
  aid: CuratedAid,
  { field, connector, connectors }: { readonly field: AidField; readonly connector: string | null; readonly connectors: readonly string[] },
  curator: Curator,
): Verdict {
  const gone = outOfCatalogue(aid);
  if (gone !== null) return { refused: gone };
  if (connector !== null && !connectors.includes(connector)) return refused("not-a-source", { connector, sources: connectors.join(", ") });
  const { [field]: chosen = null, ...others } = aid.fieldSources;
  if (chosen === connector) return refused("already-so");
  const fieldSources = connector === null ? others : { ...others, [field]: connector };
  return { change: personsChange(aid, "choose-source", curator, { state: { fieldSources } }), cautions: [] };
}

/** Returns the further sources of an aid: the aids of other connectors that were merged into it. */
export async function furtherSources(catalogue: Pick<Catalogue, "aids">, { aidId }: CuratedAid): Promise<CuratedAid[]> {
  const sources: CuratedAid[] = [];
  for await (const page of catalogue.aids.curated({ mergedInto: aidId })) {
    sources.push(...page.filter(({ isFurtherSource }) => isFurtherSource));
  }
  return sources;
}
