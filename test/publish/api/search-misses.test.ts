import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { everybody } from "../../../src/publish/api/access/access.ts";
import { readApiSettings } from "../../../src/publish/api/api-settings.ts";
import { countedKeyword, SearchMisses } from "../../../src/publish/api/misses/search-misses.ts";
import { startApi } from "../../../src/publish/api/start-api.ts";
import { connectorOf, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testNow } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";

const month = "2026-11-01";

test.each([
  ["Vélos électriques", "velos electriques"],
  ["", ""],
  ["x".repeat(80), "x".repeat(60)],
  ["aide 2026", "aide 2026"],
  ["Mme Claire Dupont", null],
  ["claire dupont", null],
  ["claire.dupont@exemple.fr", null],
  ["12 rue des Lilas Valence", null],
  ["06 12 34 56 78", null],
  ["dossier 123456", null],
  ["https://exemple.fr/x", null],
])("%s is counted as %s", (keyword, counted) => {
  expect(countedKeyword(keyword)).toBe(counted);
});

test("a batch that the database always refuses is dropped in the end, and later misses are counted", async () => {
  const batches: number[] = [];
  const searchMisses = {
    add: async (misses: readonly { readonly keyword: string }[]) => {
      batches.push(misses.length);
      if (misses.some(({ keyword }) => keyword === "refuse")) throw new Error("refused");
    },
  } as unknown as ConstructorParameters<typeof SearchMisses>[0]["searchMisses"];
  const misses = new SearchMisses({ searchMisses });
  misses.note({ keyword: "refuse" } as Parameters<SearchMisses["note"]>[0], testNow);
  for (let attempt = 0; attempt < 10; attempt++) await expect(misses.write()).rejects.toThrow("refused");
  misses.note({ keyword: "velos" } as Parameters<SearchMisses["note"]>[0], testNow);
  await misses.write();
  expect(batches).toEqual([...Array.from({ length: 10 }, () => 1), 1]);
});

describe.each(testedDatabases)("searches without results, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
      await importPublished(catalogue, "agence", { a: { name: "Eau" } });
    });
    afterEach(() => catalogue.drop());

    test("counted by month, words, territory and theme, if the first page is empty", async () => {
      const api = await testApi(catalogue, { connectors: [connectorOf("elsewhere")] });
      for (const query of [
        "keyword=V%C3%A9los",
        "keyword=velos&page=1",
        "keyword=velos&page=2",
        "keyword=eau",
        "keyword=velos&perimeter_codes=DEP-26&category_slugs=sport,musee",
        "category_slugs=sport",
        "aid_type_slugs=loan",
        "keyword=Mme+Claire+Dupont&perimeter_codes=DEP-26",
        "keyword=velos&changed_since=2026-01-01",
        // A query for news is not a miss: the reader has found the rest before.
        "category_slugs=eau-potable&published_after=2027-01-01",
        "category_slugs=eau-potable&apply_before=2026-12-01",
        "category_slugs=eau-potable&publisher=elsewhere",
      ])
        await api.get(`/api/aids/?${query}`);
      expect(await catalogue.searchMisses.list(month, 10)).toEqual([]);
      await api.services.misses.write();
      await api.services.misses.write();
      expect(await catalogue.searchMisses.list(month, 10)).toEqual([
        { month, keyword: "velos", territory: "", category: "", count: 2 },
        { month, keyword: "", territory: "", category: "sport", count: 1 },
        { month, keyword: "velos", territory: "department:26", category: "musee", count: 1 },
        { month, keyword: "velos", territory: "department:26", category: "sport", count: 1 },
      ]);
      await api.get("/api/aids/?keyword=velos&category_slugs=sport&perimeter_codes=DEP-26");
      await api.services.misses.write();
      expect((await catalogue.searchMisses.list(month, 1))[0]?.count).toBe(2);
    });

    test("counted for each requested territory and theme, in both spellings, up to a few", async () => {
      const api = await testApi(catalogue);
      const codes = ["01", "02", "03", "04", "05", "06", "07"].map((code) => `DEP-${code}`);
      await api.get(`/api/aids/?keyword=velos&perimeter_id=region:53,commune:26362&perimeter_codes=REG-53,${codes}`);
      await api.services.misses.write();
      const counted = await catalogue.searchMisses.list(month, 100);
      expect(counted.map(({ territory, count }) => [territory, count])).toEqual([
        ["commune:26362", 1],
        ...["01", "02", "03"].map((code) => [`department:${code}`, 1]),
        ["region:53", 1],
      ]);
    });

    test("written when the API closes", async () => {
      const clock = { now: () => new Date(testNow), fixed: null, elapsed: () => performance.now() };
      const settings = { ...readApiSettings({}), port: 0 };
      const api = await startApi({
        catalogue,
        clock,
        logger: { error: () => undefined },
        connectors: async () => [],
        settings,
        accessOf: everybody,
      });
      await fetch(`${api.url}/api/aids/?keyword=velos`);
      await api.close();
      expect(await catalogue.searchMisses.list(month, 10)).toHaveLength(1);
    });

    test("at most ten thousand different ones a month; known ones are still counted", async () => {
      await catalogue.store.rows(sql`
        insert into search_misses select ${month}::date, 'mot ' || n, '', '', 1 from generate_series(1, 9999) n`);
      const miss = (keyword: string) => ({ month, keyword, territory: "", category: "", count: 5 });
      await catalogue.searchMisses.add([miss("neuf a"), miss("neuf b"), miss("mot 7")]);
      const { count } = await catalogue.store.row<{ count: number }>(sql`select count(*)::int as count from search_misses`);
      expect(count).toBe(10_000);
      expect((await catalogue.searchMisses.list(month, 2)).map(({ keyword, count: times }) => [keyword, times])).toEqual([
        ["mot 7", 6],
        ["neuf a", 5],
      ]);
    });
  });
});
