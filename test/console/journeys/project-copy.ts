import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../support/loaded-connectors.ts";

/** Copies the project's code and these parts (`connectors`, `mappings`) to a new folder, which the caller removes. */
export async function projectCopy(parts: readonly string[]): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "moisson-copy-"));
  for (const part of ["src", "package.json", "tsconfig.json", ...parts])
    await cp(join(projectRoot, part), join(copy, part), { recursive: true });
  await symlink(join(projectRoot, "node_modules"), join(copy, "node_modules"), "dir");
  return copy;
}

/** Removes connectors and the decisions on their words from the copy. */
export async function forgetConnectors(copy: string, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    for (const part of [`connectors/${id}.ts`, `mappings/${id}`, `fixtures/${id}`])
      await rm(join(copy, part), { recursive: true, force: true });
}
