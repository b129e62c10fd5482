import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SnapshotPart } from "../../src/catalogue/snapshots/snapshot-repository.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { sha256, testNow } from "../support/made-aids.ts";

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

    test("incompressible bytes are restored unchanged, from chunks of at most 1 MB", async () => {
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
      const chunks = await catalogue.store.rows<{ size: number }>(
        sql`select octet_length(compressed) as size from snapshot_chunks order by seq`,
      );
      expect(chunks).toHaveLength(3);
      for (const { size } of chunks) expect(size).toBeLessThanOrEqual(1_000_000);
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
      expect(await catalogue.store.rows(sql`select hash from snapshot_chunks`)).toEqual([{ hash }]);
    });

    test("a file that changed after hashing is refused, and nothing is stored", async () => {
      const hash = sha256("before");
      await expect(catalogue.snapshots.save(hash, [partOf(Buffer.from("after"))], testNow)).rejects.toMatchObject({
        code: "storage-failed",
        params: { reason: "bytes-changed" },
      });
      expect(await catalogue.snapshots.has(hash)).toBe(false);
      expect(await catalogue.store.rows(sql`select 1 from snapshot_chunks`)).toEqual([]);
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
      expect(await catalogue.store.rows(sql`select 1 from snapshot_chunks`)).toEqual([]);
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
      await catalogue.store.rows(sql`delete from snapshot_chunks`);
      await expect(catalogue.snapshots.restore(hash, folder)).rejects.toMatchObject({
        code: "storage-failed",
        params: { reason: "snapshot-damaged" },
      });
    });
  });
}
