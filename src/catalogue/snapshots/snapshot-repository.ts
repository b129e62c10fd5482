import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { RunFailed } from "../../model/run/run-error.ts";
import { storableJson, storableText } from "../../model/text/storable.ts";
import { openFile } from "../../platform/open-file.ts";
import { forEachConcurrently } from "../runs/in-flight.ts";
import type { Store } from "../store.ts";
import { compressChunk, decompressChunk, inChunks } from "./snapshot-chunks.ts";

/** A part of a feed to store. `url`: its source, null for a file. */
export interface SnapshotPart {
  readonly name: string;
  readonly contentType: string | null;
  readonly url: string | null;
  open(): AsyncIterable<Uint8Array>;
}

/** A stored part. `sha256`: of its bytes as received, lower-case hexadecimal. */
interface StoredPart {
  readonly name: string;
  readonly contentType: string | null;
  readonly url: string | null;
  readonly sha256: string;
  readonly bytes: number;
}

/** A snapshot written to a folder, in the order of its parts. */
export interface RestoredSnapshot {
  readonly hash: string;
  readonly bytes: number;
  readonly parts: readonly (FeedPart & StoredPart)[];
}

/** Number of chunks compressed and sent at the same time. */
const chunksInFlight = 3;

/** Feeds as received, by content hash. */
export class SnapshotRepository {
  constructor(private readonly store: Store) {}

  /** Returns true if the whole snapshot is stored. */
  async has(hash: string): Promise<boolean> {
    // `for key share` waits for a prune in progress, so a snapshot that is being deleted counts as deleted.
    return (await this.store.rows(sql`select 1 from snapshots where hash = ${hash} for key share`)).length > 0;
  }

  /**
   * Stores a feed, unless it is already stored. Durable and complete when it resolves.
   * @throws RunFailed `storage-failed`, also if the bytes do not match `hash` because the file changed
   */
  async save(hash: string, parts: readonly SnapshotPart[], now: Date): Promise<void> {
    if (await this.has(hash)) return;
    await this.store.transaction(async (transaction) => {
      // Two runs may store the same feed at once. The second one waits here and finds it stored.
      await transaction.rows(sql`select pg_advisory_xact_lock(hashtextextended(${hash}, 1))`);
      if (await new SnapshotRepository(transaction).has(hash)) return;
      await transaction.rows(
        sql`insert into snapshots (hash, parts, bytes, stored_at) values (${hash}, '[]', 0, ${now.toISOString()}::timestamptz)`,
      );
      const stored: StoredPart[] = [];
      for (const [index, part] of parts.entries()) stored.push(await storePart(transaction, hash, index, part));
      const found = hashOfParts(stored.map((part) => part.sha256));
      if (found !== hash) throw new RunFailed("storage-failed", { reason: "bytes-changed", expected: hash, found });
      const bytes = stored.reduce((sum, part) => sum + part.bytes, 0);
      await transaction.rows(sql`update snapshots set parts = ${storableJson(stored)}::jsonb, bytes = ${bytes} where hash = ${hash}`);
    });
  }

  /**
   * Writes a snapshot's parts into a folder, as files `part-0`, `part-1`… `prefix`: its hash, or at least four digits of it if no other
   * snapshot begins so.
   * @throws RunFailed `snapshot-missing` if none or several match; `storage-failed` if the bytes have changed
   */
  async restore(prefix: string, folder: string): Promise<RestoredSnapshot> {
    const found = /^[0-9a-f]{4,64}$/.test(prefix)
      ? await this.store.rows<{ hash: string; parts: StoredPart[]; bytes: number }>(
          sql`select hash, parts, bytes::float8 as bytes from snapshots where hash like ${`${prefix}%`} limit 2`,
        )
      : [];
    const [snapshot] = found;
    if (snapshot === undefined || found.length > 1) throw new RunFailed("snapshot-missing", { hash: prefix, found: found.length });
    const parts: (FeedPart & StoredPart)[] = [];
    for (const [index, part] of snapshot.parts.entries()) {
      const path = join(folder, `part-${index}`);
      const sha256 = await this.writePart(snapshot.hash, index, path);
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
    const [snapshot] = await this.store.rows<{ parts: StoredPart[] }>(sql`select parts from snapshots where hash = ${hash}`);
    return snapshot?.parts.map((part, index) => ({ ...part, path: "", open: () => this.chunks(hash, index) })) ?? null;
  }

  private async writePart(hash: string, part: number, path: string): Promise<string> {
    const digest = createHash("sha256");
    const file = await open(path, "w");
    try {
      for await (const raw of this.chunks(hash, part)) {
        digest.update(raw);
        await file.writeFile(raw);
      }
      return digest.digest("hex");
    } finally {
      await file.close();
    }
  }

  private async *chunks(hash: string, part: number): AsyncGenerator<Uint8Array> {
    for (let seq = 0; ; seq++) {
      const [chunk] = await this.store.rows<{ text: string }>(
        sql`select encode(compressed, 'base64') as text from snapshot_chunks where hash = ${hash} and part = ${part} and seq = ${seq}`,
      );
      if (chunk === undefined) return;
      yield await decompressChunk(Buffer.from(chunk.text, "base64"));
    }
  }
}

/** Returns the hash of a snapshot: the hash of its only part, or the hash of the joined hashes of its parts. */
function hashOfParts(hashes: readonly string[]): string {
  const [only] = hashes;
  if (only !== undefined && hashes.length === 1) return only;
  return createHash("sha256").update(hashes.join("")).digest("hex");
}

async function storePart(transaction: Store, hash: string, index: number, part: SnapshotPart): Promise<StoredPart> {
  const digest = createHash("sha256");
  let bytes = 0;
  let seq = 0;
  await forEachConcurrently(inChunks(part.open()), chunksInFlight, async (raw) => {
    const number = seq++;
    bytes += raw.length;
    digest.update(raw);
    // Sent as base64, because both drivers write bytea as hexadecimal, PGlite at 6 MB/s.
    const text = (await compressChunk(raw)).toString("base64");
    await transaction.rows(
      sql`insert into snapshot_chunks (hash, part, seq, compressed) values (${hash}, ${index}, ${number}, decode(${text}, 'base64'))`,
    );
  });
  const { name, contentType, url } = part;
  return { name: storableText(name), contentType, url, sha256: digest.digest("hex"), bytes };
}
