import { DomUtils, parseDocument } from "htmlparser2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { importPublished } from "../../support/published-aids.ts";

describe.each(testedDatabases)("what changes in the API, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      await importPublished(catalogue, "agence", {
        a: { name: "Aide", financers: [{ name: "=Agence de l’eau", siren: null }], programs: ["Avenir"] },
        b: { name: "b", financers: [{ name: "Agence secrète", siren: null }], importShareLicence: "agreement" },
      });
      api = await testApi(catalogue);
    });
    afterAll(() => catalogue.drop());

    test("older names of parameters work, and say until when", async () => {
      const { status, headers } = await api.get("/api/aids/?text=aide&organization_type_slugs=commune");
      expect(status).toBe(200);
      expect(headers.get("deprecation")).toMatch(/^@\d{10}$/);
      expect(new Date(headers.get("sunset") ?? "").getTime()).toBeGreaterThan(Number(headers.get("deprecation")?.slice(1)) * 1000);
      expect(headers.get("link")).toBe('<http://api.test/api/changes.atom>; rel="deprecation"; type="application/atom+xml"');
      expect((await api.get("/api/aids/?targeted_audiences[]=commune")).headers.get("deprecation")).not.toBeNull();
      const current = await api.get("/api/aids/?keyword=aide&organization_type_ids=1&itemsPerPage=10");
      expect([current.headers.get("deprecation"), current.headers.get("sunset")]).toEqual([null, null]);
    });

    test("a parameter without effect is named, and pages keep naming it", async () => {
      const { json } = await api.get("/api/aids/?utm_source=x&keyword=aide&colour[]=red");
      expect(json.ignored_parameters).toEqual(["utm_source", "colour"]);
      expect((await api.get("/api/aids/?keyword=aide")).json).not.toHaveProperty("ignored_parameters");
      expect((await api.get("/api/programs/?lettre=a")).json.ignored_parameters).toEqual(["lettre"]);
    });

    test("the address of all aids applies filters, and names those that it ignores", async () => {
      const { status, json } = await api.get("/api/aids/all/?page=1&itemsPerPage=10&format=json&text=nothing&colour=red");
      expect([status, json.count, json.ignored_parameters]).toEqual([200, 0, ["colour"]]);
    });

    test("the feed of changes is Atom, with permanent ids", async () => {
      const { text, headers } = await api.get("/api/changes.atom");
      expect(headers.get("content-type")).toMatch("application/atom+xml");
      const feed = parseDocument(text, { xmlMode: true });
      const ids = DomUtils.getElementsByTagName("id", feed).map((id) => DomUtils.textContent(id));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toContain("http://api.test/api/changes.atom#older-names");
      for (const updated of DomUtils.getElementsByTagName("updated", feed))
        expect(DomUtils.textContent(updated)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    });

    test("the file of correspondences tells what each number means, without hidden names", async () => {
      const { status, text } = await api.get("/api/id-correspondences.csv");
      expect(status).toBe(200);
      expect(text).toContain('"type","1","grant","Subvention","","aides-territoires"\n');
      expect(text).toContain('"perimeter:country:FRA","70956","france","France","","aides-territoires"\n');
      expect(text).toMatch(/"backer","\d+","agence-de-l-eau","'=Agence de l’eau","","moisson"\n/);
      expect(text).toMatch(/"program","\d+","avenir","Avenir"/);
      expect(text).not.toContain("secrète");
      expect(text.split("\n").length).toBeGreaterThan(36_000);
    });
  });
});
