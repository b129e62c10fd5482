import { statfs } from "node:fs/promises";
import { CatalogueRefused } from "./storage-failure.ts";

/**
 * The embedded database needs this much free space: it grows by files of 16 MB, and it can neither write on nor close when the disk is full.
 */
const minFreeBytes = 64 * 1024 * 1024;

/** The disk of the embedded catalogue. */
export class FreeSpace {
  constructor(private readonly home: string) {}

  /** @throws CatalogueRefused `disk-full` */
  async checkBeforeOpening(): Promise<void> {
    const free = await this.#freeBytes();
    if (free >= minFreeBytes) return;
    const needed = Math.round(minFreeBytes / 1024 / 1024);
    throw new CatalogueRefused(
      "disk-full",
      { home: this.home, free },
      `The disk of ${this.home} is full: ${Math.floor(free / 1024 / 1024)} MB free, and the catalogue needs ${needed} MB. Free some space there, or set MOISSON_HOME to a folder on another disk.`,
    );
  }

  /** @throws Error with the code ENOSPC, as the system does when a disk is full */
  async checkBeforeWriting(): Promise<void> {
    if ((await this.#freeBytes()) < minFreeBytes) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  }

  async #freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.home);
    return bavail * bsize;
  }
}
