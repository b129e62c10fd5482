import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Connection } from "../../catalogue/connection/connection.ts";
import { noteMove } from "../../catalogue/connection/moved-home.ts";
import { CatalogueRefused } from "../../catalogue/connection/storage-failure.ts";
import { type Move, moveCatalogue } from "../../catalogue/move/move-catalogue.ts";
import { processOf } from "../../catalogue/schema/database-roles.ts";
import { migrate } from "../../catalogue/schema/migrate.ts";
import type { CommandContext } from "../context.ts";
import { NotDone, WrongUse } from "../exit.ts";

const schema = "moisson";
/** A statement on one side can take long, and the transaction of the other side waits for it. */
const leaseSeconds = 600;

/** Moves the embedded catalogue of `MOISSON_HOME` into the empty database of `DATABASE_URL`. */
export async function moveToServer({ config, terminal }: CommandContext): Promise<void> {
  const { home, databaseUrl } = config;
  if (databaseUrl === null) throw new WrongUse("set DATABASE_URL to the empty PostgreSQL database that the catalogue moves to");
  refuseProcessRole(databaseUrl);
  if (!existsSync(join(home, "catalogue"))) throw new NotDone(`there is no embedded catalogue in ${home}; set MOISSON_HOME to its folder`);
  const began = performance.now();
  const moved = await withBoth(home, databaseUrl, async (from, to) => {
    const result = await moveCatalogue(from.store, to.store, schema, ({ step, done, total }) =>
      terminal.progress({ title: step, done, total, unit: step === "copying" ? "bytes" : "aids" }),
    );
    await noteMove(home, withoutPassword(databaseUrl), new Date());
    return result;
  }).finally(() => terminal.progress(null));
  for (const line of lastWords(moved, (performance.now() - began) / 1000, home)) terminal.out(line);
}

async function withBoth<T>(home: string, url: string, work: (from: Connection, to: Connection) => Promise<T>): Promise<T> {
  const { connectEmbedded } = await import("../../catalogue/connection/connect-embedded.ts");
  const { connectPostgresql } = await import("../../catalogue/connection/connect-postgresql.ts");
  const from = await connectEmbedded(home, schema);
  try {
    await migrate(from.store, schema, "if-empty").catch((error: unknown) => {
      if (!(error instanceof CatalogueRefused) || error.code !== "catalogue-behind") throw error;
      throw new NotDone("an older version made the embedded catalogue; migrate it first: DATABASE_URL= moisson db migrate");
    });
    const to = await connectPostgresql({ url, schema, leaseSeconds });
    try {
      return await work(from, to);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/** The user that moves the catalogue owns its tables, and the role of a process must not. */
function refuseProcessRole(databaseUrl: string): void {
  const role = URL.canParse(databaseUrl) ? new URL(databaseUrl).username : "";
  const process = processOf(role);
  if (process === null) return;
  throw new NotDone(
    `${role} is the role of \`moisson ${process}\`, and must not own the tables: set DATABASE_URL to the owner of the database`,
  );
}

function withoutPassword(databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
}

function lastWords({ tables, aids, changeFeed }: Move, seconds: number, home: string): string[] {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const countOf = (name: string) => tables.find((table) => table.name === name)?.rows ?? 0;
  return [
    `moved: ${countOf("aids")} aids, ${countOf("runs")} runs, ${rows} rows in ${tables.length} tables, in ${seconds.toFixed(1)} s`,
    `equal on both sides: every table, the export of all aids (sha256 ${aids.slice(0, 12)}), the change feed (sha256 ${changeFeed.slice(0, 12)})`,
    "from now on, set DATABASE_URL for every command, worker and console; MOISSON_HOME is not used any more",
    "if each process has its own role: moisson db migrate --roles, as the user that moved the catalogue, then the role of each process in its DATABASE_URL",
    "workers do the queued runs: moisson worker",
    `${home} keeps the old copy and refuses to open; delete the folder when you have a backup of the database`,
  ];
}
