import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../support/loaded-connectors.ts";

/** Returns Biome's output, with our settings, for the files of a subfolder. It ends with "No fixes applied." if all is well. */
export async function biomeOutput(folder: string, inside: string): Promise<string> {
  const { vcs: _, ...config } = JSON.parse(await readFile(join(projectRoot, "biome.json"), "utf8")) as Record<string, unknown>;
  delete config.$schema;
  await writeFile(join(folder, "biome.json"), JSON.stringify(config));
  const biome = join(projectRoot, "node_modules/.bin/biome");
  const { stdout, stderr } = await promisify(execFile)(biome, ["check", inside, "--max-diagnostics=5"], { cwd: folder }).catch(
    (failed: { stdout: string; stderr: string }) => failed,
  );
  return (stderr + stdout).trim();
}
