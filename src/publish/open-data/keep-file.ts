import { createHash } from "node:crypto";
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import type { OpenDataRepository } from "../../catalogue/published/open-data-repository.ts";
import type { OpenDataFile } from "../../model/aid/open-data.ts";

/** Stores a file of a dump as its bytes arrive. */
export type KeepFile = (name: string, type: string, bytes: AsyncIterable<Uint8Array>) => Promise<OpenDataFile>;

/** Stores files in the catalogue, in a started dump. */
export function inCatalogue(openData: OpenDataRepository, dumpId: string): KeepFile {
  return (name, type, bytes) => openData.write(dumpId, name, type, bytes);
}

/** Stores files in a folder, created if missing. An incomplete file never has its final name. */
export function inFolder(folder: string): KeepFile {
  return async (name, type, bytes) => {
    await mkdir(folder, { recursive: true });
    const digest = createHash("sha256");
    let size = 0;
    const part = join(folder, `.${name}.part`);
    const file = await open(part, "w");
    try {
      for await (const piece of bytes) {
        digest.update(piece);
        size += piece.length;
        await file.writeFile(piece);
      }
    } finally {
      await file.close();
    }
    await rename(part, join(folder, name));
    return { name, type, bytes: size, sha256: digest.digest("hex") };
  };
}
