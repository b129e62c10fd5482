import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** A region, department or overseas collectivity of `@etalab/decoupage-administratif`. `zone` is `com` for the collectivities. */
interface SourceTerritory {
  readonly code: string;
  readonly nom: string;
  readonly zone: "metro" | "drom" | "com";
  /** Region of a department. */
  readonly region?: string;
}

/** A current commune, a commune merged into `chefLieu`, or an arrondissement of `commune` (Paris, Lyon or Marseille). */
interface SourceCommune {
  readonly code: string;
  readonly nom: string;
  readonly type: "commune-actuelle" | "commune-deleguee" | "commune-associee" | "arrondissement-municipal";
  /** Code of its department or overseas collectivity. */
  readonly departement: string;
  /** Inhabitants. Absent for the communes that nobody lives in. */
  readonly population?: number;
  readonly chefLieu?: string;
  readonly commune?: string;
  readonly anciensCodes?: readonly string[];
  readonly codesPostaux?: readonly string[];
}

/** A grouping of communes. All have their own taxes except the EPT of Grand Paris. */
export interface SourceEpci {
  readonly code: string;
  readonly nom: string;
  readonly type: "CC" | "CA" | "CU" | "METRO" | "MET69" | "EPT";
  readonly membres: readonly { readonly code: string }[];
}

interface SourceFiles {
  readonly regions: SourceTerritory;
  readonly departements: SourceTerritory;
  readonly communes: SourceCommune;
  readonly epci: SourceEpci;
  readonly ept: SourceEpci;
}

/**
 * Reads one file of the official geographic code (INSEE, DGCL) from `@etalab/decoupage-administratif`. Parses the file on every call;
 * `communes` has 8.6 MB.
 */
export function readDecoupage<F extends keyof SourceFiles>(file: F): readonly SourceFiles[F][] {
  return JSON.parse(readFileSync(require.resolve(`@etalab/decoupage-administratif/data/${file}.json`), "utf8"));
}
