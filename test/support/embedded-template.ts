import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { cacheFolder } from "./cache-folder.ts";

/**
 * Returns an empty PGlite in memory. It is loaded from a file, because creating a database from nothing takes most of the time of
 * `PGlite.create()`.
 */
export async function emptyPglite(): Promise<PGlite> {
  return PGlite.create({ loadDataDir: new Blob([await readFile(await template())]) });
}

/** Returns the file of an empty database of this version of PGlite, and creates it if missing. */
async function template(): Promise<string> {
  const file = join(cacheFolder, `pglite-${await versionOfPglite()}.tar`);
  if (existsSync(file)) return file;
  await mkdir(cacheFolder, { recursive: true });
  const database = await PGlite.create();
  await database.exec("checkpoint");
  const dump = await database.dumpDataDir("none");
  await database.close();
  // Another worker may create the file at the same time. Each worker therefore renames a complete file.
  const ours = `${file}.${randomUUID()}`;
  await writeFile(ours, new Uint8Array(await dump.arrayBuffer()));
  await rename(ours, file);
  return file;
}

/** Reads the version next to its code: the package does not export its package.json. */
async function versionOfPglite(): Promise<string> {
  const code = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  return JSON.parse(await readFile(join(dirname(code), "..", "package.json"), "utf8")).version;
}
