import type { Slug } from "../vocabularies.ts";
import type { AidContent } from "./aid.ts";

/** A file of a dump. `bytes` and `sha256` (hexadecimal) describe the download; `type` is its media type. */
export interface OpenDataFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A dump's aids from one publisher, one connector and one licence. */
export interface OpenDataSourceFacts {
  readonly publisher: string;
  readonly licence: AidContent["importShareLicence"];
  readonly aids: number;
  /** How many of them fit the national schema. */
  readonly inNationalSchema: number;
  /** Day of the publisher's latest change. */
  readonly updated: string | null;
  /** Attributions that the publisher asks for. */
  readonly mentions: readonly string[];
}

/** Statistics of a dump. */
export interface OpenDataFacts {
  /** Aids that may be reused. */
  readonly aids: number;
  /** How many of them fit the national schema. */
  readonly inNationalSchema: number;
  /** Live aids left out of every file, or of the national schema's file, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  readonly sources: readonly OpenDataSourceFacts[];
  /** First and last day on which a publisher changed any of the aids. */
  readonly updatedFrom: string | null;
  readonly updatedTo: string | null;
}

/** Licences that allow an aid in the open data. Any other aid is on the site only. */
export const openLicences: ReadonlySet<Slug<"importShareLicence">> = new Set(["openlicence20", "odbl", "cc-by-4.0"]);
