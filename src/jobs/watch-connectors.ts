import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { ConnectorVersionRepository } from "../catalogue/connectors/connector-version-repository.ts";
import { type ReadConnectors, readConnectors } from "../registry/load-connectors.ts";
import { withStoredVersions } from "../registry/stored-versions.ts";

/** Minimum time between two checks of the files, because checking thousands of files takes a while. */
const looksApartMs = 1000;

/**
 * Returns a function that returns the current connectors of folders and catalogue, and the problems of refused ones. It reads them again
 * after a change of a file or a new version, and then calls `onRead`. A changed `.ts` or `.js` file needs a new process.
 */
export function watchConnectors(
  folders: readonly string[],
  versions: Pick<ConnectorVersionRepository, "signature" | "newest">,
  onRead: (read: ReadConnectors) => void,
): () => Promise<ReadConnectors> {
  let known: { readonly signature: string; readonly registry: Promise<ReadConnectors> } | undefined;
  let look: { readonly at: number; readonly signature: Promise<string> } | undefined;
  return async () => {
    if (look === undefined || performance.now() - look.at > looksApartMs) look = { at: performance.now(), signature: signatureOf(folders) };
    // Versions are checked each time, so that their author sees them at once.
    const signature = `${await look.signature}\n${await versions.signature()}`;
    if (known?.signature !== signature) {
      const registry = readConnectors(folders).then(async (files) => {
        const read = await withStoredVersions(files, await versions.newest(), folders);
        onRead(read);
        return read;
      });
      known = { signature, registry };
      registry.catch(() => {
        known = undefined; // an unreadable folder may be readable the next time
      });
    }
    return known.registry;
  };
}

/** Returns the names, times and sizes of all connector files, as one text. */
async function signatureOf(folders: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const folder of folders) {
    for (const room of ["connectors", "mappings"]) {
      const found = await readdir(path.join(folder, room), { recursive: true, withFileTypes: true }).catch(() => []);
      const files = found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
      // In parallel: sequentially, a page would wait for hundreds of disk accesses.
      parts.push(...(await Promise.all(files.map(lookAt))));
    }
  }
  return parts.sort().join("\n");
}

async function lookAt(file: string): Promise<string> {
  const changed = await stat(file).catch(() => null);
  return `${file} ${changed?.mtimeMs ?? "gone"} ${changed?.size ?? 0}`;
}
