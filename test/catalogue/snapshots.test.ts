import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SnapshotPart } from "../../src/catalogue/snapshots/snapshot-repository.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { sha256, testNow } from "../support/made-aids.ts";
import { seeded } from "../support/seeded.ts";

function partOf(bytes: Uint8Array, name = "flux.csv", pieceBytes = 70_001): SnapshotPart {
  return {
    name,
    contentType: "text/csv",
    url: `https://example.org/${name}`,
    async *open() {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
    },
  };
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`snapshots, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    let folder: string;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
      folder = await mkdtemp(join(tmpdir(), "moisson-snapshot-"));
    });
    afterEach(async () => {
      await catalogue.drop();
      await rm(folder, { recursive: true });
    });

    test("incompressible bytes are restored unchanged, from packs of at most 1 MB", async () => {
      const bytes = randomBytes(2_500_000);
      const hash = sha256(bytes);
      expect(await catalogue.snapshots.has(hash)).toBe(false);
      await catalogue.snapshots.save(hash, [partOf(bytes)], testNow);
      expect(await catalogue.snapshots.has(hash)).toBe(true);
      const restored = await catalogue.snapshots.restore(hash.slice(0, 12), folder);
      expect(restored).toMatchObject({ hash, bytes: bytes.length });
      expect(restored.parts).toMatchObject([
        { name: "flux.csv", contentType: "text/csv", url: "https://example.org/flux.csv", bytes: 2_500_000 },
      ]);
      expect(sha256(await readFile(restored.parts[0]?.path ?? ""))).toBe(hash);
      const packs = await catalogue.store.rows<{ size: number }>(sql`select octet_length(compressed) as size from snapshot_packs`);
      expect(packs).toHaveLength(3);
      for (const { size } of packs) expect(size).toBeLessThanOrEqual(1_000_000);
    });

    test("the statements of a large snapshot wait for each other, because the driver deprecates concurrent ones", async () => {
      const warnings: string[] = [];
      const keep = ({ message }: Error) => void warnings.push(message);
      process.on("warning", keep);
      const bytes = randomBytes(6_000_000);
      await catalogue.snapshots.save(sha256(bytes), [partOf(bytes)], testNow);
      await new Promise(setImmediate); // warnings are emitted in a later tick
      process.off("warning", keep);
      expect(warnings).toEqual([]);
    });

    test("several pages: the hash is the hash of their joined hashes, including empty pages", async () => {
      const pages = [Buffer.from("page 1"), Buffer.from(""), Buffer.from("page 3")];
      const hash = sha256(pages.map(sha256).join(""));
      await catalogue.snapshots.save(
        hash,
        pages.map((page, index) => partOf(page, `page-${index}.json`)),
        testNow,
      );
      const restored = await catalogue.snapshots.restore(hash, folder);
      const texts = await Promise.all(restored.parts.map((part) => readFile(part.path, "utf8")));
      expect(texts).toEqual(["page 1", "", "page 3"]);
      expect(restored.parts.map((part) => part.name)).toEqual(["page-0.json", "page-1.json", "page-2.json"]);
    });

    test("a snapshot that is saved twice, even at the same time, is stored once", async () => {
      const bytes = Buffer.from("titre;description\n");
      const hash = sha256(bytes);
      const other = await catalogue.again();
      await Promise.all([catalogue.snapshots.save(hash, [partOf(bytes)], testNow), other.snapshots.save(hash, [partOf(bytes)], testNow)]);
      await catalogue.snapshots.save(hash, [partOf(bytes)], testNow);
      expect(await catalogue.store.rows(sql`select hash from snapshots`)).toEqual([{ hash }]);
      expect(await catalogue.store.rows(sql`select 1 from snapshot_packs`)).toHaveLength(1);
    });

    test("a file that changed after hashing is refused, and nothing is stored", async () => {
      const hash = sha256("before");
      await expect(catalogue.snapshots.save(hash, [partOf(Buffer.from("after"))], testNow)).rejects.toMatchObject({
        code: "storage-failed",
        params: { reason: "bytes-changed" },
      });
      expect(await catalogue.snapshots.has(hash)).toBe(false);
      expect(await catalogue.store.rows(sql`select 1 from snapshot_packs`)).toEqual([]);
    });

    test("if reading a file fails, nothing is stored and the reader's error is thrown", async () => {
      const part: SnapshotPart = {
        ...partOf(Buffer.alloc(0)),
        async *open() {
          yield randomBytes(2_000_000);
          throw new Error("EIO");
        },
      };
      await expect(catalogue.snapshots.save("abcd", [part], testNow)).rejects.toThrow("EIO");
      expect(await catalogue.store.rows(sql`select 1 from snapshot_packs`)).toEqual([]);
    });

    test("an unknown, short, ambiguous or invalid hash throws snapshot-missing", async () => {
      for (const hash of ["abcd1", "abcd2"])
        await catalogue.store.rows(sql`insert into snapshots (hash, parts, bytes, stored_at) values (${hash}, '[]', 0, now())`);
      for (const [prefix, found] of [
        ["ffff", 0],
        ["abc", 0],
        ["abcd", 2],
        ["%%%%", 0],
      ] as const)
        await expect(catalogue.snapshots.restore(prefix, folder)).rejects.toMatchObject({ code: "snapshot-missing", params: { found } });
    });

    test("bytes that were damaged in the database are not returned", async () => {
      const hash = sha256("feed");
      await catalogue.snapshots.save(hash, [partOf(Buffer.from("feed"))], testNow);
      for (const damage of [
        sql`update snapshot_packs set compressed = set_byte(compressed, 5, get_byte(compressed, 5) # 255)`,
        sql`delete from snapshot_packs`,
        sql`delete from snapshot_extents`,
      ]) {
        await catalogue.store.rows(damage);
        await expect(catalogue.snapshots.restore(hash, folder)).rejects.toMatchObject({
          code: "storage-failed",
          params: { reason: "snapshot-damaged" },
        });
      }
    });

    describe("that share chunks", () => {
      const save = (bytes: Buffer, pieceBytes?: number) =>
        catalogue.snapshots.save(sha256(bytes), [partOf(bytes, "flux.csv", pieceBytes)], testNow);
      /** Restores a snapshot. Returns the hashes of its parts' bytes, because comparing megabytes takes minutes. */
      const restore = async (hash: string) => {
        const { parts } = await catalogue.snapshots.restore(hash, folder);
        return Promise.all(parts.map(async (part) => sha256(await readFile(part.path))));
      };
      const storedBytes = async () => {
        const { bytes } = await catalogue.store.row<{ bytes: number }>(
          sql`select coalesce(sum((select sum(size) from unnest(sizes) size)), 0)::float8 as bytes from snapshot_packs`,
        );
        return bytes;
      };
      /** Counts the stored chunks that no snapshot uses. */
      const unusedChunks = async () => {
        const { count } = await catalogue.store.row<{ count: number }>(sql`
          select count(*)::int as count from snapshot_packs cross join lateral generate_subscripts(sizes, 1) place
          where sizes[place] > 0 and not exists (
            select from snapshot_extents join snapshots on snapshots.id = snapshot where pack = snapshot_packs.id and place - 1 between first and last)`);
        return count;
      };

      test("a feed with a change in its middle stores only the chunks around the change", async () => {
        const before = madeFeed(1, 3_000_000);
        const after = edited(before, 1_500_000, 100, Buffer.from("an inserted text"));
        await save(before);
        const size = await storedBytes();
        await save(after, 1234);
        expect((await storedBytes()) - size).toBeLessThan(64 * 1024);
        expect(await restore(sha256(before))).toEqual([sha256(before)]);
        expect(await restore(sha256(after))).toEqual([sha256(after)]);
      });

      test("a compressed file is cut into chunks of 960 KB", async () => {
        const bytes = Buffer.concat([Buffer.from("PK\x03\x04"), randomBytes(2_000_000)]);
        await save(bytes);
        const { rows } = await catalogue.store.row<{ rows: string }>(
          sql`select string_agg(sizes::text, '' order by id) as rows from snapshot_packs`,
        );
        expect(rows).toBe("{983040}{983040}{33924}");
        expect(await restore(sha256(bytes))).toEqual([sha256(bytes)]);
      });

      test("repeated content is stored once", async () => {
        const bytes = Buffer.alloc(20_000_000, "0123456789abcdef".repeat(1024));
        await save(bytes);
        expect(await storedBytes()).toBeLessThan(100_000);
        expect(await restore(sha256(bytes))).toEqual([sha256(bytes)]);
      });

      test("any edit of any part is restored unchanged, and any deletion leaves the others and no unused chunk", async () => {
        const random = seeded(16);
        const upTo = (limit: number) => Math.floor(random() * limit);
        const stored = new Map<string, string[]>();
        let parts: Buffer[] = [madeFeed(2, 700_000), Buffer.alloc(0), Buffer.from("x"), madeFeed(3, 2_000_000)];
        for (let night = 0; night < 14; night++) {
          const hashes = parts.map(sha256);
          const hash = sha256(hashes.join(""));
          const named = parts.map((bytes, index) => partOf(bytes, `part-${index}`, 1 + upTo(300_000)));
          await catalogue.snapshots.save(hash, named, testNow);
          stored.set(hash, hashes);
          expect(await restore(hash)).toEqual(hashes);
          if (stored.size > 2) {
            const gone = [...stored.keys()][upTo(stored.size)] ?? "";
            await catalogue.forgetting.removeSnapshot(gone);
            stored.delete(gone);
            expect(await unusedChunks()).toBe(0);
          }
          parts = parts.map((bytes) =>
            upTo(3) === 0 ? bytes : edited(bytes, upTo(bytes.length + 1), upTo(5000), madeFeed(100 + night, upTo(5000))),
          );
          if (upTo(4) === 0) parts.reverse();
        }
        for (const [hash, hashes] of stored) expect(await restore(hash)).toEqual(hashes);
        for (const hash of stored.keys()) await catalogue.forgetting.removeSnapshot(hash);
        for (const table of ["snapshot_packs", "snapshot_extents"])
          expect(await catalogue.store.rows(sql`select 1 from ${sql.identifier(table)}`)).toEqual([]);
      });

      test("the beginning of a part can be read as a stream", async () => {
        const bytes = madeFeed(4, 2_000_000);
        await save(bytes);
        const [part] = (await catalogue.snapshots.stream(sha256(bytes))) ?? [];
        for await (const first of part?.open() ?? []) {
          expect(bytes.subarray(0, first.length).equals(first)).toBe(true);
          break;
        }
      });

      // The embedded database has one session.
      test.skipIf(database.kind === "embedded")(
        "chunks that are deleted while another feed begins to use them are stored again",
        async () => {
          const before = madeFeed(5, 6_000_000);
          await save(before);
          const after = edited(before, 5_500_000, 10, Buffer.from("changed"));
          let reads = 0;
          const other = await catalogue.again();
          const part: SnapshotPart = {
            ...partOf(after),
            async *open() {
              yield after.subarray(0, 5_000_000); // more windows than are in flight, so that some are already searched
              // The second try must not wait for a deletion that waits for it.
              if (reads++ === 0) await other.forgetting.removeSnapshot(sha256(before));
              yield after.subarray(5_000_000);
            },
          };
          await catalogue.snapshots.save(sha256(after), [part], testNow);
          expect(reads).toBe(2);
          expect(await restore(sha256(after))).toEqual([sha256(after)]);
          expect(await unusedChunks()).toBe(0);
        },
      );

      test.skipIf(database.kind === "embedded")(
        "feeds stored and deleted at the same time neither block nor damage each other",
        async () => {
          const base = madeFeed(6, 2_500_000);
          const versions = Array.from({ length: 12 }, (_, index) => edited(base, 200_000 * index, 50, Buffer.from(`version ${index}`)));
          const others = await Promise.all([catalogue, catalogue.again(), catalogue.again(), catalogue.again()]);
          await Promise.all(
            others.map(async ({ snapshots, forgetting }, index) => {
              for (const [number, bytes] of versions.entries()) {
                // Two of them store the same feeds in opposite orders.
                const version = (index % 2 === 0 ? bytes : versions[versions.length - 1 - number]) as Buffer;
                await snapshots.save(sha256(version), [partOf(version)], testNow);
                if ((number + index) % 3 === 0) await forgetting.removeSnapshot(sha256(version));
              }
            }),
          );
          for (const bytes of versions) {
            if (await catalogue.snapshots.has(sha256(bytes))) expect(await restore(sha256(bytes))).toEqual([sha256(bytes)]);
          }
          expect(await unusedChunks()).toBe(0);
        },
      );
    });
  });
}

/** Returns text that looks like a feed: different records of common words. */
function madeFeed(seed: number, length: number): Buffer {
  const random = seeded(seed);
  const words = ["aide", "commune", "travaux", "énergie", "projet", "école", "<p>", "</p>", ";", "\n"];
  let text = "";
  while (text.length < length) text += `${words[Math.floor(random() * words.length)]} ${Math.floor(random() * 1e6)} `;
  return Buffer.from(text).subarray(0, length);
}

/** Returns the bytes with `removed` bytes at a place replaced. */
function edited(bytes: Buffer, at: number, removed: number, inserted: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
}
