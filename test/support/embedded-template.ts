import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { cacheFolder } from "./cache-folder.ts";

/** A PGlite in memory with nothing of ours in it. Loaded from a file, for making a database from nothing is most of the work of `PGlite.create()`. */
export async function emptyPglite(): Promise<PGlite> {
  return PGlite.create({ loadDataDir: new Blob([await readFile(await template())]) });
}

/** The file of an empty database of this version of PGlite, made where there is none. */
async function template(): Promise<string> {
  const file = join(cacheFolder, `pglite-${await versionOfPglite()}.tar`);
  if (existsSync(file)) return file;
  await mkdir(cacheFolder, { recursive: true });
  const database = await PGlite.create();
  await database.exec("checkpoint");
  const dump = await database.dumpDataDir("none");
  await database.close();
  // Another worker may do the same: each puts a whole file there.
  const ours = `${file}.${randomUUID()}`;
  await writeFile(ours, new Uint8Array(await dump.arrayBuffer()));
  await rename(ours, file);
  return file;
}

/** Read beside its code: the package does not export its package.json. */
async function versionOfPglite(): Promise<string> {
  const code = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  return JSON.parse(await readFile(join(dirname(code), "..", "package.json"), "utf8")).version;
}
