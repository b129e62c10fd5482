import { mkdtemp, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";

async function folderOf(pid: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `moisson-spool-${pid}-`));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const exists = (folder: string) =>
  stat(folder).then(
    () => true,
    () => false,
  );

it("deletes the downloads of ended processes, also of one that had our id, as in a container", async () => {
  const [current, earlier, ended, alive] = [
    await folderOf(process.pid),
    await folderOf(process.pid),
    await folderOf(2 ** 22 + 1),
    await folderOf(process.ppid),
  ];
  const lastYear = new Date(Date.now() - 365 * 86_400_000);
  await utimes(earlier, lastYear, lastYear);
  // Only the first download of a process deletes folders: another test may have done it.
  vi.resetModules();
  const { makeSpoolFolder } = await import("../../src/platform/spool-folder.ts");
  const made = await makeSpoolFolder();
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  expect(await Promise.all([current, earlier, ended, alive, made].map(exists))).toEqual([true, false, false, true, true]);
});
