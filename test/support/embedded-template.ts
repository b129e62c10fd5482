import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { cacheFolder } from "./cache-folder.ts";

/**
 * Returns an empty PGlite in memory. It is loaded from a file, because creating a database from nothing takes most of the time of
 * `PGlite.create()`.
 */
export async function emptyPglite(): Promise<PGlite> {
  return PGlite.create({ loadDataDir: new Blob([await readFile(await template())]) });
}

/**
 * Copies an empty, migrated catalogue into a home, for commands that run as processes: creating it takes five seconds of CPU. The first call
 * for these migrations and this version of PGlite creates it.
 */
export async function fillHome(home: string): Promise<void> {
  await cp(join(await readyHome(), "catalogue"), join(home, "catalogue"), { recursive: true });
}

async function readyHome(): Promise<string> {
  const migrations = fileURLToPath(new URL("../../src/catalogue/schema/migrations", import.meta.url));
  const state = createHash("sha256").update(await versionOfPglite());
  for (const file of (await readdir(migrations, { recursive: true })).toSorted())
    if (file.endsWith(".sql")) state.update(await readFile(join(migrations, file)));
  const ready = join(cacheFolder, `home-${state.digest("hex").slice(0, 16)}`);
  if (existsSync(ready)) return ready;
  const ours = `${ready}.${randomUUID()}`;
  await mkdir(ours, { recursive: true });
  await (await openCatalogue({ databaseUrl: undefined, home: ours })).close();
  // Another worker may create it at the same time.
  await rename(ours, ready).catch(() => rm(ours, { recursive: true }));
  return ready;
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
