import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { RunFailed } from "../../model/run/run-error.ts";
import { storableJson, storableText } from "../../model/text/storable.ts";
import { openFile } from "../../platform/open-file.ts";
import type { Store } from "../store.ts";
import { ChunkWriter } from "./chunk-writer.ts";
import type { Chunk } from "./content-chunks.ts";
import { keepChunks, listOf } from "./delete-chunks.ts";
import { chunksOf, type Extent, joined, packOf } from "./pack.ts";

/** A part of a feed to store. `url`: its source, null for a file. */
export interface SnapshotPart {
  readonly name: string;
  readonly contentType: string | null;
  readonly url: string | null;
  open(): AsyncIterable<Uint8Array>;
}

/** A stored part. `sha256`: of its bytes as received, lower-case hexadecimal. */
interface StoredPart extends Omit<SnapshotPart, "open"> {
  readonly sha256: string;
  readonly bytes: number;
}

/** A snapshot written to a folder, in the order of its parts. */
export interface RestoredSnapshot {
  readonly hash: string;
  readonly bytes: number;
  readonly parts: readonly (FeedPart & StoredPart)[];
}

/** Extents that are read at a time. */
const extentsAPage = 16;

/** Thrown if chunks that a snapshot shares were deleted while it was being stored. */
class ChunksDeleted extends Error {}

/** Feeds as received, by content hash. Snapshots share the chunks that they have in common. */
export class SnapshotRepository {
  constructor(private readonly store: Store) {}

  /** Returns true if the whole snapshot is stored. */
  async has(hash: string): Promise<boolean> {
    // `for key share` waits for a prune in progress, so a snapshot that is being deleted counts as deleted.
    return this.store.any(sql`select 1 from snapshots where hash = ${hash} for key share`);
  }

  /**
   * Stores a feed, unless it is already stored. Durable and complete when it resolves.
   * @throws RunFailed `storage-failed`, also if the bytes do not match `hash` because the file changed
   */
  async save(hash: string, parts: readonly SnapshotPart[], now: Date): Promise<void> {
    if (await this.has(hash)) return;
    try {
      await this.#save(hash, parts, now, false);
    } catch (error) {
      if (!(error instanceof ChunksDeleted)) throw error;
      await this.#save(hash, parts, now, true);
    }
  }

