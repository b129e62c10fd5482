import { collectivities, france } from "./fixed-territories.ts";
import type { Perimeter, PerimeterRef, PerimeterScale } from "./perimeter.ts";

const collectivityCodes: ReadonlySet<string> = new Set(collectivities.map((perimeter) => perimeter.code));
const scaleOfPrefix: Readonly<Record<string, { readonly scale: PerimeterScale; readonly form: RegExp }>> = {
  COM: { scale: "commune", form: /^(\d{2}|2[AB])\d{3}$/ },
  DEP: { scale: "department", form: /^(\d{2}|2[AB]|97\d)$/ },
  REG: { scale: "region", form: /^\d{2}$/ },
  EPCI: { scale: "epci", form: /^\d{9}$/ },
};
/** Code of France in INSEE's list of countries. */
const franceInListOfCountries = "99100";

/**
 * Parses a code of the national schema: `COM-29019`, `DEP-2A`, `REG-53`, `PAYS-99100`, `EPCI-200000172`. An overseas collectivity may have
 * the prefix of a commune, department or region (`COM-987`, `DEP-978`). Returns undefined for other forms and other countries. Does not
 * check that the territory exists.
 */
export function parseInseeCode(code: string): PerimeterRef | undefined {
  const [, prefix = "", number = ""] = /^([A-Z]+)-([0-9AB]+)$/.exec(code.trim().toUpperCase()) ?? [];
  if (prefix === "PAYS") return number === franceInListOfCountries ? { scale: france.scale, code: france.code } : undefined;
  const known = scaleOfPrefix[prefix];
  if (known === undefined) return undefined;
  if (prefix !== "EPCI" && collectivityCodes.has(number)) return { scale: "collectivity", code: number };
  return known.form.test(number) ? { scale: known.scale, code: number } : undefined;
}

/**
 * Returns a territory's code in the national schema. Returns null for EPCI, water basin, mainland, overseas and Europe, which have no code
 * there. The pattern of the schema refuses the codes of Corsica (`DEP-2A`); the export handles this.
 */
export function toInseeCode({ scale, code }: Pick<Perimeter, "scale" | "code">): string | null {
  switch (scale) {
    case "commune":
    case "collectivity":
      return `COM-${code}`;
    case "department":
      return `DEP-${code}`;
    case "region":
      return `REG-${code}`;
    case "country":
      return `PAYS-${franceInListOfCountries}`;
    default:
      return null;
  }
}
