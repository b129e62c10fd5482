import { listInUse } from "./edition.ts";
import { perEdition } from "./per-edition.ts";
import type { SourceCommune } from "./read-decoupage.ts";

interface Commune {
  readonly name: string;
  /** Code of its department or overseas collectivity. */
  readonly department: string;
  readonly zipcodes: readonly string[];
  /** Inhabitants (INSEE, municipal population); 0 for the communes that nobody lives in. */
  readonly population: number;
}

/** A delegated or associated commune, or an arrondissement: a place with a name in a commune. */
interface PartOfCommune {
  readonly name: string;
  /** Code of the commune. */
  readonly commune: string;
}

/** Current communes, their parts, and the successors of former ones. */
export interface Communes {
  /** By code. */
  readonly current: ReadonlyMap<string, Commune>;
  /** Code of a merged commune, or of an arrondissement of Paris, Lyon or Marseille -> code of the current commune. */
  readonly successors: ReadonlyMap<string, string>;
  readonly parts: readonly PartOfCommune[];
}

/** Returns all 34,969 communes. The first call reads them (about 0.1 s). */
export const communes = perEdition(() => communesIn(listInUse("communes")));

/** Returns the communes of a list. */
export function communesIn(list: readonly SourceCommune[]): Communes {
  const current = new Map<string, Commune>();
  const successors = new Map<string, string>();
  for (const commune of list) {
    if (commune.type !== "commune-actuelle") continue;
    const { code, nom: name, departement: department, codesPostaux: zipcodes = [], population = 0 } = commune;
    current.set(code, { name, department, zipcodes, population });
    for (const code of commune.anciensCodes ?? []) successors.set(code, commune.code);
  }
  const parts: PartOfCommune[] = [];
  for (const { code, nom: name, type, chefLieu, commune } of list) {
    const successor = type === "arrondissement-municipal" ? commune : chefLieu;
    if (successor !== undefined && type !== "commune-actuelle") parts.push({ name, commune: successor });
    // Half of the delegated communes have the same code as a current commune, which takes precedence.
    if (successor !== undefined && !current.has(code)) successors.set(code, successor);
  }
  return { current, successors, parts };
}
