import { type Edition, editionOfPackage, packEdition, type TerritoryLists, useEdition } from "../../src/model/territories/edition.ts";
import { compareEditions, type Replacements } from "../../src/model/territories/editions/compare-editions.ts";

/** What an invented edition changes in the lists of the installed package, by code. */
export interface InventedChanges {
  /** Old commune -> the new commune that it joins, which keeps its own name. */
  readonly merged?: Readonly<Record<string, string>>;
  /** Commune or EPCI -> new name. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Former commune -> the commune that it leaves; it takes this name. */
  readonly independent?: Readonly<Record<string, { readonly from: string; readonly name: string }>>;
  /** EPCI that are gone. */
  readonly dissolved?: readonly string[];
  /** New EPCI: name and members. */
  readonly founded?: Readonly<Record<string, { readonly name: string; readonly members: readonly string[] }>>;
}

/** Returns the lists of the installed package with these changes, in the form of the package. */
export function inventedLists(changes: InventedChanges): TerritoryLists {
  const { merged = {}, renamed = {}, independent = {}, dissolved = [], founded = {} } = changes;
  const { lists } = editionOfPackage();
  const nameOf = (code: string, name: string) => renamed[code] ?? name;
  const communes = lists.communes
    .filter(({ code, type }) => merged[code] === undefined || type !== "commune-actuelle")
    .filter(({ code }) => independent[code] === undefined)
    .map((commune) => {
      const joined = Object.keys(merged).filter((code) => merged[code] === commune.code && commune.type === "commune-actuelle");
      const former = [...(commune.anciensCodes ?? []).filter((code) => independent[code] === undefined), ...joined];
      const name = commune.type === "commune-actuelle" ? nameOf(commune.code, commune.nom) : commune.nom;
      return { ...commune, nom: name, ...(former.length > 0 && { anciensCodes: former }) };
    });
  const freed = Object.entries(independent).map(([code, { from, name }]) => {
    const { departement = "" } = lists.communes.find((commune) => commune.code === from) ?? {};
    return { code, nom: name, type: "commune-actuelle" as const, departement, population: 100 };
  });
  const kept = lists.epci
    .filter(({ code }) => !dissolved.includes(code))
    .map((epci) => ({ ...epci, nom: nameOf(epci.code, epci.nom), membres: membersAfter(epci.membres, merged) }));
  const added = Object.entries(founded).map(([code, { name, members }]) => ({
    code,
    nom: name,
    type: "CC" as const,
    membres: members.map((member) => ({ code: member })),
  }));
  return { ...lists, communes: [...communes, ...freed], epci: [...kept, ...added] };
}

function membersAfter(members: readonly { readonly code: string }[], merged: Readonly<Record<string, string>>) {
  return [...new Set(members.map(({ code }) => merged[code] ?? code))].map((code) => ({ code }));
}

/** Makes this process use an invented edition after the installed one. Undo it with `useEdition(null)`. */
export function useInvented(name: string, changes: InventedChanges, decided?: Replacements): Edition {
  const old: Edition = { ...editionOfPackage(), former: [] };
  const { edition } = compareEditions(old, { name, lists: inventedLists(changes) }, decided);
  useEdition({ name, stamp: `${name} ${JSON.stringify(changes)}`, packed: packEdition(edition) });
  return edition;
}
