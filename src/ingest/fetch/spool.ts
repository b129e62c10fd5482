import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { RunFailed } from "../../model/run/run-error.ts";

/** A written file. */
export interface Spooled {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * Writes chunks to a file and hashes them, in constant memory. Calls `onBytes` with the total before each write; `onBytes` may throw to
 * stop. Throws `RunFailed` (`storage-failed`) for errors of the disk. Errors of the source propagate.
 */
export async function spool(path: string, chunks: AsyncIterable<Uint8Array>, onBytes: (bytes: number) => void): Promise<Spooled> {
  const file = await withStorageErrors(open(path, "w"));
  const digest = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      onBytes(bytes);
      digest.update(chunk);
      await withStorageErrors(writeWhole(file, chunk));
    }
  } finally {
    await file.close();
  }
  return { bytes, sha256: digest.digest("hex") };
}

async function writeWhole(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    const step = await file.write(chunk, written);
    written += step.bytesWritten;
  }
}

async function withStorageErrors<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "disk";
    throw new RunFailed("storage-failed", { reason, place: "temporary-folder" }, { cause: error });
  }
}
