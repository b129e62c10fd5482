import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const extension = extname(import.meta.url);
/** Root of the code that runs this file: that of the project, or `dist`. */
const codeRoot = fileURLToPath(new URL("../../", import.meta.url));
const projectRoot = extension === ".ts" ? codeRoot : join(codeRoot, "..");

const migration = "9999_newer";
const [oldColumn, newColumn] = ["mapping_fingerprint", "mapping_print"];
const isStatement = new RegExp(`\\b${oldColumn}\\b`, "g");

/**
 * Makes the next version of the code in a folder, once, and returns the root of its tree. It has one more migration, which renames a column
 * that every claim uses.
 */
export async function newerVersion(folder: string): Promise<string> {
  const project = join(folder, "newer");
  const root = join(project, relative(projectRoot, codeRoot));
  if ((await readdir(project).catch(() => [])).length > 0) return root;
  await mkdir(root, { recursive: true });
  await cp(join(codeRoot, "src"), join(root, "src"), { recursive: true });
  for (const name of await readdir(projectRoot))
    if (!["src", "dist", "test", ".git"].includes(name)) await symlink(join(projectRoot, name), join(project, name));
  const catalogue = join(root, "src", "catalogue");
  for (const file of await readdir(catalogue, { recursive: true })) {
    if (extname(file) !== extension || file.split(sep).includes("migrations")) continue;
    const text = await readFile(join(catalogue, file), "utf8");
    await writeFile(join(catalogue, file), text.replaceAll(isStatement, newColumn));
  }
  const migrations = join(catalogue, "schema", "migrations");
  await writeFile(join(migrations, `${migration}.sql`), `alter table runs rename column ${oldColumn} to ${newColumn};`);
  const journal = join(migrations, "meta", "_journal.json");
  const known = JSON.parse(await readFile(journal, "utf8")) as { entries: { tag: string }[] };
  await writeFile(journal, JSON.stringify({ ...known, entries: [...known.entries, { tag: migration }] }));
  return root;
}

/** Returns the program of a tree. */
export function programIn(root: string): string {
  return join(root, "src", "cli", `main${extension}`);
}

/** Migrates a database as the newer version does. */
export async function migrateToNewer(root: string, databaseUrl: string): Promise<void> {
  const hooks = extension === ".ts" ? ["--import", "tsx"] : [];
  await promisify(execFile)(process.execPath, [...hooks, programIn(root), "db", "migrate"], {
    env: { ...process.env, DATABASE_URL: databaseUrl, REDIS_URL: "" },
  });
}

/** Makes the database that of this version again. */
export async function undoNewer(ask: (statement: string) => Promise<unknown>): Promise<void> {
  await ask(`alter table moisson.runs rename column ${newColumn} to ${oldColumn}`);
  await ask(`delete from moisson.migrations where name = '${migration}'`);
}