  /** `locked`: lets nobody delete chunks meanwhile. Otherwise this is only checked at the end, so that a prune waits for no feed. */
  async #save(hash: string, parts: readonly SnapshotPart[], now: Date, locked: boolean): Promise<void> {
    await this.store.transaction(async (transaction) => {
      // Two runs may store the same feed at once. The second one waits here and finds it stored.
      await transaction.lock(hash);
      if (await new SnapshotRepository(transaction).has(hash)) return;
      // Without statistics, PostgreSQL would compare all packs with each window of a feed.
      await transaction.rows(sql`set local enable_seqscan = off`);
      if (locked) await keepChunks(transaction);
      const id = await transaction.value<number>(sql`
        insert into snapshots (hash, parts, bytes, stored_at) values (${hash}, '[]', 0, ${now.toISOString()}::timestamptz) returning id::float8 as id`);
      const stored: StoredPart[] = [];
      const chunks = new ChunkWriter(transaction, id);
      for (const [index, part] of parts.entries()) {
        const { name, contentType, url } = part;
        stored.push({ name: storableText(name), contentType, url, ...(await chunks.write(index, part.open())) });
      }
      await chunks.end();
      const found = hashOfParts(stored.map((part) => part.sha256));
      if (found !== hash) throw new RunFailed("storage-failed", { reason: "bytes-changed", expected: hash, found });
      const bytes = stored.reduce((sum, part) => sum + part.bytes, 0);
      await transaction.rows(sql`update snapshots set parts = ${storableJson(stored)}::jsonb, bytes = ${bytes} where hash = ${hash}`);
      if (chunks.isShared && !locked) {
        await keepChunks(transaction);
        if (await lacksChunks(transaction, id)) throw new ChunksDeleted();
      }
    });
  }

  /**
   * Writes a snapshot's parts into a folder, as files `part-0`, `part-1`… `prefix`: its hash, or at least four digits of it if no other
   * snapshot begins so.
   * @throws RunFailed `snapshot-missing` if none or several match; `storage-failed` if the bytes have changed
   */
  async restore(prefix: string, folder: string): Promise<RestoredSnapshot> {
    const found = /^[0-9a-f]{4,64}$/.test(prefix)
      ? await this.store.rows<{ id: number; hash: string; parts: StoredPart[]; bytes: number }>(
          sql`select id::float8 as id, hash, parts, bytes::float8 as bytes from snapshots where hash like ${`${prefix}%`} limit 2`,
        )
      : [];
    const [snapshot] = found;
    if (snapshot === undefined || found.length > 1) throw new RunFailed("snapshot-missing", { hash: prefix, found: found.length });
    const parts: (FeedPart & StoredPart)[] = [];
    for (const [index, part] of snapshot.parts.entries()) {
      const path = join(folder, `part-${index}`);
      const sha256 = await this.#writePart(snapshot.id, index, path);
      if (sha256 !== part.sha256)
        throw new RunFailed("storage-failed", { reason: "snapshot-damaged", expected: part.sha256, found: sha256 });
      parts.push({ ...part, path, open: () => openFile(path) });
    }
    return { hash: snapshot.hash, bytes: snapshot.bytes, parts };
  }

  /**
   * Returns the parts of a snapshot as streams from the database, for callers that need only the beginning. Nothing is written to disk:
   * `path` is empty. Null if it is not stored.
   */
  async stream(hash: string): Promise<readonly FeedPart[] | null> {
    const [snapshot] = await this.store.rows<{ id: number; parts: StoredPart[] }>(
      sql`select id::float8 as id, parts from snapshots where hash = ${hash}`,
    );
    return snapshot?.parts.map((part, index) => ({ ...part, path: "", open: () => this.#read(snapshot.id, index) })) ?? null;
  }

  async #writePart(snapshot: number, part: number, path: string): Promise<string> {
    const digest = createHash("sha256");
    const file = await open(path, "w");
    try {
      for await (const raw of this.#read(snapshot, part)) {
        digest.update(raw);
        await file.writeFile(raw);
      }
      return digest.digest("hex");
    } finally {
      await file.close();
    }
  }

  /** Yields the bytes of a part. Throws RunFailed `storage-failed` at a pack that is missing or damaged. */
  async *#read(snapshot: number, part: number): AsyncGenerator<Uint8Array> {
    let packs: ReadonlyMap<number, readonly Chunk[]> = new Map();
    const pages = this.store.pages<Extent & { seq: number }, "seq">(
      extentsAPage,
      { seq: -1 },
      ({ seq }) => sql`
        select seq, pack::float8 as pack, first, last from snapshot_extents
        where snapshot = ${snapshot}::bigint and part = ${part} and seq > ${seq} order by seq limit ${extentsAPage}`,
    );
    for await (const extents of pages) {
      packs = await this.#readPacks(new Set(extents.map(({ pack }) => pack)), packs);
      for (const { pack, first, last } of extents) {
        const chunks = packs.get(pack);
        if (chunks === undefined) throw new RunFailed("storage-failed", { reason: "snapshot-damaged" });
        yield joined(chunks.slice(first, last + 1));
      }
    }
  }

  /** Returns the chunks of the packs that are not damaged. `before`: packs that were read for the page before. */
  async #readPacks(ids: ReadonlySet<number>, before: ReadonlyMap<number, readonly Chunk[]>): Promise<Map<number, readonly Chunk[]>> {
    const packs = new Map([...before].filter(([id]) => ids.has(id)));
    const rows = await this.store.rows<{ id: number; hashes: string; sizes: string; compressed: string }>(sql`
      select id::float8 as id, encode(hashes, 'hex') as hashes, array_to_string(sizes, ',') as sizes, encode(compressed, 'base64') as compressed
      from snapshot_packs where id = any(${listOf([...ids].filter((id) => !packs.has(id)))})`);
    for (const { id, ...row } of rows) {
      const chunks = await chunksOf(packOf(row)).catch(() => undefined);
      if (chunks !== undefined) packs.set(id, chunks);
    }
    return packs;
  }
}

/** Returns true if a chunk of the snapshot is deleted. */
async function lacksChunks(transaction: Store, snapshot: number): Promise<boolean> {
  return transaction.value<boolean>(sql`
    select exists (
      select from snapshot_extents left join snapshot_packs on snapshot_packs.id = pack
      where snapshot = ${snapshot}::bigint and coalesce(0 = any(sizes[first + 1 : last + 1]), true)) as lacks`);
}

/** Returns the hash of a snapshot: the hash of its only part, or the hash of the joined hashes of its parts. */
function hashOfParts(hashes: readonly string[]): string {
  const [only] = hashes;
  if (only !== undefined && hashes.length === 1) return only;
  return createHash("sha256").update(hashes.join("")).digest("hex");
}
