import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { ConnectorVersionRepository } from "../catalogue/connectors/connector-version-repository.ts";
import { type ReadConnectors, readConnectors } from "../registry/load-connectors.ts";
import { withStoredVersions } from "../registry/stored-versions.ts";

/** Looking at every file of thousands of connectors takes a while: runs that begin together share a look. */
const looksApartMs = 1000;

/**
 * The connectors of some folders, and of the catalogue, as they stand, with what is wrong in the files of others; read again when a file has come, gone or changed, so that a connector
 * whose file is taken away is no longer run, or when a version was added. A changed `.ts` or `.js` file is read by a new process only. `onRead`: told what was read, with what is wrong in it.
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
    // Versions are looked for each time: who has made one sees it at once.
    const signature = `${await look.signature}\n${await versions.signature()}`;
    if (known?.signature !== signature) {
      const registry = readConnectors(folders).then(async (files) => {
        const read = await withStoredVersions(files, await versions.newest(), folders);
        onRead(read);
        return read;
      });
      known = { signature, registry };
      registry.catch(() => {
        known = undefined; // a folder that could not be read may be readable the next time
      });
    }
    return known.registry;
  };
}

/** Names and times of all files that connectors are made of. */
async function signatureOf(folders: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const folder of folders) {
    for (const room of ["connectors", "mappings"]) {
      const found = await readdir(path.join(folder, room), { recursive: true, withFileTypes: true }).catch(() => []);
      const files = found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
      // All at once: one after the other, a page would wait for hundreds of answers of the disk.
      parts.push(...(await Promise.all(files.map(lookAt))));
    }
  }
  return parts.sort().join("\n");
}

async function lookAt(file: string): Promise<string> {
  const changed = await stat(file).catch(() => null);
  return `${file} ${changed?.mtimeMs ?? "gone"} ${changed?.size ?? 0}`;
}
