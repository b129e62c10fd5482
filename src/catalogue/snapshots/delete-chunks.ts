import { type SQL, sql } from "drizzle-orm";
import type { Store } from "../store.ts";
import { keysOf, packOf, withoutChunks } from "./pack.ts";

/** Packs that are checked and rewritten at a time. */
const packsAtATime = 16;

const key = sql`hashtextextended('snapshot packs', 1)`;

/**
 * Waits until no transaction is deleting chunks, and prevents it to the end of this transaction. Whoever uses stored chunks checks, with
 * this lock, that they still exist.
 */
export async function keepChunks(transaction: Store): Promise<void> {
  await transaction.rows(sql`select pg_advisory_xact_lock_shared(${key})`);
}

/** Deletes the chunks that only these snapshots used, which must be deleted before. Snapshots that still exist are left as they are. */
export async function deleteChunks(transaction: Store, snapshots: readonly number[]): Promise<void> {
  await transaction.rows(sql`select pg_advisory_xact_lock(${key})`);
  const packs = await transaction.values<number>(sql`
    with gone as (
      delete from snapshot_extents where snapshot = any(${listOf(snapshots)})
        and not exists (select from snapshots where snapshots.id = snapshot_extents.snapshot)
      returning pack
    )
    select distinct pack::float8 as pack from gone order by pack`);
  for (let first = 0; first < packs.length; first += packsAtATime) await deleteIn(transaction, packs.slice(first, first + packsAtATime));
}

async function deleteIn(transaction: Store, packs: readonly number[]): Promise<void> {
  await transaction.rows(sql`
    delete from snapshot_packs where id = any(${listOf(packs)}) and not exists (select from snapshot_extents where pack = snapshot_packs.id)`);
  const rows = await transaction.rows<{ id: number; unused: string; hashes: string; sizes: string; compressed: string }>(sql`
    select id::float8 as id, array_to_string(unused, ',') as unused, encode(hashes, 'hex') as hashes,
      array_to_string(sizes, ',') as sizes, encode(compressed, 'base64') as compressed
    from snapshot_packs cross join lateral (
      select range_agg(int4range(first, last, '[]')) as places from snapshot_extents where pack = snapshot_packs.id
    ) used cross join lateral (
      select array_agg(place - 1) as unused from generate_subscripts(sizes, 1) place where sizes[place] > 0 and not place - 1 <@ used.places
    ) rest
    where id = any(${listOf(packs)}) and unused is not null order by id`);
  for (const { id, unused, ...row } of rows) {
    const pack = await withoutChunks(packOf(row), unused.split(",").map(Number)).catch(() => null);
    if (pack === null) continue; // A damaged pack must not stop the deletion of others. It goes with its last snapshot.
    await transaction.rows(sql`
      update snapshot_packs set keys = ${`{${keysOf(pack.hashes).join(",")}}`}::uuid[], hashes = decode(${pack.hashes.join("")}, 'hex'), sizes = ${`{${pack.sizes.join(",")}}`}::int[],
        compressed = decode(${Buffer.from(pack.compressed).toString("base64")}, 'base64') where id = ${id}::bigint`);
  }
}

/** Returns ids as an SQL array. */
export function listOf(ids: readonly number[]): SQL {
  return sql`${`{${ids.join(",")}}`}::bigint[]`;
}
