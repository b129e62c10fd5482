import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CatalogueRefused } from "./storage-failure.ts";

const noteIn = (home: string) => join(home, "moved.json");

/**
 * Notes in the folder of an embedded catalogue that it was moved, so that nobody changes the old copy by mistake. `to`: the server and the
 * database, without a password.
 */
export async function noteMove(home: string, to: string, at: Date): Promise<void> {
  await writeFile(noteIn(home), `${JSON.stringify({ to, at: at.toISOString() })}\n`);
}

/**
 * Refuses the folder of an embedded catalogue that was moved.
 * @throws CatalogueRefused `catalogue-moved`
 */
export async function refuseMovedHome(home: string): Promise<void> {
  const note = await readFile(noteIn(home), "utf8").catch(() => null);
  if (note === null) return;
  const { to, at } = JSON.parse(note) as { to: string; at: string };
  throw new CatalogueRefused(
    "catalogue-moved",
    { home, to, at },
    `The catalogue in ${home} was moved to ${to} on ${at.slice(0, 10)}: set DATABASE_URL. To use the old copy anyway, delete ${noteIn(home)}.`,
  );
}
