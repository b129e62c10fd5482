import { createHash } from "node:crypto";
import { french } from "../../texts/fr-typography.ts";
import { CannotDo } from "../route.ts";
import type { Visit } from "../visit.ts";

/** Largest file that is taken, in bytes. */
export const mostUploadBytes = 100_000_000;

/**
 * Keeps a file that a person has brought as a snapshot; gives its hash. One that was kept before, and that nothing names, may be pruned at any moment: who has
 * made something that names it (a run that waits) looks again whether it is there.
 * @throws CannotDo where it names somebody who was forgotten: such a file is not kept
 */
export async function keepUpload({ catalogue, console: { jobs }, now }: Visit, file: File): Promise<string> {
  const cleaner = (await jobs.services.feedCleaner?.()) ?? null;
  if (cleaner !== null && (await cleaner.isIn(bytesOf(file))))
    throw new CannotDo(
      french`Ce fichier nomme une personne qui a demandé à être oubliée : il n'est pas conservé. Demandez au producteur un fichier sans elle.`,
    );
  const digest = createHash("sha256");
  for await (const piece of bytesOf(file)) digest.update(piece);
  const hash = digest.digest("hex");
  const part = { name: nameOf(file), contentType: null, url: null, open: () => bytesOf(file) };
  await catalogue.snapshots.keep(hash, [part], now);
  return hash;
}

function bytesOf(file: File): AsyncIterable<Uint8Array> {
  return file.stream() as unknown as AsyncIterable<Uint8Array>;
}

/** The file's own name, of which browsers may send a path. */
function nameOf({ name }: File): string {
  const own = (name.split(/[\\/]/).at(-1) ?? "").replace(/\p{Cc}|\p{Cf}/gu, "").trim();
  return own === "" ? "fichier" : own.slice(0, 200);
}
