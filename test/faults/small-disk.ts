import { execFile } from "node:child_process";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A small disk in memory that can be filled. */
export interface SmallDisk {
  readonly folder: string;
  /** Writes until no page fits. */
  fill(): Promise<void>;
  /** Deletes the file that `fill` wrote. */
  free(): Promise<void>;
  unmount(): Promise<void>;
}

/** Only root can mount disks. */
export const canMountDisks = process.platform === "linux" && process.getuid?.() === 0;

/** Mounts a disk on a folder. Without the permission, it uses the folder itself, and `fill` throws. */
export async function mountSmallDisk(folder: string, megabytes: number): Promise<SmallDisk> {
  await mkdir(folder, { recursive: true });
  if (canMountDisks) await run("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "moisson-faults", folder]);
  const filler = join(folder, "filler");
  return {
    folder,
    fill: async () => {
      if (!canMountDisks) throw new Error("only root can mount a disk");
      const file = await open(filler, "a");
      for (const bytes of [1 << 20, 1 << 12])
        while (
          await file.write(Buffer.alloc(bytes)).then(
            () => true,
            () => false,
          )
        );
      await file.close();
    },
    free: () => rm(filler, { force: true }),
    unmount: async () => {
      if (canMountDisks) await run("umount", ["-l", folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
