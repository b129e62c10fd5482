import { createHash } from "node:crypto";
import { french } from "../../french/typography.ts";
import { CannotDo } from "../route.ts";
import type { Visit } from "../visit.ts";

/** Largest file that is taken, in bytes. */
export const mostUploadBytes = 100_000_000;

/** What is kept of a file, or of what an address gave. */
export interface Kept {
  readonly name: string;
  readonly contentType: string | null;
  readonly url: string | null;
  open(): AsyncIterable<Uint8Array>;
}

/** Keeps a file that a person has brought as a snapshot: see `keepSample`. */
export async function keepUpload(visit: Visit, file: File): Promise<string> {
  return keepSample(visit, { name: nameOf(file), contentType: null, url: null, open: () => bytesOf(file) });
}

/**
 * Keeps bytes as a snapshot; gives its hash. One that was kept before, and that nothing names, may be pruned at any moment: who has
 * made something that names it (a run that waits, a draft) looks again whether it is there.
 * @throws CannotDo where they name somebody who was forgotten: such a file is not kept
 */
export async function keepSample({ catalogue, console: { jobs }, now }: Visit, part: Kept): Promise<string> {
  const cleaner = (await jobs.services.feedCleaner?.()) ?? null;
  if (cleaner !== null && (await cleaner.isIn(part.open())))
    throw new CannotDo(
      french`Ce fichier nomme une personne qui a demandé à être oubliée : il n'est pas conservé. Demandez au producteur un fichier sans elle.`,
    );
  const digest = createHash("sha256");
  for await (const piece of part.open()) digest.update(piece);
  const hash = digest.digest("hex");
  await catalogue.snapshots.keep(hash, [part], now);
  return hash;
}

function bytesOf(file: File): AsyncIterable<Uint8Array> {
  return file.stream() as unknown as AsyncIterable<Uint8Array>;
}

/** The file's own name, of which browsers may send a path. */
export function nameOf({ name }: File): string {
  const own = (name.split(/[\\/]/).at(-1) ?? "").replace(/\p{Cc}|\p{Cf}/gu, "").trim();
  return own === "" ? "fichier" : own.slice(0, 200);
}
