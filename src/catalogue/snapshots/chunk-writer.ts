import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { CopyWriter } from "../connection/copy-writer.ts";
import { forEachConcurrently } from "../runs/in-flight.ts";
import type { Store } from "../store.ts";
import { type Chunk, contentChunks } from "./content-chunks.ts";
import { compressPack, type Extent, hashesIn, keysOf } from "./pack.ts";

/** SHA-256, in hexadecimal, and number of the bytes of a part. */
interface StoredBytes {
  readonly sha256: string;
  readonly bytes: number;
}

/** Hashes of the chunks of a pack, by place. */
interface PackContents {
  readonly id: number;
  readonly hashes: readonly string[];
}

/** An extent of a part, with its number within the part. */
type PartExtent = Extent & { readonly part: number; readonly seq: number };

/** Windows that are compressed and sent at the same time. */
const windowsInFlight = 3;
/** Maximum number of packs that one snapshot can store: 1 TB. Its packs are numbered from its id times this number. */
const packsASnapshot = 2 ** 20;
/** Extents that are sent together. */
const extentsAtATime = 10_000;

/** Stores the chunks of a snapshot in a transaction. Chunks that are already stored are neither compressed nor sent. */
export class ChunkWriter {
  #isShared = false;
  #nextPack: number;
  #extents: PartExtent[] = [];
  /** The last statement. */
  #sent: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly transaction: Store,
    private readonly snapshot: number,
  ) {
    this.#nextPack = snapshot * packsASnapshot;
  }

  /** True if the snapshot uses chunks that were already stored. */
  get isShared(): boolean {
    return this.#isShared;
  }

  /** Stores the bytes of a part. */
  async write(part: number, source: AsyncIterable<Uint8Array>): Promise<StoredBytes> {
    const digest = createHash("sha256");
    let bytes = 0;
    let seq = 0;
    async function* hashed(): AsyncGenerator<Uint8Array> {
      for await (const piece of source) {
        digest.update(piece);
        bytes += piece.length;
        yield piece;
      }
    }
    await forEachConcurrently(contentChunks(hashed()), windowsInFlight, async (chunks) => {
      const first = seq;
      seq += chunks.length;
      await this.#writeWindow(part, first, chunks);
    });
    return { sha256: digest.digest("hex"), bytes };
  }

  /** Completes the snapshot. */
  async end(): Promise<void> {
    if (this.#extents.length === 0) return;
    const rows = new CopyWriter();
    for (const { part, seq, pack, first, last } of this.#extents) {
      rows.startRow(6);
      rows.integer(this.snapshot, 8);
      rows.integer(part, 4);
      rows.integer(seq, 4);
      rows.integer(pack, 8);
      rows.integer(first, 2);
      rows.integer(last, 2);
    }
    this.#extents = [];
    await this.#inTurn(() => this.transaction.copyIn("snapshot_extents (snapshot, part, seq, pack, first, last)", [rows.end()]));
  }

  /** Runs a statement after the one before, because the transaction has a single connection. */
  async #inTurn<T>(statement: () => Promise<T>): Promise<T> {
    const result = this.#sent.then(statement);
    this.#sent = result.catch(() => undefined);
    return result;
  }

  async #writeWindow(part: number, seq: number, chunks: readonly Chunk[]): Promise<void> {
    const stored = await this.#find(chunks);
    if (stored.length > 0) this.#isShared = true;
    const { extents, added } = placeChunks(chunks, stored, this.#nextPack);
    for (const [index, extent] of extents.entries()) this.#extents.push({ ...extent, part, seq: seq + index });
    if (added.length > 0) await this.#store(this.#nextPack++, added);
    if (this.#extents.length >= extentsAtATime) await this.end();
  }

  /** Returns the stored packs that contain some of the chunks. */
  async #find(chunks: readonly Chunk[]): Promise<PackContents[]> {
    const wanted = `{${chunks.map(({ hash }) => hash).join(",")}}`;
    const select = sql`
      select id::float8 as id, encode(hashes, 'hex') as hashes from snapshot_packs where keys && ${wanted}::uuid[] order by id`;
    const rows = await this.#inTurn(() => this.transaction.rows<{ id: number; hashes: string }>(select));
    return rows.map(({ id, hashes }) => ({ id, hashes: hashesIn(hashes) }));
  }

  async #store(id: number, chunks: readonly Chunk[]): Promise<void> {
    const { hashes, sizes, compressed } = await compressPack(chunks);
    const rows = new CopyWriter(compressed.length + 32 * chunks.length + 256);
    rows.startRow(5);
    rows.integer(id, 8);
    rows.array("uuid", Buffer.from(keysOf(hashes).join(""), "hex"));
    rows.bytes(Buffer.from(hashes.join(""), "hex"));
    rows.array("int4", int4s(sizes));
    rows.bytes(compressed);
    await this.#inTurn(() => this.transaction.copyIn("snapshot_packs (id, keys, hashes, sizes, compressed)", [rows.end()]));
  }
}

/** Returns the extents of the chunks, and the chunks that are not stored yet, which will be the pack `newPack`. */
function placeChunks(chunks: readonly Chunk[], stored: readonly PackContents[], newPack: number): { extents: Extent[]; added: Chunk[] } {
  const contents = new Map(stored.map(({ id, hashes }) => [id, hashes]));
  const places = new Map<string, { readonly pack: number; readonly place: number }>();
  for (const { id, hashes } of stored) for (const [place, hash] of hashes.entries()) places.set(hash, { pack: id, place });
  const added: Chunk[] = [];
  const extents: { pack: number; first: number; last: number }[] = [];
  for (const chunk of chunks) {
    const open = extents.at(-1);
    // If a chunk has several copies, the copy after the previous chunk makes the fewest extents.
    if (open !== undefined && contents.get(open.pack)?.[open.last + 1] === chunk.hash) {
      open.last++;
      continue;
    }
    let found = places.get(chunk.hash);
    if (found === undefined) {
      found = { pack: newPack, place: added.push(chunk) - 1 };
      places.set(chunk.hash, found);
    }
    const { pack, place } = found;
    if (open?.pack === pack && open.last + 1 === place) open.last = place;
    else extents.push({ pack, first: place, last: place });
  }
  return { extents, added };
}

function int4s(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeInt32BE(value, 4 * index);
  return bytes;
}
