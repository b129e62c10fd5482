import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** A region, department or overseas collectivity of `@etalab/decoupage-administratif`. `zone` is `com` for the collectivities. */
interface SourceTerritory {
  readonly code: string;
  readonly nom: string;
  readonly zone: "metro" | "drom" | "com";
  readonly region?: string;
}

/** A current commune, a commune merged into `chefLieu`, or an arrondissement of `commune` (Paris, Lyon or Marseille). */
export interface SourceCommune {
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

/** The files of the package that we read, and the members of each. */
export interface SourceFiles {
  readonly regions: SourceTerritory;
  readonly departements: SourceTerritory;
  readonly communes: SourceCommune;
  readonly epci: SourceEpci;
  readonly ept: SourceEpci;
}

export type DecoupageFile = keyof SourceFiles;

/** Reads one file of the installed package. Parses the file on every call. */
export function readPackage<File extends DecoupageFile>(file: File): readonly SourceFiles[File][] {
  return JSON.parse(readFileSync(require.resolve(`@etalab/decoupage-administratif/data/${file}.json`), "utf8"));
}

let version: string | undefined;

/** Returns the version of the installed package. */
export function packageVersion(): string {
  version ??= String(JSON.parse(readFileSync(require.resolve("@etalab/decoupage-administratif/package.json"), "utf8")).version);
  return version;
}
