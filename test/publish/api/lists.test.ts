import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { vocabularies } from "../../../src/model/vocabularies.ts";
import { asSite, type TestApi, testApi } from "../../support/api-client.ts";
import { bothDatabases, newCatalogue, type TestCatalogue } from "../../support/catalogues.ts";
import { importPublished } from "../../support/published-aids.ts";

describe.each(bothDatabases)("lists of the API, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      await importPublished(catalogue, "agence", {
        a: { name: "a", financers: [{ name: "Région Bretagne", siren: "233500016" }] },
        b: { name: "b", instructors: [{ name: "REGION BRETAGNE", siren: null }] },
        c: { name: "c", financers: [{ name: "Fonds privé", siren: null }], importShareLicence: "agreement" },
      });
      api = await testApi(catalogue);
    });
    afterAll(() => catalogue.drop());

    test.each([
      [
        "audiences",
        vocabularies.targetedAudiences,
        { id: "commune", slug: "commune", name: "Commune", group: { slug: "collectivity", name: "Collectivités" } },
      ],
      [
        "types",
        vocabularies.aidTypes,
        { id: "grant", slug: "grant", name: "Subvention", group: { slug: "financial", name: "Aides financières" } },
      ],
      ["steps", vocabularies.mobilizationSteps, { id: "preop", slug: "preop", name: "Réflexion / conception" }],
      ["destinations", vocabularies.destinations, { id: "supply", slug: "supply", name: "Dépenses de fonctionnement" }],
      ["recurrences", vocabularies.recurrence, { id: "oneoff", slug: "oneoff", name: "Ponctuelle" }],
      ["categories", vocabularies.categories, { slug: "arts", theme: { slug: "culture-patrimoine-sports-tourisme" } }],
      ["themes", vocabularies.themes, { slug: "culture-patrimoine-sports-tourisme" }],
    ] as const)("%s, with and without a slash at the end", async (path, terms, first) => {
      const { status, json } = await api.get(`/api/aids/${path}/`);
      expect([status, json.count, json.results.length]).toEqual([200, terms.length, terms.length]);
      expect(json.results[0]).toMatchObject(first);
      expect((await api.get(`/api/aids/${path}`)).json).toEqual(json);
    });

    test("every slug of a list is a filter", async () => {
      const filters = {
        audiences: "organization_type_slugs",
        types: "aid_type_slugs",
        steps: "aid_step_slugs",
        destinations: "aid_destination_slugs",
        recurrences: "aid_recurrence_slug",
        categories: "category_slugs",
      };
      for (const [path, filter] of Object.entries(filters)) {
        const slugs = (await api.get(`/api/aids/${path}/`)).json.results.map(({ slug }: { slug: string }) => slug);
        expect((await api.get(`/api/aids/?${filter}=${slugs.join(",")}`)).status).toBe(200);
      }
    });

    test("finds territories by code or the start of their name; their ids are filters", async () => {
      const { json } = await api.get("/api/perimeters/?q=dr%C3%B4me");
      expect(json.results[0]).toEqual({
        id: "department:26",
        text: "Drôme (Département)",
        name: "Drôme",
        scale: "Département",
        code: "26",
        insee_code: "DEP-26",
      });
      const begins = (await api.get("/api/perimeters?q=valenc")).json;
      expect(begins.results.map(({ id }: { id: string }) => id)).toContain("commune:26362");
      expect(begins.results.length).toBeLessThanOrEqual(50);
      expect((await api.get("/api/perimeters/?q=26362")).json.results[0].name).toBe("Valence");
      const named = async (query: string) => (await api.get(`/api/perimeters/?${query}`)).json.results.map(({ id }: { id: string }) => id);
      expect(await named("q=paris")).toEqual(expect.arrayContaining(["department:75", "commune:75056"]));
      expect(await named("q=paris&scale=department")).toEqual(["department:75"]);
      expect((await api.get("/api/perimeters/?q=valenc&scale=adhoc")).json.errors[0].name).toBe("scale");
      expect((await api.get("/api/perimeters/")).json).toMatchObject({ count: 0, results: [] });
      for (const { id } of begins.results) expect((await api.get(`/api/aids/?perimeter_id=${id}`)).status).toBe(200);
    });

    test("lists the organisations of readable aids, once per name, with their SIREN", async () => {
      const { json } = await api.get("/api/backers/?q=bret%20region");
      expect(json).toMatchObject({ count: 1, results: [{ id: "region-bretagne", slug: "region-bretagne", siren: "233500016", aids: 2 }] });
      expect((await api.get(`/api/aids/?backer_ids=${json.results[0].id}`)).json.count).toBe(2);
      expect((await api.get("/api/backers/?q=fonds")).json.results).toEqual([]);
      const site = await testApi(catalogue, { accessOf: asSite });
      expect((await site.get("/api/backers/?q=fonds")).json.results).toHaveLength(1);
    });
  });
});
