import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { forgetPeople, lookForPeople } from "../../src/catalogue/forgetting/forget-people.ts";
import { readPerson } from "../../src/privacy/person.ts";
import { apiApp } from "../../src/publish/api/api-app.ts";
import { routes } from "../../src/publish/api/api-routes.ts";
import { makeOpenData, remakeOpenData } from "../../src/publish/open-data/make-open-data.ts";
import { connectorOf, testApi } from "../support/api-client.ts";
import { newCatalogue, testedDatabases } from "../support/catalogues.ts";
import { testNow } from "../support/made-aids.ts";
import { importPublished } from "../support/published-aids.ts";
import { testServices } from "../support/test-services.ts";

const forgetter = { by: "marie", now: testNow, note: "erased" };
const she = /tartempion/i;
/** Nothing marks it as a person's name, so filters keep it. */
const name = "La bourse solveig tartempion";
const miss = { month: "2026-11-01", keyword: "bourse solveig tartempion", territory: "", category: "", count: 3 };

describe.each(testedDatabases)("a forgotten person in published data, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    async function withHer() {
      const catalogue = await newCatalogue(database);
      onTestFinished(() => catalogue.drop());
      await importPublished(catalogue, "agence", { a: { name }, b: { name: "Une autre" } });
      const api = await testApi(catalogue, { connectors: [connectorOf("agence")] });
      const aids = (await api.get("/api/aids/")).json.results as { slug: string; name: string }[];
      const slug = aids.find((aid) => aid.name === name)?.slug ?? "";
      expect(slug).toMatch(/-solveig-tartempion$/);
      const person = readPerson("Solveig Tartempion");
      if (person === null) throw new Error("she is a person");
      const services = { ...testServices(catalogue), catalogue, reader: { connectors: [] } as never, key: "a key of the tests" };
      return { catalogue, api, slug, people: [person], services };
    }

    test("is removed from slugs and counts; other aids keep their slugs", async () => {
      const { catalogue, api, slug, people, services } = await withHer();
      await catalogue.searchMisses.add([miss, { ...miss, keyword: "tartempion" }]);
      const looked = (await lookForPeople(people, services)).places.filter(({ rows }) => rows > 0);
      expect(looked.map(({ place }) => place)).toEqual(expect.arrayContaining(["aids", "aid_slugs", "search_misses"]));
      await forgetPeople(people, services, forgetter);
      const answer = await api.get(`/api/aids/${slug}/`);
      expect([answer.status, she.test(answer.text)]).toEqual([404, false]);
      const aids = (await api.get("/api/aids/")).json.results as { slug: string }[];
      expect(aids).toHaveLength(2);
      for (const aid of aids) expect((await api.get(`/api/aids/${aid.slug}/`)).status).toBe(200);
      const slugs = await catalogue.store.rows<{ slug: string }>(sql`select slug from aid_slugs`);
      expect(slugs).toHaveLength(2);
      expect(JSON.stringify(slugs)).not.toMatch(she);
      // A surname alone does not identify a person.
      expect((await catalogue.searchMisses.list(miss.month, 10)).map(({ keyword }) => keyword)).toEqual(["tartempion"]);
      expect((await lookForPeople(people, services)).places.filter(({ rows }) => rows > 0)).toEqual([]);
    });

    test("is removed from all dumps, including one in progress", async () => {
      const { catalogue, api, people, services } = await withHer();
      const making = { catalogue, connectors: [connectorOf("agence")] };
      expect(await remakeOpenData(making, () => testNow)).toBe(false);
      await makeOpenData(making, () => testNow);
      await makeOpenData(making, () => testNow);
      const going = await catalogue.openData.begin(testNow);
      const app = apiApp(api.services, routes);
      const lines = async () => (await app.request("/open-data/aides.jsonl", {}, { client: "192.0.2.1" })).text();
      expect(await lines()).toMatch(she);
      await forgetPeople(people, services, forgetter);
      expect(await remakeOpenData(making, () => testNow)).toBe(true);
      const served = await lines();
      expect(served).toContain("Une autre");
      expect(served).not.toMatch(she);
      const { dumps } = await catalogue.store.row<{ dumps: number }>(sql`select count(*)::int as dumps from open_data_dumps`);
      expect(dumps).toBe(1);
      const late = catalogue.openData.write(
        going,
        "aides.csv",
        "text/csv",
        (async function* () {
          yield Buffer.from("solveig tartempion");
        })(),
      );
      await expect(late).rejects.toThrow();
    });
  });
});
