import { collectivities, france } from "./fixed-territories.ts";
import type { Perimeter, PerimeterRef, PerimeterScale } from "./perimeter.ts";

const collectivityCodes: ReadonlySet<string> = new Set(collectivities.map((perimeter) => perimeter.code));
const scaleOfPrefix: Readonly<Record<string, { readonly scale: PerimeterScale; readonly form: RegExp }>> = {
  COM: { scale: "commune", form: /^(\d{2}|2[AB])\d{3}$/ },
  DEP: { scale: "department", form: /^(\d{2}|2[AB]|97\d)$/ },
  REG: { scale: "region", form: /^\d{2}$/ },
  EPCI: { scale: "epci", form: /^\d{9}$/ },
};
/** INSEE's code for France in its list of countries. */
const franceInListOfCountries = "99100";

/**
 * The territory that a code of the national schema names: `COM-29019`, `DEP-2A`, `REG-53`, `PAYS-99100`, `EPCI-200000172`. The overseas
 * collectivities are recognised whatever the prefix (`COM-987`, `DEP-978`); `COM-98735` is a commune. `undefined` where it is written in
 * none of these ways, and for other countries. Whether the territory exists is for `findPerimeter` to say.
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
 * How the national schema writes a territory, `null` where it has no code for it: EPCI, water basin, mainland, overseas, Europe.
 * Corsica's departments and communes have letters (`DEP-2A`), which the schema's own pattern refuses: its writer looks after that.
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
