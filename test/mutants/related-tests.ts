import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** Imports and re-exports of values, imports that happen later, and modules that run in threads and processes. */
const imports = [
  /^(?:import|export)\s+(?!type\s)(?:[^"'`;]*?\sfrom\s+)?"(\.{1,2}\/[^"]+|moisson\/connector-kit)"/gm,
  /(?:\bimport|\bnew URL)\(\s*"(\.{1,2}\/[^"]+)"/g,
];

/**
 * Returns the everyday tests that can reach a source file, the nearest first: those that import it, then those that import its importers,
 * and so on. Imports that happen later in a run count too, so tests of the built command line are among them.
 */
export function relatedTests(root: string, file: string): string[] {
  const importers = importersIn(root);
  const seen = new Set([file]);
  for (const one of seen) for (const importer of importers.get(one) ?? []) seen.add(importer);
  return [...seen].filter((one) => one.endsWith(".test.ts") && !one.endsWith(".long.test.ts"));
}

function importersIn(root: string): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const file of ["src", "connectors", "test"].flatMap((folder) => modulesIn(root, folder))) {
    const text = readFileSync(join(root, file), "utf8");
    for (const [, path = ""] of imports.flatMap((pattern) => [...text.matchAll(pattern)])) {
      const target = path.startsWith(".") ? existing(root, normalize(join(dirname(file), path))) : "src/kit/index.ts";
      importers.set(target, [...(importers.get(target) ?? []), file]);
    }
  }
  return importers;
}

/** Returns the source of a module that is named by its compiled file. */
function existing(root: string, path: string): string {
  const sources = [path, path.replace(/\.js$/, ".ts"), path.replace(/\.js$/, ".tsx")];
  return sources.find((one) => existsSync(join(root, one))) ?? path;
}

function modulesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, "/").length))
    .sort();
}
