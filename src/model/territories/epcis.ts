import { listInUse } from "./edition.ts";
import { perEdition } from "./per-edition.ts";
import type { SourceEpci } from "./read-decoupage.ts";

/** A grouping of communes (EPCI). */
export interface Epci {
  readonly name: string;
  readonly type: SourceEpci["type"];
  readonly members: readonly string[];
}

/** Returns the 1,255 groupings with their own taxes and the eleven territories of Grand Paris (EPT), by SIREN. */
export const epcis = perEdition(() => epcisIn([...listInUse("epci"), ...listInUse("ept")]));

/** Returns the groupings of a list. */
export function epcisIn(list: readonly SourceEpci[]): ReadonlyMap<string, Epci> {
  const bySiren = new Map<string, Epci>();
  for (const { code, nom, type, membres } of list) {
    bySiren.set(code, { name: nom.replace(/\s+/g, " ").trim(), type, members: membres.map((member) => member.code) });
  }
  return bySiren;
}
