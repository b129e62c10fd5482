import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { RunFailed } from "../../model/run/run-error.ts";
import type { SampleFile } from "../../survey/sample/sample-request.ts";

const maxKept = 8;

/** Temporary files of samples. The catalogue stores the samples. */
export class SpooledSamples {
  readonly #kept = new Map<string, Promise<{ readonly folder: string; readonly file: SampleFile | null }>>();

  /** Returns the first part of a snapshot as a file; null if the catalogue no longer has it. */
  async fileOf(catalogue: Catalogue, hash: string): Promise<SampleFile | null> {
    // A snapshot is deleted if it names a person who asked to be forgotten: its file must be deleted too.
    if (!(await catalogue.snapshots.has(hash))) return this.#drop(hash);
    const cached = this.#kept.get(hash);
    if (cached !== undefined) return (await cached).file;
    const spooling = spool(catalogue, hash);
    this.#kept.set(hash, spooling);
    spooling.catch(() => this.#kept.delete(hash));
    for (const old of [...this.#kept.keys()].slice(0, -maxKept)) this.#drop(old);
    return (await spooling).file;
  }

  #drop(hash: string): null {
    void this.#kept.get(hash)?.then(({ folder }) => rm(folder, { recursive: true, force: true }));
    this.#kept.delete(hash);
    return null;
  }

  async close(): Promise<void> {
    const kept = await Promise.allSettled(this.#kept.values());
    this.#kept.clear();
    for (const one of kept) if (one.status === "fulfilled") await rm(one.value.folder, { recursive: true, force: true });
  }
}

async function spool(catalogue: Catalogue, hash: string) {
  const folder = await mkdtemp(path.join(tmpdir(), "moisson-sample-"));
  const restored = await catalogue.snapshots.restore(hash, folder).catch((error: unknown) => {
    if (error instanceof RunFailed && error.code === "snapshot-missing") return null;
    throw error;
  });
  const part = restored?.parts[0];
  return {
    folder,
    file: part === undefined ? null : { path: part.path, name: part.name, contentType: part.contentType, bytes: part.bytes },
  };
}
