import type { Epci } from "./epcis.ts";

const longForms: Readonly<Record<string, string>> = {
  CC: "Communauté de communes",
  CA: "Communauté d'agglomération",
  CU: "Communauté urbaine",
};

/**
 * Returns the names of a grouping of communes: the DGCL's ("CC du Kreiz-Breizh (CCKB)"), without the initials in brackets, and with its
 * type spelled out ("Communauté de communes du Kreiz-Breizh").
 */
export function namesOfEpci({ name, type }: Pick<Epci, "name" | "type">): readonly string[] {
  const bare = name.replace(/\s*\([^()]*\)$/, "");
  const long = longForms[type];
  const names = [name, bare];
  if (long !== undefined && bare.startsWith(`${type} `)) names.push(`${long} ${bare.slice(type.length + 1)}`);
  return names;
}
