import type { AidContent } from "./aid.ts";

/** A file of a dump. `bytes`, `sha256` (hexadecimal): of what is downloaded. `type`: media type. */
export interface OpenDataFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Aids of a dump that came from one publisher by one connector under one licence. */
export interface OpenDataSourceFacts {
  readonly publisher: string;
  readonly licence: AidContent["importShareLicence"];
  readonly aids: number;
  /** Those of them that the national schema can hold. */
  readonly inNationalSchema: number;
  /** Day of the publisher's last change of any of them. */
  readonly updated: string | null;
  /** Sentences of attribution that the publisher asks for. */
  readonly mentions: readonly string[];
}

/** What a dump holds. */
export interface OpenDataFacts {
  /** Aids that may be passed on. */
  readonly aids: number;
  /** Those of them that the national schema can hold. */
  readonly inNationalSchema: number;
  /** How many live aids are in no file, or not in the national schema's, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  readonly sources: readonly OpenDataSourceFacts[];
  /** First and last day on which any of the aids was changed by its publisher. */
  readonly updatedFrom: string | null;
  readonly updatedTo: string | null;
}
