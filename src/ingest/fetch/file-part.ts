import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { RunError, RunFailed } from "../../model/run/run-error.ts";
import { openFile } from "../../platform/open-file.ts";
import type { FetchedPart, FetchRequest } from "./fetched-feed.ts";
import { type Spooled, spool } from "./spool.ts";

/**
 * Returns a local file as a feed. Copies a pipe (`<(curl …)`) to the spool folder, because it cannot be read twice. Applies no size limit,
 * because a person chose the file. Throws `RunFailed` if the file cannot be read.
 */
export async function filePart(
  file: string,
  spoolFolder: FetchRequest["spoolFolder"],
  onProgress: (bytes: number, total: number | null) => void,
): Promise<FetchedPart> {
  const given = resolve(file);
  try {
    const name = basename(given);
    const status = await stat(given);
    if (status.isFile()) return part(name, given, await hashFile(given, (bytes) => onProgress(bytes, status.size)));
    const copy = join(await spoolFolder(), "part-1");
    return part(name, copy, await spool(copy, openFile(given), (bytes) => onProgress(bytes, null)));
  } catch (error) {
    if (error instanceof RunError) throw error;
    throw new RunFailed("internal", { reason: `${file} cannot be read` }, { cause: error });
  }
}

async function hashFile(path: string, onProgress: (bytes: number) => void): Promise<Spooled> {
  const digest = createHash("sha256");
  let bytes = 0;
  for await (const chunk of openFile(path) as AsyncIterable<Uint8Array>) {
    digest.update(chunk);
    bytes += chunk.length;
    onProgress(bytes);
  }
  return { bytes, sha256: digest.digest("hex") };
}

function part(name: string, path: string, { bytes, sha256 }: Spooled): FetchedPart {
  return { name, contentType: null, bytes, path, sha256, open: () => openFile(path) };
}
