import { createHash, randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenDataFacts } from "../../../src/model/aid/open-data.ts";
import { makeOpenData } from "../../../src/publish/open-data/make-open-data.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { importLiveAids } from "../../support/live-aids.ts";

const facts: OpenDataFacts = { aids: 0, inNationalSchema: 0, leftOut: {}, sources: [], updatedFrom: null, updatedTo: null };
const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 4, minute));

async function* piecesOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 100_000) yield bytes.subarray(from, from + 100_000);
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`dumps of open data in the catalogue, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    /** Writes a complete dump of one file. */
    async function dump(bytes: Buffer, minute: number): Promise<string> {
      const dumpId = await catalogue.openData.begin(at(minute));
      await catalogue.openData.write(dumpId, "aides.csv", "text/csv", piecesOf(bytes));
      await catalogue.openData.finish(dumpId, facts, at(minute));
      return dumpId;
    }

    async function read(dumpId: string): Promise<Buffer> {
      const [file] = await catalogue.openData.files(dumpId);
      const pieces: Uint8Array[] = [];
      for await (const piece of catalogue.openData.gzipped(dumpId, "aides.csv", file?.gzippedBytes ?? 0)) pieces.push(piece);
      return gunzipSync(Buffer.concat(pieces));
    }

    const countOf = async (table: string) =>
      (await catalogue.store.row<{ count: number }>(sql`select count(*)::int as count from ${sql.identifier(table)}`)).count;

    it("return the written bytes, also of several chunks, with their size and SHA-256", async () => {
      const bytes = randomBytes(2_500_000);
      const dumpId = await dump(bytes, 0);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      expect(await catalogue.openData.files(dumpId)).toMatchObject([{ name: "aides.csv", type: "text/csv", bytes: bytes.length, sha256 }]);
      expect((await read(dumpId)).equals(bytes)).toBe(true);
    });

    it("the last complete dump is served; it and the one before are kept, older ones deleted", async () => {
      const ids: string[] = [];
      for (const minute of [0, 1, 2]) ids.push(await dump(Buffer.from(`${minute}`), minute));
      expect((await catalogue.openData.latest())?.dumpId).toBe(ids[2]);
      expect((await read(ids[1] ?? "")).toString()).toBe("1");
      expect([await countOf("open_data_dumps"), await countOf("open_data_files"), await countOf("open_data_chunks")]).toEqual([2, 2, 2]);
    });

    it("an incomplete dump of a killed worker is never served, and the next dump after two hours deletes it", async () => {
      const whole = await dump(Buffer.from("whole"), 0);
      const broken = await catalogue.openData.begin(at(1));
      await catalogue.openData.write(broken, "aides.csv", "text/csv", piecesOf(Buffer.from("half")));
      expect((await catalogue.openData.latest())?.dumpId).toBe(whole);
      await catalogue.openData.begin(at(60));
      expect(await countOf("open_data_files")).toBe(2);
      await catalogue.openData.begin(at(130));
      expect([await countOf("open_data_files"), await countOf("open_data_chunks")]).toEqual([1, 1]);
      expect((await read(whole)).toString()).toBe("whole");
    });

    it("reading a file throws if its dump is deleted meanwhile; it never ends early", async () => {
      const first = await dump(randomBytes(2_500_000), 0);
      const [file] = await catalogue.openData.files(first);
      const reading = catalogue.openData.gzipped(first, "aides.csv", file?.gzippedBytes ?? 0);
      await reading.next();
      for (const minute of [1, 2]) await dump(Buffer.from("x"), minute);
      await expect(reading.next()).rejects.toThrow("the dump was deleted while it was read");
    });

    it("a cancelled dump leaves nothing behind, and the one before is served", async () => {
      await importLiveAids(catalogue, "region-exemple", [{ externalId: "1" }, { externalId: "2" }]);
      const making = { catalogue, connectors: [] };
      const { dumpId } = await makeOpenData(making, () => at(0));
      const stop = new AbortController();
      stop.abort(new Error("the worker stops"));
      await expect(makeOpenData({ ...making, signal: stop.signal }, () => at(1))).rejects.toThrow("the worker stops");
      expect((await catalogue.openData.latest())?.dumpId).toBe(dumpId);
      expect(await countOf("open_data_dumps")).toBe(1);
    });

    it("an aid withdrawn during the dump is missing from the pages read afterwards", async () => {
      await importLiveAids(
        catalogue,
        "region-exemple",
        Array.from({ length: 600 }, (_, index) => ({ externalId: `${index}` })),
      );
      const pages = catalogue.openData.liveAids();
      const first = (await pages.next()).value ?? [];
      await catalogue.store.rows(sql`update aids set withdrawn_at = '2026-11-25'`);
      const rest: unknown[] = [];
      for await (const page of pages) rest.push(...page);
      expect(first).toHaveLength(250);
      // The page requested before may still contain them.
      expect(rest.length).toBeLessThanOrEqual(250);
    });
  });
}
