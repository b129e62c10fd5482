import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../support/loaded-connectors.ts";

/** A copy of the project that has never heard of these connectors, nor of what was decided on their words. */
export async function copyWithout(connectors: readonly string[]): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "moisson-copy-"));
  for (const part of ["src", "connectors", "mappings", "fixtures", "package.json", "tsconfig.json"])
    await cp(join(projectRoot, part), join(copy, part), { recursive: true });
  await symlink(join(projectRoot, "node_modules"), join(copy, "node_modules"), "dir");
  for (const id of connectors)
    for (const part of [`connectors/${id}.ts`, `mappings/${id}`, `fixtures/${id}`])
      await rm(join(copy, part), { recursive: true, force: true });
  return copy;
}
