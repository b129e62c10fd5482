import { once } from "./once.ts";
import { readDecoupage } from "./read-decoupage.ts";

/** The communes of today, and what became of the others. */
export interface Communes {
  /** By code: name, and code of the department or overseas collectivity. */
  readonly current: ReadonlyMap<string, { readonly name: string; readonly department: string }>;
  /** Code of a merged commune, or of an arrondissement of Paris, Lyon, Marseille -> code of the commune of today. */
  readonly successors: ReadonlyMap<string, string>;
}

/** All communes; read at the first call (about 0.1 s), 34,969 of them today. */
export const communes = once((): Communes => {
  const current = new Map<string, { name: string; department: string }>();
  const successors = new Map<string, string>();
  const source = readDecoupage("communes");
  for (const commune of source) {
    if (commune.type !== "commune-actuelle") continue;
    current.set(commune.code, { name: commune.nom, department: commune.departement });
    for (const code of commune.anciensCodes ?? []) successors.set(code, commune.code);
  }
  for (const { code, type, chefLieu, commune } of source) {
    const successor = type === "arrondissement-municipal" ? commune : chefLieu;
    // Half of the delegated communes bear the code of the commune of today: the code then means that one.
    if (successor !== undefined && !current.has(code)) successors.set(code, successor);
  }
  return { current, successors };
});
