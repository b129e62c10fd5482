import { afterEach, describe, expect, it } from "vitest";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import { type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { edit } from "../../support/curate.ts";
import { importPublished } from "../../support/published-aids.ts";

const connector = "aides-territoires";
const ofSite = (siteNumber: string, siteSlug: string): Partial<AidContent> => ({
  ...{ name: `Aide ${siteNumber}`, siteNumber, siteSlug },
  ...{ sourceCreatedDate: "2021-04-01", sourceUpdatedDate: "2025-03-30" },
});

describe.each(testedDatabases)("aids that Aides-territoires knows, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    afterEach(() => catalogue.drop());
    const published = async (aids: Readonly<Record<string, Partial<AidContent>>>, given = {}): Promise<TestApi> => {
      catalogue = await newCatalogue(database);
      await importPublished(catalogue, connector, aids);
      return testApi(catalogue, given);
    };
    const aidsOf = async (api: TestApi, query = "") => (await api.get(`/api/aids/${query}`)).json.results;
    /** Rows of the correspondences about aids. */
    const listedAids = async (api: TestApi) => {
      const lines = (await api.get("/api/id-correspondences.csv")).text.split("\n").filter((line) => line.startsWith('"aid"'));
      return lines.map((line) => JSON.parse(`[${line}]`));
    };

    it("keep their number, slug and dates in every answer", async () => {
      const api = await published({ 551: ofSite("551", "ffe7-expertise-transition"), own: { name: "Notre aide" } });
      const known = {
        ...{ id: 551, slug: "ffe7-expertise-transition", url: "/aides/ffe7-expertise-transition/" },
        ...{ date_created: "2021-04-01T00:00:00.000Z", date_updated: "2025-03-30T00:00:00.000Z" },
      };
      const own = { id: expect.any(Number), slug: expect.stringMatching(/^[0-9a-f]{4}-notre-aide$/) };
      expect(await aidsOf(api)).toEqual(expect.arrayContaining([expect.objectContaining(known), expect.objectContaining(own)]));
      for (const path of ["by-id/551/", "ffe7-expertise-transition/", "ffe7-expertise-transition"])
        expect((await api.get(`/api/aids/${path}`)).json).toMatchObject(known);
      expect(await aidsOf(api, "?id=551")).toMatchObject([known]);
      expect(JSON.parse((await api.get("/api/aids.jsonl?id=551")).text)).toMatchObject(known);
      expect((await aidsOf(api)).find(({ name }: { name: string }) => name === "Notre aide").id).toBeGreaterThanOrEqual(1_000_000);
      expect((await api.get("/api/aids/by-id/552/")).status).toBe(404);
      expect((await api.get("/api/aids/?id=abc")).status).toBe(400);
    });

    it("have a page for readers at their url", async () => {
      const aid = { ...ofSite("551", "ffe7-expertise"), originUrl: "https://exemple.fr/aide" };
      const api = await published({ 551: aid });
      const pageOf = async (one: TestApi) => {
        const { status, headers } = await one.get("/aides/ffe7-expertise/");
        return [status, headers.get("location")];
      };
      expect(await pageOf(api)).toEqual([302, "http://api.test/recherche/selection/?aide=551"]);
      expect((await api.get("/recherche/selection/?aide=551")).text).toContain("Aide 551");
      expect(await pageOf(await testApi(catalogue, { hasSearchPage: false }))).toEqual([302, "https://exemple.fr/aide"]);
      expect((await api.get("/aides/ffe7-autre/")).status).toBe(404);
    });

    it("change their number and slug when an adoption learns them, and are found by all of them", async () => {
      const api = await published({ a: { name: "Rénover" } });
      const [{ id: former, slug: formerSlug, aid_id: aidId }] = await aidsOf(api);
      const since = (await api.get("/api/aids/?changed_since=2020-01-01")).json.resume;
      await edit(catalogue, { connector, externalId: "a" }, { siteNumber: "7", siteSlug: "1a2b-renover" });
      expect(await aidsOf(api)).toMatchObject([{ id: 7, slug: "1a2b-renover" }]);
      for (const path of [`by-id/${former}/`, "by-id/7/", `${formerSlug}/`, "1a2b-renover/"])
        expect((await api.get(`/api/aids/${path}`)).json.id).toBe(7);
      expect((await api.get(since)).json.results).toMatchObject([
        { id: former, aid_id: aidId, deleted: true, reason: "renumbered", merged_into: 7 },
        { id: 7, aid_id: aidId, name: "Rénover" },
      ]);
      expect(await listedAids(api)).toEqual([["aid", "7", "1a2b-renover", "Rénover", String(former), "aides-territoires"]]);
      await edit(catalogue, { connector, externalId: "a" }, {}, ["siteNumber", "siteSlug"]);
      expect(await aidsOf(api)).toMatchObject([{ id: former, slug: formerSlug }]);
      expect((await api.get("/api/aids/by-id/7/")).status).toBe(404);
    });

    it("keep a number that a second aid claims, and no number that is none", async () => {
      const api = await published({ a: { name: "Première", siteNumber: "7" } });
      await aidsOf(api);
      await importPublished(catalogue, "autre", { b: { name: "Seconde", siteNumber: "7" }, c: { name: "Tierce", siteNumber: "07 x" } });
      const numbers = Object.fromEntries((await aidsOf(api)).map(({ name, id }: { name: string; id: number }) => [name, id]));
      expect(numbers.Première).toBe(7);
      expect(Math.min(numbers.Seconde, numbers.Tierce)).toBeGreaterThanOrEqual(1_000_000);
    });

    it("do not tell a person by their slug", async () => {
      const api = await published({ 551: { ...ofSite("551", "ffe7-prix-de-mme-jeanne-durand"), name: "Prix de Mme Jeanne Durand" } });
      const { text, json } = await api.get("/api/aids/by-id/551/");
      expect(json).toMatchObject({ id: 551, slug: json.aid_id, site_slug: null });
      expect(text).not.toMatch(/durand/i);
      expect(await listedAids(api)).toEqual([["aid", "551", "", "", "", "aides-territoires"]]);
    });
  });
});
