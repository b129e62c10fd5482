import type { Slug } from "../vocabularies.ts";
import type { AidContent } from "./aid.ts";
import { type ConfirmableBasis, type ConfirmedBasis, licencesLetOut } from "./reuse-basis.ts";

/** A file of a dump. `bytes`, `sha256` (hexadecimal) and the media type `type` describe the download. */
export interface OpenDataFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Facts about a dump's aids with one publisher, connector, and licence or legal basis. */
export interface OpenDataSourceFacts {
  readonly publisher: string;
  readonly licence: AidContent["importShareLicence"];
  /** Confirmed basis that lets these aids out; null or absent: their licence does. */
  readonly basis?: ConfirmedBasis | null;
  readonly aids: number;
  /** Number of these aids that fit the national schema. */
  readonly inNationalSchema: number;
  /** Day of the publisher's latest change. */
  readonly updated: string | null;
  /** Attributions that the publisher requests. */
  readonly mentions: readonly string[];
}

export interface OpenDataFacts {
  /** Number of aids under an open licence. */
  readonly aids: number;
  /** Number of these aids that fit the national schema. */
  readonly inNationalSchema: number;
  /** The same for the aids that a confirmed basis lets out, which are in files of their own. Absent in dumps of earlier versions. */
  readonly onBasis?: { readonly aids: number; readonly inNationalSchema: number };
  /** Reason -> number of live aids that are for this reason missing in all files, or only in the file of the national schema. */
  readonly leftOut: Readonly<Record<string, number>>;
  readonly sources: readonly OpenDataSourceFacts[];
  /** First and last day on which a publisher changed any of the aids. */
  readonly updatedFrom: string | null;
  readonly updatedTo: string | null;
}

/** Licences of aids in the open data. An aid with another licence is only on the site. */
export const openLicences: ReadonlySet<Slug<"importShareLicence">> = new Set(["openlicence20", "odbl", "cc-by-4.0"]);

/** Returns true if an aid may go out: its licence is open, or the confirmed basis of its connector covers it. */
export function isOpenAid(licence: Slug<"importShareLicence">, basis: ConfirmableBasis | null): boolean {
  return openLicences.has(licence) || (basis !== null && licencesLetOut[basis].includes(licence));
}
