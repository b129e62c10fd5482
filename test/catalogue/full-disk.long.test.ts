import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const script = fileURLToPath(new URL("../support/fill-disk-of-home.ts", import.meta.url));
/** Mounts a small disk in a namespace of its own, which needs no rights and ends with the process. */
const inNamespace = ["--user", "--map-root-user", "--mount"];
const hasNamespaces = spawnSync("unshare", [...inNamespace, "true"]).status === 0;
if (!hasNamespaces) process.stderr.write("SKIPPED, the test of a full disk: this system does not allow a mount namespace\n");

it.skipIf(!hasNamespaces)("an embedded catalogue fails in one sentence on a full disk, and works again after space is freed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "moisson-disk-"));
  const mounted = 'mount -t tmpfs -o size=200m tmpfs "$1" && exec "$2" --import tsx "$3" "$1/home"';
  const { stdout, stderr, status } = spawnSync("unshare", [...inNamespace, "sh", "-c", mounted, "sh", folder, process.execPath, script], {
    encoding: "utf8",
    timeout: 120_000,
  });
  await rm(folder, { recursive: true, force: true });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const lines = stdout.trim().split("\n");
  expect(lines.slice(0, 3)).toEqual(["written", "storage-failed ENOSPC", "written"]);
  expect(lines[3]).toMatch(
    /^disk-full The disk of .* is full: 0 MB free, and the catalogue needs 64 MB\. Free some space there, or set MOISSON_HOME/,
  );
});
