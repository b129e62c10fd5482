import { once } from "./once.ts";
import { readDecoupage, type SourceEpci } from "./read-decoupage.ts";

/** A grouping of communes (EPCI). */
export interface Epci {
  readonly name: string;
  readonly type: SourceEpci["type"];
  /** Codes of its communes. */
  readonly members: readonly string[];
}

/** Returns the 1,255 groupings with their own taxes and the eleven territories of Grand Paris (EPT), by SIREN. */
export const epcis = once((): ReadonlyMap<string, Epci> => {
  const bySiren = new Map<string, Epci>();
  for (const { code, nom, type, membres } of [...readDecoupage("epci"), ...readDecoupage("ept")]) {
    bySiren.set(code, { name: nom.replace(/\s+/g, " ").trim(), type, members: membres.map((member) => member.code) });
  }
  return bySiren;
});
