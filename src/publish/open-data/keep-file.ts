import { createHash } from "node:crypto";
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import type { OpenDataRepository } from "../../catalogue/published/open-data-repository.ts";
import type { OpenDataFile } from "../../model/aid/open-data.ts";

/** Files of a dump with their media types, in display order. */
export const fileTypes = {
  "aides.csv": "text/csv; charset=utf-8",
  "aides.jsonl": "application/x-ndjson; charset=utf-8",
  "aides.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "aides-base-legale.csv": "text/csv; charset=utf-8",
  "aides-base-legale.jsonl": "application/x-ndjson; charset=utf-8",
  "sources.csv": "text/csv; charset=utf-8",
  "left-out.csv": "text/csv; charset=utf-8",
  SHA256SUMS: "text/plain; charset=utf-8",
} as const;

/** The description of all files, made on request because it contains the address of the API. */
export const descriptionFile = { name: "catalogue.jsonld", type: "application/ld+json; charset=utf-8" } as const;

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
