import { readdir } from "node:fs/promises";
import path from "node:path";
import { setImmediate as others } from "node:timers/promises";
import type { ConnectorVersionRepository } from "../../catalogue/connectors/connector-version-repository.ts";
import { fingerprintOf } from "../../model/text/canonical.ts";
import { fileStamp, type KeptFiles, type ReadConnectors, readConnectors } from "../../registry/load-connectors.ts";
import { type KeptVersions, numbersOf, withStoredVersions } from "../../registry/stored-versions.ts";

/** Minimum time between two checks of the files. */
const looksApartMs = 1000;
/** Checking ten thousand files takes a tenth of a second, so checks are at least this many times their own duration apart, up to a limit. */
const looksApartTimes = 50;
const longestApartMs = 15_000;

/**
 * Returns a function that returns the current connectors of folders and catalogue, and the problems of refused ones. After a change of a
 * file or a new version it reads what has changed, keeps the rest, and then calls `onRead`. A changed `.ts` or `.js` file needs a new process.
 */
export function watchConnectors(
  folders: readonly string[],
  versions: Pick<ConnectorVersionRepository, "signature" | "newest">,
  onRead: (read: ReadConnectors) => void,
): () => Promise<ReadConnectors> {
  const files: KeptFiles = new Map();
  const stored: KeptVersions = new Map();
  let known: { readonly signature: string; readonly registry: Promise<ReadConnectors> } | undefined;
  let look: Promise<string> | undefined;
  let nextLook = 0;
  return async () => {
    const now = performance.now();
    if (look === undefined || now > nextLook) {
      look = signatureOf(folders);
      nextLook = Number.POSITIVE_INFINITY;
      void look.then(() => {
        const took = performance.now() - now;
        nextLook = now + Math.min(Math.max(looksApartMs, took * looksApartTimes), longestApartMs);
      });
    }
    // Versions are checked each time, so that their author sees them at once.
    const signature = `${await look}\n${await versions.signature()}`;
    if (known?.signature !== signature) {
      // One reading after the other, because they share what is kept.
      const registry = Promise.resolve(known?.registry.catch(() => undefined)).then(async () => {
        const ofFiles = await readConnectors(folders, { kept: files });
        const read = await withStoredVersions(ofFiles, await versions.newest({ known: numbersOf(stored) }), folders, stored);
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

/** Number of files between which other work goes on, about 2 ms. */
const filesAtOnce = 200;

/** Returns a fingerprint of the names, times and sizes of all connector files. */
async function signatureOf(folders: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const folder of folders) {
    for (const room of ["connectors", "mappings"]) {
      const found = await readdir(path.join(folder, room), { recursive: true, withFileTypes: true }).catch(() => []);
      const files = found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
      for (const [index, file] of files.entries()) {
        if (index % filesAtOnce === filesAtOnce - 1) await others();
        parts.push(`${file} ${fileStamp(file)}`);
      }
    }
  }
  return fingerprintOf(parts.sort().join("\n"));
}
