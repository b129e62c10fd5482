import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import { asSite, type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testNow } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";

const text = (said: string): Partial<AidContent> => ({ description: `<p>${said}</p>` });
/** In order of publication, a day apart. */
const aids: readonly (readonly [string, Partial<AidContent>])[] = [
  ["title-first", { name: "Vélos électriques" }],
  ["half-first", { name: "Électriques", ...text("Des vélos.") }],
  ["text-first", { name: "Rouler", ...text("Des vélos électriques.") }],
  ["without", { name: "Rouler autrement" }],
  ["person", { name: "Bourse de Mme Claire Vélotte", ...text("Le vélo électrique.") }],
  ["title-last", { name: "Achat de VÉLOS électriques d'occasion" }],
  ["text-last", { name: "Rouler", ...text("Vélos électriques.") }],
];
const ranked = ["title-last", "title-first", "half-first", "text-last", "person", "text-first"];

describe.each(testedDatabases)("orderBy=relevance, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      for (const [place, [id, given]] of aids.entries())
        await importPublished(
          catalogue,
          `agence-${place}`,
          { [id]: given },
          new Date(testNow.getTime() - (aids.length - place) * 86_400_000),
        );
      api = await testApi(catalogue);
    });
    afterAll(() => catalogue.drop());

    const idsOf = (results: readonly { import_uniqueid: string }[]) => results.map((aid) => aid.import_uniqueid);
    const query = "orderBy=relevance&keyword=velo%20electrique";

    test("puts aids with the most words in their title first, then the latest published", async () => {
      expect(idsOf((await api.get(`/api/aids/?${query}`)).json.results)).toEqual(ranked);
      expect(idsOf((await api.get("/api/aids/?keyword=velo%20electrique")).json.results)).not.toEqual(ranked);
    });

    test.each([1, 2, 3, 4])("pages of %d give the same list, by number and by `next`", async (perPage) => {
      const numbered: string[] = [];
      for (let page = 1; page <= Math.ceil(ranked.length / perPage); page++) {
        const { json } = await api.get(`/api/aids/?${query}&itemsPerPage=${perPage}&page=${page}`);
        expect(json.count).toBe(ranked.length);
        numbered.push(...idsOf(json.results));
      }
      expect(numbered).toEqual(ranked);
      const walked: string[] = [];
      for (let next = `/api/aids/?${query}&itemsPerPage=${perPage}`; next !== null; ) {
        const { json } = await api.get(next);
        walked.push(...idsOf(json.results));
        next = json.next;
      }
      expect(walked).toEqual(ranked);
    });

    test("refuses a cursor of another order", async () => {
      const { json } = await api.get(`/api/aids/?${query}&itemsPerPage=1`);
      const { status } = await api.get(json.next.replace("orderBy=relevance", "orderBy=publication_date"));
      expect(status).toBe(400);
    });

    test("a hidden person's name in the title does not affect the order", async () => {
      const site = await testApi(catalogue, { accessOf: asSite });
      for (const reader of [api, site])
        expect(idsOf((await reader.get("/api/aids/?orderBy=relevance&keyword=vel")).json.results).slice(0, 3)).not.toContain("person");
    });

    test("without words, or with punctuation only, sorts by publication", async () => {
      const published = idsOf((await api.get("/api/aids/")).json.results);
      expect(published[0]).toBe("text-last");
      for (const keyword of ["", "&keyword=", "&keyword=%21%3F"]) {
        const first = (await api.get(`/api/aids/?orderBy=relevance${keyword}&itemsPerPage=4`)).json;
        expect([...idsOf(first.results), ...idsOf((await api.get(first.next)).json.results)]).toEqual(published);
      }
    });

    test("puts aids with a deadline before those that nobody says are still open, unless these fit much better", async () => {
      const dated: Partial<AidContent> = { submissionDeadline: "2027-03-01", recurrence: "oneoff" };
      await importPublished(catalogue, "haies", {
        fits: { name: "Planter des haies" },
        dated: { name: "Planter des haies", ...dated },
        text: { name: "Paysages", ...text("Planter des haies."), ...dated },
        "text-undated": { name: "Paysages", ...text("Planter des haies.") },
      });
      const { json } = await api.get("/api/aids/?orderBy=relevance&keyword=planter%20haies");
      expect(idsOf(json.results)).toEqual(["dated", "fits", "text", "text-undated"]);
    });
  });
});
