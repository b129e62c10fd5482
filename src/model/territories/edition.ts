import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";
import { gunzipSync, gzipSync } from "node:zlib";
import type { PerimeterRef, PerimeterScale } from "./perimeter.ts";
import { type DecoupageFile, packageVersion, readPackage, type SourceFiles } from "./read-decoupage.ts";

/** The official lists, with the fields of `@etalab/decoupage-administratif` that we read. */
export type TerritoryLists = { readonly [File in DecoupageFile]: readonly SourceFiles[File][] };

/**
 * A commune or EPCI of an earlier edition that a later edition lists no more, or lists under another name. `since`: the first edition
 * without it. `by`: the territories of the edition in use that replace it; empty if they are unknown, the territory itself if it only has
 * another name.
 */
export interface FormerTerritory {
  readonly scale: Extract<PerimeterScale, "commune" | "epci">;
  readonly code: string;
  readonly name: string;
  readonly since: string;
  readonly by: readonly PerimeterRef[];
  readonly members?: readonly string[];
}

/** An edition of the official lists, and what earlier editions listed. `name`: the version of the package. */
export interface Edition {
  readonly name: string;
  readonly lists: TerritoryLists;
  readonly former: readonly FormerTerritory[];
}

/** An edition as it is stored. `stamp`: different for editions with different contents. */
export interface PackedEdition {
  readonly name: string;
  readonly stamp: string;
  /** Gzipped JSON of the `Edition`. */
  readonly packed: Uint8Array;
}

/** Under this key, the threads that a process starts find the edition in use. */
const threadKey = "moisson-territories";

let stored = (getEnvironmentData(threadKey) as PackedEdition | undefined) ?? null;
let unpacked: { readonly stamp: string; readonly edition: Edition } | null = null;

/** Makes this process and its future threads use an edition. Null: the edition of the installed package, the default. */
export function useEdition(edition: PackedEdition | null): void {
  stored = edition;
  setEnvironmentData(threadKey, edition ?? undefined);
}

/** Returns the stamp of the stored edition in use, or null if the installed package is in use. */
export function storedStamp(): string | null {
  return stored?.stamp ?? null;
}

/** Returns a text that changes with the edition in use. */
export function editionStamp(): string {
  return stored?.stamp ?? packageVersion();
}

/** Returns the name of the edition in use. */
export function editionName(): string {
  return stored?.name ?? packageVersion();
}

/** Returns a list of the edition in use. Reads the file of the installed package on every call; `communes` has 8.6 MB. */
export function listInUse<File extends DecoupageFile>(file: File): readonly SourceFiles[File][] {
  return stored === null ? readPackage(file) : (unpack(stored).lists[file] as readonly SourceFiles[File][]);
}

/** Returns the communes and EPCI of earlier editions, under their former codes and names. */
export function formerInUse(): readonly FormerTerritory[] {
  return stored === null ? [] : unpack(stored).former;
}

/** Returns the whole edition in use. */
export function editionInUse(): Edition {
  return stored === null ? { ...editionOfPackage(), former: [] } : unpack(stored);
}

/** Returns the edition of the installed package, without earlier ones. */
export function editionOfPackage(): Omit<Edition, "former"> {
  const lists: TerritoryLists = {
    regions: readPackage("regions"),
    departements: readPackage("departements"),
    communes: readPackage("communes"),
    epci: readPackage("epci"),
    ept: readPackage("ept"),
  };
  return { name: packageVersion(), lists };
}

/** Returns an edition as it is stored. */
export function packEdition(edition: Edition): Uint8Array {
  return gzipSync(JSON.stringify(edition));
}

function unpack({ stamp, packed }: PackedEdition): Edition {
  if (unpacked?.stamp !== stamp) unpacked = { stamp, edition: JSON.parse(gunzipSync(packed).toString("utf8")) };
  return unpacked.edition;
}
