import type { AidFilter, CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { NotDone } from "../exit.ts";

/** The aid argument of every command: a permanent id, or connector/externalId, split at the first slash. */
export function aidFilterOf(named: string): AidFilter {
  const slash = named.indexOf("/");
  return slash < 0 ? { aidId: named } : { connector: named.slice(0, slash), externalId: named.slice(slash + 1) };
}

/** The aid that a person names, with all its layers. Throws `NotDone` where there is none. */
export async function aidNamed(catalogue: Catalogue, named: string): Promise<CuratedAid> {
  const { value: page } = await catalogue.aids.curated(aidFilterOf(named)).next();
  const aid = page?.[0];
  if (aid === undefined)
    throw new NotDone(`there is no aid ${named}; an aid is named by its aidId or connector/externalId, \`moisson aids\` lists them`);
  return aid;
}
