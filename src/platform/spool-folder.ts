import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ours = /^moisson-spool-(\d+)-/;

let swept: Promise<void> | undefined;

/** Creates a folder for downloads. The first one of a process also deletes the folders of killed processes. */
export async function makeSpoolFolder(): Promise<string> {
  swept ??= removeFoldersOfKilled();
  await swept;
  return mkdtemp(join(tmpdir(), `moisson-spool-${process.pid}-`));
}

/** Deletes the folders of a process that has ended. */
export async function removeSpoolFolders(endedPid: number): Promise<void> {
  await removeFolders((pid) => pid === endedPid);
}

/** Deletes the folders of killed processes, which may each contain a whole feed. */
async function removeFoldersOfKilled(): Promise<void> {
  await removeFolders((pid, folder) => (pid === process.pid ? isOlderThanThisProcess(folder) : !isAlive(pid)));
}

async function removeFolders(isMeant: (pid: number, folder: string) => boolean | Promise<boolean>): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(ours.exec(name)?.[1]);
    const folder = join(tmpdir(), name);
    if (Number.isInteger(pid) && (await isMeant(pid, folder))) await rm(folder, { recursive: true, force: true });
  }
}

/** A folder that is created when it is needed. */
export class LazySpoolFolder {
  #made: Promise<string> | undefined;

  path(): Promise<string> {
    this.#made ??= makeSpoolFolder();
    return this.#made;
  }

  async remove(): Promise<void> {
    if (this.#made !== undefined) await rm(await this.#made, { recursive: true, force: true });
  }
}

/** Returns true for a folder of an earlier process with our id. In a container, every process has the id 1. */
async function isOlderThanThisProcess(folder: string): Promise<boolean> {
  const startedAt = Date.now() - process.uptime() * 1000;
  return stat(folder).then(
    ({ mtimeMs }) => mtimeMs < startedAt - 1000,
    () => false, // another run has just deleted it
  );
}

/** Returns true if a process exists, even if it belongs to another user. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
