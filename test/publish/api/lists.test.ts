import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { vocabularies } from "../../../src/model/vocabularies.ts";
import { asSite, type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { importPublished } from "../../support/published-aids.ts";

describe.each(testedDatabases)("lists of the API, $title", (database) => {
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
        {
          id: "commune",
          slug: "commune",
          name: "Commune",
          type: "Collectivités",
          type_full: { id: 1, slug: "collectivity", name: "Collectivités" },
          group: { slug: "collectivity", name: "Collectivités" },
        },
      ],
      [
        "types",
        vocabularies.aidTypes,
        {
          id: "grant",
          slug: "grant",
          name: "Subvention",
          type: "Aide financière",
          type_full: { id: 1, slug: "financial-group", name: "Aide financière" },
          group: { slug: "financial", name: "Aide financière" },
        },
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

    test("a list of terms has pages, and none behind its last, so that a client that counts pages comes to an end", async () => {
      const page = async (path: string) => {
        const { json } = await api.get(path);
        return [json.count, json.results.length, json.next];
      };
      const { length } = vocabularies.categories;
      expect(await page("/api/categories/")).toEqual([length, length, null]);
      expect(await page("/api/categories/?page=2")).toEqual([length, 0, null]);
      expect(await page("/api/aids/steps/?itemsPerPage=2")).toEqual([3, 2, "http://api.test/api/aids/steps/?itemsPerPage=2&page=2"]);
      expect((await api.get("/api/aids/steps/?other=1")).json.ignored_parameters).toEqual(["other"]);
    });

    test("finds categories by name and by theme", async () => {
      const slugs = async (query: string) =>
        (await api.get(`/api/categories/?${query}`)).json.results.map(({ slug }: { slug: string }) => slug);
      expect(await slugs("q=EAU pot")).toEqual(["eau-potable"]);
      const ofTheme = vocabularies.categories.filter(({ theme }) => theme === "energies-dechets").map(({ slug }) => slug);
      expect(await slugs("category_theme_id=energies-dechets")).toEqual(ofTheme);
      const { json } = await api.get("/api/themes/");
      const { id } = json.results.find(({ slug }: { slug: string }) => slug === "energies-dechets");
      expect(await slugs(`category_theme_id=${id}`)).toEqual(ofTheme);
      expect((await api.get("/api/categories/?category_theme_id=5")).json.errors[0].name).toBe("category_theme_id");
    });

    test("what Aides-territoires has and we do not is an empty list; names of synonym lists are an array", async () => {
      const none = { count: 0, previous: null, next: null, results: [] };
      for (const path of ["project-reference-categories/", "perimeters/data/", "perimeters/data?perimeter_id=70956-france"])
        expect((await api.get(`/api/${path}`)).json).toEqual(none);
      expect((await api.get("/api/perimeters/data/?perimeter_id=75056")).json.errors[0].name).toBe("perimeter_id");
      const { json } = await api.get("/api/synonymlists/classic-list/");
      const lists = (await api.get("/api/synonymlists/?itemsPerPage=1000")).json.results;
      expect(json).toEqual(lists.map(({ number, name }: { number: number; name: string }) => ({ id: number, text: name })));
    });

    test("names scales as the site does; mainland, overseas and its collectivities are ad-hoc groups", async () => {
      const scales = (await api.get("/api/perimeters/scales/")).json.results.map(({ id, name }: Record<string, string>) => [id, name]);
      expect(scales).toEqual([
        ["commune", "commune"],
        ["epci", "epci"],
        ["basin", "Bassin hydrographique"],
        ["department", "Département"],
        ["region", "Région"],
        ["collectivity", "Collectivité d’outre-mer"],
        ["overseas", "Outre-mer"],
        ["mainland", "Métropole"],
        ["adhoc", "Ad-hoc"],
        ["country", "Pays"],
        ["continent", "Continent"],
      ]);
      const found = async (query: string): Promise<{ text: string; code: string; scale: string }[]> =>
        (await api.get(`/api/perimeters/?${query}`)).json.results;
      const adhoc = await found("scale=adhoc");
      expect(adhoc.map(({ code }) => code)).toEqual(expect.arrayContaining(["FRA-MET", "FRA-OM", "975", "988"]));
      expect(new Set(adhoc.map(({ scale }) => scale))).toEqual(new Set(["Ad-hoc"]));
      expect((await found("scale=mainland")).map(({ text }) => text)).toEqual(["France métropolitaine (Ad-hoc)"]);
      expect((await found("scale=epci&q=200040459"))[0]).toMatchObject({ scale: "EPCI", text: expect.stringMatching(/ \(epci\)$/) });
      for (const { id } of (await api.get("/api/perimeters/scales/")).json.results)
        expect((await api.get(`/api/perimeters/?scale=${id}&itemsPerPage=1`)).json.count, id).toBeGreaterThan(0);
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
        id: "12000026-drome",
        number: 12_000_026,
        text: "Drôme (Département)",
        name: "Drôme",
        scale: "Département",
        scale_slug: "department",
        zipcodes: [],
        code: "26",
        territory: "department:26",
        insee_code: "DEP-26",
      });
      const begins = (await api.get("/api/perimeters?q=valenc")).json;
      expect(begins.results.map(({ id }: { id: string }) => id)).toContain("10026362-valence");
      expect(begins.results.length).toBeLessThanOrEqual(50);
      expect((await api.get("/api/perimeters/?q=26362")).json.results[0].name).toBe("Valence");
      const named = async (query: string) =>
        (await api.get(`/api/perimeters/?${query}`)).json.results.map(({ territory }: { territory: string }) => territory);
      expect(await named("q=paris")).toEqual(expect.arrayContaining(["department:75", "commune:75056"]));
      expect(await named("q=paris&scale=department")).toEqual(["department:75"]);
      expect((await api.get("/api/perimeters/?q=valenc&scale=town")).json.errors[0].name).toBe("scale");
      for (const { id } of begins.results) expect((await api.get(`/api/aids/?perimeter_id=${id}`)).status).toBe(200);
    });

    test("lists the organisations of readable aids, once per name, with their SIREN", async () => {
      const { json } = await api.get("/api/backers/?q=bret%20region");
      expect(json).toMatchObject({
        count: 1,
        results: [{ id: expect.stringMatching(/^\d+-region-bretagne$/), slug: "region-bretagne", siren: "233500016", aids: 2 }],
      });
      expect((await api.get(`/api/aids/?backer_ids=${json.results[0].id}`)).json.count).toBe(2);
      expect((await api.get("/api/backers/?q=fonds")).json.results).toEqual([]);
      const site = await testApi(catalogue, { accessOf: asSite });
      expect((await site.get("/api/backers/?q=fonds")).json.results).toHaveLength(1);
    });

    test("lists all territories, page by page, and finds communes by INSEE and postal codes", async () => {
      const whole = (await api.get("/api/perimeters/?itemsPerPage=1000&page=2")).json;
      expect(whole.count).toBeGreaterThan(36_000);
      expect([whole.results.length, whole.previous, whole.next]).toEqual([
        1000,
        "http://api.test/api/perimeters/?itemsPerPage=1000&page=1",
        "http://api.test/api/perimeters/?itemsPerPage=1000&page=3",
      ]);
      const found = async (query: string) => (await api.get(`/api/perimeters/?${query}`)).json.results;
      expect(await found("insees=26362")).toEqual([
        expect.objectContaining({ id: "10026362-valence", text: "Valence (Commune - 26000)", zipcodes: ["26000"], scale: "Commune" }),
      ]);
      expect((await found("zipcodes=26000")).map(({ code }: { code: string }) => code)).toEqual(["26362"]);
      expect((await found("zipcodes=75011"))[0]).toMatchObject({ code: "75056", name: "Paris" });
      // An arrondissement, and a commune that has been merged.
      expect((await found("insees[]=75111&insees[]=2A004")).map(({ code }: { code: string }) => code)).toEqual(["75056", "2A004"]);
      expect(await found("insees=26362&zipcodes=75011")).toEqual([]);
      expect(await found("zipcodes=99999")).toEqual([]);
      for (const [query, name] of [
        ["insees=abc", "insees"],
        ["zipcodes=26", "zipcodes"],
        ["is_non_obsolete=false", "is_non_obsolete"],
      ])
        expect((await api.get(`/api/perimeters/?${query}`)).json.errors[0].name).toBe(name);
      expect((await api.get("/api/perimeters/10026362-valence/")).json).toMatchObject({ code: "26362" });
      expect((await api.get("/api/perimeters/97843-nulle-part/")).status).toBe(404);
    });

    test("a territory is found by id, number, unique name, or what we wrote before", async () => {
      for (const id of [
        "70956-france",
        "70956",
        "97843-grenoble",
        "10038185-grenoble",
        "10038185",
        "grenoble",
        "department:26",
        "COM-26362",
      ])
        expect((await api.get(`/api/aids/?perimeter_id=${id}`)).json.count, id).toBe(2);
    });

    test("programmes and project references have numbers, names and filters", async () => {
      await importPublished(catalogue, "programmes", {
        p: { name: "p", programs: ["France Relance", "Petites villes de demain"], projectReferences: ["Cour d’école"] },
        q: { name: "q", programs: ["France relance"] },
      });
      const { json } = await api.get("/api/programs/");
      expect(json.results.map(({ slug }: { slug: string }) => slug)).toEqual(["france-relance", "petites-villes-de-demain"]);
      const [{ id }] = json.results;
      expect(id).toBeGreaterThanOrEqual(1_000_000);
      for (const asked of [id, "france-relance", `${id}-france-relance`])
        expect((await api.get(`/api/aids/?programs=${asked}`)).json.count).toBe(2);
      expect((await api.get(`/api/aids/?programs=petites-villes-de-demain,france-relance`)).json.count).toBe(2);
      const references = (await api.get("/api/project-references/?q=cour")).json.results;
      expect((await api.get(`/api/aids/?project_reference_id=${references[0].id}`)).json.count).toBe(1);
      expect((await api.get("/api/backer-groups/")).json).toEqual({ count: 0, previous: null, next: null, results: [] });
      expect((await api.get("/api/backers/?itemsPerPage=1")).json.next).toBe("http://api.test/api/backers/?itemsPerPage=1&page=2");
      // A number keeps its meaning when the name is published again.
      await importPublished(catalogue, "later", { r: { name: "r", programs: ["FRANCE RELANCE"] } });
      expect((await api.get(`/api/aids/?programs=${id}`)).json.count).toBe(3);
    });

    test("an adoption's numbers take the place of ours, which keep working", async () => {
      const { namedNumbers } = catalogue;
      const [before] = await namedNumbers.bySlug("backer", ["region-bretagne"]);
      expect(await namedNumbers.learn("backer", [{ name: "Région Bretagne", number: 57 }])).toBe(1);
      expect(
        await namedNumbers.learn("backer", [
          { name: "Région Bretagne", number: 57 },
          { name: "Autre", number: 57 },
        ]),
      ).toBe(0);
      expect((await api.get("/api/backers/?q=bret")).json.results[0]).toMatchObject({ id: "57-region-bretagne", number: 57 });
      for (const number of [57, before?.number]) expect((await api.get(`/api/aids/?backer_ids=${number}`)).json.count).toBe(2);
      // The site gave the number to another backer.
      await namedNumbers.learn("backer", [{ name: "Fonds privé", number: 57 }]);
      expect((await namedNumbers.byNumber("backer", 57))?.slug).toBe("fonds-prive");
    });
  });
});
