import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { canonicalAid } from "../../model/aid/canonical-aid.ts";
import { AidRepository } from "../aids/aid-repository.ts";
import { ChangeFeedRepository } from "../aids/change-feed-repository.ts";
import { CatalogueRefused } from "../connection/storage-failure.ts";
import { migrate } from "../schema/migrate.ts";
import type { Store } from "../store.ts";
import { digestOfTable, lastNumbers, type StoredTable, storedTables } from "./stored-tables.ts";

/** Counts of the moved rows, which are equal on both sides. */
export interface Move extends OutputsDigest {
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
}

/** Progress of a move: bytes of a table that are copied, or aids of both sides that are compared. */
export interface MoveProgress {
  readonly step: "copying" | "comparing";
  readonly done: number;
  readonly total: number;
}

/** Bytes of a table that are copied at a time, with their long values. */
const bytesPerPiece = 8 * 1024 * 1024;

/**
 * Copies a whole catalogue into an empty database, and compares both: the rows of each table, the sequences, the export of all aids and the
 * change feed. All of it is one transaction on the target, so an error or a dead process leaves nothing there.
 * @throws CatalogueRefused `target-not-empty`, `copy-differs`
 */
export async function moveCatalogue(from: Store, to: Store, schema: string, report: (progress: MoveProgress) => void): Promise<Move> {
  return to.transaction(async (target) => {
    await migrate(target, schema, "if-empty");
    const tables = await storedTables(from);
    await takeEmptyTables(target, tables);
    await from.transaction((source) => copyTables(source, target, tables, report));
    await continueSequences(from, target);
    await target.rows(sql`analyze ${listOf(tables)}`);
    return compare(from, target, tables, report);
  });
}

/** Tables in which the migrations put rows. */
const filledByMigrations: ReadonlySet<string> = new Set(["search_state"]);

/** Locks the tables of the target, so that no worker begins meanwhile, and empties those that the migrations filled. */
async function takeEmptyTables(target: Store, tables: readonly StoredTable[]): Promise<void> {
  await target.rows(sql`lock table ${listOf(tables)} in access exclusive mode`);
  for (const { name } of tables) {
    if (filledByMigrations.has(name)) await target.rows(sql`delete from ${sql.identifier(name)}`);
    const filled = await target.value<boolean>(sql`select exists (select from ${sql.identifier(name)}) as filled`);
    if (!filled) continue;
    const message = `The database of DATABASE_URL already contains a catalogue (the table "${name}" has rows): move into an empty database.`;
    throw new CatalogueRefused("target-not-empty", { table: name }, message);
  }
}

function listOf(tables: readonly StoredTable[]): SQL {
  return sql.join(
    tables.map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
}

async function copyTables(
  source: Store,
  target: Store,
  tables: readonly StoredTable[],
  report: (progress: MoveProgress) => void,
): Promise<void> {
  const total = tables.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const { name, columns, blocks, bytes } of tables) {
    const blocksPerPiece = Math.max(1, Math.floor(bytesPerPiece / (bytes / Math.max(blocks, 1))));
    for (let block = 0; block < blocks; block += blocksPerPiece) {
      const rows = `select ${columns.join(", ")} from "${name}" where ctid >= '(${block},0)' and ctid < '(${block + blocksPerPiece},0)'`;
      for await (const piece of pieces(source.copyOut(rows))) await target.copyIn(`"${name}" (${columns.join(", ")})`, piece);
      report({ step: "copying", done: done + (bytes * Math.min(block, blocks)) / blocks, total });
    }
    done += bytes;
    report({ step: "copying", done, total });
  }
}

/** Collects the chunks of one COPY, which the target reads as one. */
async function* pieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  if (all.length > 0) yield all;
}

async function continueSequences(source: Store, target: Store): Promise<void> {
  for (const [name, last] of await lastNumbers(source))
    await target.rows(sql`select setval(quote_ident(${name})::regclass, ${last}::bigint)`);
}

async function compare(
  source: Store,
  target: Store,
  tables: readonly StoredTable[],
  report: (progress: MoveProgress) => void,
): Promise<Move> {
  const differs = (what: string) => {
    const message = `The copy differs from the embedded catalogue (${what}), so nothing was kept. Please report this as a bug.`;
    return new CatalogueRefused("copy-differs", { what }, message);
  };
  const moved: { name: string; rows: number }[] = [];
  for (const { name } of tables) {
    const [here, there] = await Promise.all([digestOfTable(source, name), digestOfTable(target, name)]);
    if (here.rows !== there.rows || here.checksum !== there.checksum) throw differs(`table ${name}`);
    moved.push({ name, rows: here.rows });
  }
  const [numbersHere, numbersThere] = await Promise.all([lastNumbers(source), lastNumbers(target)]);
  for (const [name, last] of numbersHere) if (numbersThere.get(name) !== last) throw differs(`sequence ${name}`);
  const aids = moved.find(({ name }) => name === "aids")?.rows ?? 0;
  let done = 0;
  const count = (aidsOfPage: number) => {
    done += aidsOfPage;
    report({ step: "comparing", done, total: 4 * aids });
  };
  const [outputs, outputsThere] = await Promise.all([digestOfOutputs(source, count), digestOfOutputs(target, count)]);
  if (outputs.aids !== outputsThere.aids) throw differs("the export of all aids");
  if (outputs.changeFeed !== outputsThere.changeFeed) throw differs("the change feed");
  return { tables: moved, ...outputs };
}

/** SHA-256 of what others read from a catalogue. */
interface OutputsDigest {
  /** `moisson aids --json` */
  readonly aids: string;
  /** `moisson aids --changed-since 1970-01-01 --json` */
  readonly changeFeed: string;
}

/** Writes the export of all aids and the whole change feed of a catalogue, and returns their digests. `onAids`: called with each page's size. */
async function digestOfOutputs(store: Store, onAids: (count: number) => void): Promise<OutputsDigest> {
  const aids = createHash("sha256");
  for await (const page of new AidRepository(store).list()) {
    for (const aid of page) aids.update(`${JSON.stringify(canonicalAid(aid))}\n`);
    onAids(page.length);
  }
  const changeFeed = createHash("sha256");
  for await (const page of new ChangeFeedRepository(store).since({ from: new Date(0) })) {
    for (const change of page) changeFeed.update(`${JSON.stringify("deleted" in change ? change : canonicalAid(change))}\n`);
    onAids(page.length);
  }
  return { aids: aids.digest("hex"), changeFeed: changeFeed.digest("hex") };
}
