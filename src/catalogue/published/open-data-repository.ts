import { createHash, randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { sql } from "drizzle-orm";
import type { OpenDataFacts, OpenDataFile } from "../../model/aid/open-data.ts";
import { storableJson } from "../../model/text/storable.ts";
import { forEachConcurrently } from "../runs/in-flight.ts";
import { isoInstant, type Store } from "../store.ts";
import { type LiveAid, liveAids } from "./live-aids.ts";

/** A complete dump. */
export interface OpenDataDump {
  readonly dumpId: string;
  /** ISO instants. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly facts: OpenDataFacts;
}

/** A file of a dump. `gzippedBytes`: its size as gzip. */
export interface ServedFile extends OpenDataFile {
  readonly gzippedBytes: number;
}

/** Raw bytes per chunk. */
const chunkBytes = 960 * 1024;
const chunksInFlight = 2;
/** Number of dumps to keep: the current one, and the previous one, which somebody may still be downloading. */
const dumpsKept = 2;
/** An unfinished dump older than this was interrupted. */
const maxMs = 2 * 3_600_000;

/** Dumps of open data. A dump is visible only when complete. */
export class OpenDataRepository {
  constructor(private readonly store: Store) {}

  /**
   * Begins a dump and deletes interrupted ones.
   * @returns its id
   */
  async begin(now: Date): Promise<string> {
    const dumpId = randomUUID();
    const stale = new Date(now.getTime() - maxMs).toISOString();
    await this.store.rows(sql`delete from open_data_dumps where finished_at is null and started_at < ${stale}::timestamptz`);
    await this.store.rows(
      sql`insert into open_data_dumps (id, started_at, facts) values (${dumpId}::uuid, ${now.toISOString()}::timestamptz, '{}')`,
    );
    return dumpId;
  }

  /** Writes a file of a dump in progress from a stream. */
  async write(dumpId: string, name: string, type: string, bytes: AsyncIterable<Uint8Array>): Promise<OpenDataFile> {
    const digest = createHash("sha256");
    let size = 0;
    let seq = 0;
    await forEachConcurrently(inBlocks(bytes, chunkBytes), chunksInFlight, async (raw) => {
      const place = seq++;
      size += raw.length;
      digest.update(raw);
      // Sent as base64, because both drivers write bytea as hexadecimal.
      const text = (await gzipChunk(raw, name.endsWith(".xlsx"))).toString("base64");
      await this.store.rows(sql`
        insert into open_data_chunks (dump, name, seq, gzipped) values (${dumpId}::uuid, ${name}, ${place}, decode(${text}, 'base64'))`);
    });
    const file = { name, type, bytes: size, sha256: digest.digest("hex") };
    await this.store.rows(sql`
      insert into open_data_files (dump, name, type, bytes, sha256) values (${dumpId}::uuid, ${name}, ${type}, ${size}, ${file.sha256})`);
    return file;
  }

  /**
   * Finishes a dump, which is served from then on. Its time is later than that of all others, even if the clocks of processes differ.
   * Deletes all older dumps except the previous one.
   */
  async finish(dumpId: string, facts: OpenDataFacts, now: Date): Promise<void> {
    await this.store.transaction(async (transaction) => {
      await transaction.rows(sql`
        update open_data_dumps set finished_at = greatest(${now.toISOString()}::timestamptz,
          (select max(finished_at) + interval '1 millisecond' from open_data_dumps)),
          facts = ${storableJson(facts)}::jsonb where id = ${dumpId}::uuid`);
      await transaction.rows(sql`
        delete from open_data_dumps where finished_at is not null and id not in (
          select id from open_data_dumps where finished_at is not null order by finished_at desc, id limit ${dumpsKept})`);
    });
  }

  /** Deletes an unfinished dump. */
  async discard(dumpId: string): Promise<void> {
    await this.store.rows(sql`delete from open_data_dumps where id = ${dumpId}::uuid and finished_at is null`);
  }

  /** Returns true if there is a dump, or one in progress. */
  async hasAny(): Promise<boolean> {
    return this.store.any(sql`select 1 from open_data_dumps limit 1`);
  }

  /** Deletes all other dumps, even those being downloaded or made. */
  async keepOnly(dumpId: string): Promise<void> {
    await this.store.rows(sql`delete from open_data_dumps where id <> ${dumpId}::uuid`);
  }

  /** Returns the dump being served, or null before the first one. */
  async latest(): Promise<OpenDataDump | null> {
    return this.store.find<OpenDataDump>(sql`
      select id as "dumpId", ${isoInstant(sql`started_at`)} as "startedAt", ${isoInstant(sql`finished_at`)} as "finishedAt", facts
      from open_data_dumps where finished_at is not null order by finished_at desc, id limit 1`);
  }

  /** Lists the files of a dump, by name. */
  async files(dumpId: string): Promise<ServedFile[]> {
    return this.store.rows<ServedFile>(sql`
      select name, type, bytes::float8 as bytes, sha256, coalesce((select sum(octet_length(gzipped)) from open_data_chunks chunk
        where chunk.dump = file.dump and chunk.name = file.name), 0)::float8 as "gzippedBytes"
      from open_data_files file where dump = ${dumpId}::uuid order by file.name`);
  }

  /**
   * Reads a file as gzip, member by member.
   * @throws Error if the dump is deleted meanwhile
   */
  async *gzipped(dumpId: string, name: string, gzippedBytes: number): AsyncGenerator<Uint8Array> {
    let sent = 0;
    for (let seq = 0; sent < gzippedBytes; seq++) {
      const text = await this.store.findValue<string>(sql`
        select encode(gzipped, 'base64') as text from open_data_chunks where dump = ${dumpId}::uuid and name = ${name} and seq = ${seq}`);
      if (text === null) throw new Error(`${name}: the dump was deleted while it was read.`);
      const bytes = Buffer.from(text, "base64");
      sent += bytes.length;
      yield bytes;
    }
  }

  /** Lists live aids: see `liveAids`. */
  liveAids(): AsyncGenerator<LiveAid[]> {
    return liveAids(this.store);
  }
}

const compress = promisify(gzip);

/** Compresses a piece of a file as its own gzip member. `isCompressed`: only wraps it, because the file is already compressed. */
function gzipChunk(raw: Uint8Array, isCompressed: boolean): Promise<Buffer> {
  return compress(raw, { level: isCompressed ? 0 : 3 });
}

/** Splits a stream of bytes into blocks of `size` bytes. The last block may be shorter. Yields one empty block for an empty stream, because a gzip file has at least one member. */
async function* inBlocks(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = [];
  let filled = 0;
  let isEmpty = true;
  for await (const piece of bytes) {
    isEmpty &&= piece.length === 0;
    for (let rest = piece; rest.length > 0; ) {
      const taken = rest.subarray(0, size - filled);
      pieces.push(taken);
      filled += taken.length;
      rest = rest.subarray(taken.length);
      if (filled < size) continue;
      yield Buffer.concat(pieces, filled);
      pieces = [];
      filled = 0;
    }
  }
  if (filled > 0 || isEmpty) yield Buffer.concat(pieces, filled);
}
