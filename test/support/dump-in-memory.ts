import { createHash } from "node:crypto";
import type { OpenDataFile } from "../../src/model/aid/open-data.ts";
import type { KeepFile } from "../../src/publish/open-data/keep-file.ts";

/** Keeps the files of a dump in memory. */
export function inMemory(): { readonly keep: KeepFile; readonly files: Map<string, Buffer> } {
  const files = new Map<string, Buffer>();
  const keep: KeepFile = async (name, type, bytes): Promise<OpenDataFile> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(piece);
    const whole = Buffer.concat(pieces);
    files.set(name, whole);
    return { name, type, bytes: whole.length, sha256: createHash("sha256").update(whole).digest("hex") };
  };
  return { keep, files };
}
