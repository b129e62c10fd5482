import type { LiveAid } from "../../../src/curation/adoption/live-aid.ts";
import { readLiveAids } from "../../../src/curation/adoption/read-live-aids.ts";
import { termLookup } from "../../../src/kit/rules/term-lookup.ts";

/** Reads the aids of an export in pieces, as `moisson adopt` does. */
export async function readExport(...pieces: readonly (string | Uint8Array)[]): Promise<LiveAid[]> {
  async function* bytes() {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  return readLiveAids({ file: "export.json", bytes: bytes() }, termLookup(new Map()));
}

/** Reads one aid of the public API with a name and these values. */
export async function readOne(values: Readonly<Record<string, unknown>>): Promise<LiveAid> {
  const [aid] = await readExport(JSON.stringify([{ id: 1, name: "Rénover un gymnase", ...values }]));
  if (aid === undefined) throw new Error("no aid was read");
  return aid;
}
