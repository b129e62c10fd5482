import type { SnapshotPart } from "../../catalogue/snapshots/snapshot-repository.ts";
import { french } from "../../french/typography.ts";
import { storeUpload } from "../../jobs/stored-feeds/store-upload.ts";
import { CannotDo } from "../route.ts";
import type { Visit } from "../visit.ts";

/** Maximum size of an upload, in bytes. */
export const maxUploadBytes = 100_000_000;

/** Stores an uploaded file as a snapshot: see `keepSample`. */
export async function keepUpload(visit: Visit, file: File): Promise<string> {
  return keepSample(visit, { name: nameOf(file), contentType: null, url: null, open: () => bytesOf(file) });
}

/**
 * Stores a sample as a snapshot and returns its hash. An equal snapshot may already exist, and is deleted at any moment if nothing refers to it:
 * after you create the reference (a queued run, a draft), check that the snapshot still exists.
 * Throws `CannotDo` if the sample contains the name of a person who asked to be forgotten.
 */
export async function keepSample({ console: { jobs }, now }: Visit, part: SnapshotPart): Promise<string> {
  const hash = await storeUpload(jobs.services, part, now);
  if (hash !== null) return hash;
  throw new CannotDo(
    french`Ce fichier nomme une personne qui a demandé à être oubliée : il n'est pas conservé. Demandez au producteur un fichier sans elle.`,
  );
}

function bytesOf(file: File): AsyncIterable<Uint8Array> {
  return file.stream() as unknown as AsyncIterable<Uint8Array>;
}

/** Returns the file name. Some browsers send a path. */
export function nameOf({ name }: File): string {
  const own = (name.split(/[\\/]/).at(-1) ?? "").replace(/\p{Cc}|\p{Cf}/gu, "").trim();
  return own === "" ? "fichier" : own.slice(0, 200);
}
