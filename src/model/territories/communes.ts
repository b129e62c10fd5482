import { once } from "./once.ts";
import { readDecoupage } from "./read-decoupage.ts";

/** Current communes, and the successors of former ones. */
export interface Communes {
  /** Code of a commune -> its name, postal codes, and the code of its department or overseas collectivity. */
  readonly current: ReadonlyMap<string, { readonly name: string; readonly department: string; readonly zipcodes: readonly string[] }>;
  /** Code of a merged commune, or of an arrondissement of Paris, Lyon or Marseille -> code of the current commune. */
  readonly successors: ReadonlyMap<string, string>;
}

/** Returns all 34,969 communes. The first call reads them (about 0.1 s). */
export const communes = once((): Communes => {
  const current = new Map<string, { name: string; department: string; zipcodes: readonly string[] }>();
  const successors = new Map<string, string>();
  const source = readDecoupage("communes");
  for (const commune of source) {
    if (commune.type !== "commune-actuelle") continue;
    current.set(commune.code, { name: commune.nom, department: commune.departement, zipcodes: commune.codesPostaux ?? [] });
    for (const code of commune.anciensCodes ?? []) successors.set(code, commune.code);
  }
  for (const { code, type, chefLieu, commune } of source) {
    const successor = type === "arrondissement-municipal" ? commune : chefLieu;
    // Half of the delegated communes have the same code as a current commune, which takes precedence.
    if (successor !== undefined && !current.has(code)) successors.set(code, successor);
  }
  return { current, successors };
});
