import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { slugsOf } from "../../../src/model/vocabularies.ts";
import { type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { importPublished } from "../../support/published-aids.ts";
import { siteFields } from "./contract/site-names.ts";

const [many, pageMost] = [120, 100];

/** Requests of clients written for Aides-territoires' API, from their published sources. */
describe.each(testedDatabases)("an existing client, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      const aid = (place: number) => ({
        name: `Aide ${place}`,
        targetedAudiences: place % 2 === 0 ? (["association"] as const) : (["public-org", "special"] as const),
        categories: ["eau-potable"] as const,
        destinations: ["investment"] as const,
        financers: [{ name: "Région Bretagne", siren: "233500016" }],
      });
      await importPublished(
        catalogue,
        "agence",
        Object.fromEntries(Array.from({ length: many }, (_, place) => [`a${place}`, aid(place) as never])),
      );
      api = await testApi(catalogue);
    });
    afterAll(() => catalogue.drop());

    const namesOf = (results: readonly { name: string }[]) => results.map(({ name }) => name);

    test("counts pages itself, with the older parameter names, until one is empty", async () => {
      const names: string[] = [];
      for (let page = 1; ; page++) {
        const { json } = await api.get(`/api/aids/?targeted_audiences=association&order_by=submission_deadline&size=25&page=${page}`);
        expect(json.count).toBe(many / 2);
        if (json.results.length === 0) break;
        names.push(...namesOf(json.results));
      }
      expect(new Set(names).size).toBe(many / 2);
      expect(names).toHaveLength(many / 2);
    });

    test("asks for too large pages, and follows next", async () => {
      const first = (await api.get("/api/aids/?itemsPerPage=1000")).json;
      expect(first.results).toHaveLength(pageMost);
      const second = (await api.get(first.next)).json;
      expect([second.results.length, second.next]).toEqual([many - pageMost, null]);
    });

    test("reads /api/aids/all/", async () => {
      for (const path of ["/api/aids/all/", "/api/aids/all"]) {
        const { status, json } = await api.get(path);
        expect([status, json.count, json.results.length]).toEqual([200, many, 50]);
        expect((await api.get(json.next)).json.results).toHaveLength(50);
      }
      expect((await api.get("/api/aids/all/?organization_type_slugs=association")).json.count).toBe(many / 2);
      expect((await api.get("/api/aids/all/?organization_type_ids=31")).json.errors[0].name).toBe("organization_type_ids");
      expect((await api.ask("/api/aids/all/", { method: "POST" })).status).toBe(405);
    });

    test("finds every member, ids next to names, and today's labels", async () => {
      const [aid] = (await api.get("/api/aids/?organization_type_slugs=public-org&itemsPerPage=1")).json.results;
      expect(siteFields.filter((field) => !(field in aid))).toEqual([]);
      expect([aid.is_live, aid.import_share_licence]).toEqual([true, "openlicence20"]);
      for (const instant of [aid.date_created, aid.date_updated]) expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(aid.categories).toEqual(["Eau et milieux aquatiques / Eau potable"]);
      expect(aid.financers_full).toEqual([
        { id: expect.any(Number), slug: "region-bretagne", name: "Région Bretagne", logo: null, siren: "233500016" },
      ]);
      expect(aid.targeted_audiences.sort()).toEqual([
        "Collectivité d’outre-mer à statut particulier",
        "Etablissement public dont services de l'Etat",
      ]);
      expect(aid.destinations).toEqual(["Dépenses d’investissement"]);
      const types = (await api.get("/api/aids/types/")).json.results;
      for (const { id: number, name, group } of aid.aid_types_full)
        expect(types).toContainEqual(expect.objectContaining({ number, name, group: expect.objectContaining({ id: group.id }) }));
    });

    test("reads the lists at their addresses and in their format", async () => {
      const { json: categories } = await api.get("/api/categories/");
      expect(categories).toEqual((await api.get("/api/aids/categories/")).json);
      expect(categories.results[0].category_theme).toEqual({
        id: 1_000_201,
        number: 1_000_201,
        slug: "culture-patrimoine-sports-tourisme",
        name: "Culture et identité collective / patrimoine / sports",
      });
      const themes = (await api.get("/api/themes")).json.results;
      const held: string[] = themes.flatMap((theme: { categories: { slug: string }[] }) => theme.categories.map(({ slug }) => slug));
      expect(held.sort()).toEqual([...slugsOf("categories")].sort());
      for (const [path, type] of [
        ["audiences", "Collectivités"],
        ["types", "Aide financière"],
      ])
        expect((await api.get(`/api/aids/${path}/`)).json.results[0].type).toBe(type);
    });
  });
});
