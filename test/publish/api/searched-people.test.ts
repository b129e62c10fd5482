import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import { asSite, type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { edit } from "../../support/curate.ts";
import { importPublished } from "../../support/published-aids.ts";

/** Each with a different person in a different place. */
const aids: Record<string, Partial<AidContent>> = {
  title: { name: "Bourse de Mme Claire Dupontet" },
  initial: { name: "Bourse", nameInitial: "Dispositif de M. Jean Durandot" },
  short: { name: "Bourse", shortTitle: "Mme Anne Martinelle" },
  text: { name: "Bourse", description: "<p>Pour la claire-voie. Écrire à Mme Claire Bernardeau, 06 98 76 54 32.</p>" },
  // The name crosses the end of the searched part of the text.
  cut: { name: "Bourse", description: `<p>${"mot ".repeat(495)}M. Jean Lefebvrette</p>` },
  backer: { name: "Bourse", financers: [{ name: "Mme Marie Moreaune", siren: "812345679" }] },
  runner: { name: "Bourse", instructors: [{ name: "Agence de Mme Rose Girardette", siren: null }] },
  nobody: { name: "Bourse de la fondation Dupontet", description: "<p>Fondation reconnue.</p>" },
};

const people = [
  "durandot",
  "martinelle",
  "bernardeau",
  "06 98 76",
  "lefebv",
  "moreaune",
  "girardette",
  "Claire Dupontet",
  "Mme bernardeau",
];

describe.each(testedDatabases)("persons removed from records, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let [anybody, site]: readonly TestApi[] = [];
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      await importPublished(catalogue, "agence", aids);
      anybody = await testApi(catalogue);
      site = await testApi(catalogue, { accessOf: asSite });
    });
    afterAll(() => catalogue.drop());

    const found = async (api: TestApi | undefined, query: string) => {
      const { json, status } = (await api?.get(`/api/aids/?${query}`)) ?? {};
      // An organisation that is not public does not exist.
      if (status === 400) return [];
      expect(json.count, query).toBe(json.results.length);
      return json.results.map((aid: { import_uniqueid: string }) => aid.import_uniqueid).sort();
    };

    test.each(people)("%s finds the aid for the site only", async (keyword) => {
      for (const order of ["publication_date", "relevance", "submission_deadline"]) {
        expect(await found(anybody, `keyword=${encodeURIComponent(keyword)}&orderBy=${order}`)).toEqual([]);
        expect(await found(site, `keyword=${encodeURIComponent(keyword)}&orderBy=${order}`)).toHaveLength(1);
      }
      const { json } = (await anybody?.get(`/api/aids/?keyword=${encodeURIComponent(keyword)}&changed_since=2026-01-01`)) ?? {};
      expect(json.results.filter((aid: { deleted?: boolean }) => aid.deleted !== true)).toEqual([]);
      expect(await catalogue.search.count({ text: keyword })).toBe(1);
    });

    test("other texts with the same words are found by every reader", async () => {
      expect(await found(anybody, "keyword=dupontet")).toEqual(["nobody"]);
      expect(await found(site, "keyword=dupontet")).toEqual(["nobody", "title"]);
      expect(await found(anybody, "keyword=claire")).toEqual(["text"]);
      expect(await found(anybody, "keyword=bourse")).toHaveLength(Object.keys(aids).length);
    });

    test("a financer or instructor who is a person is not a public filter", async () => {
      for (const backer of ["mme-marie-moreaune", "812345679", "agence-de-mme-rose-girardette"]) {
        expect(await found(anybody, `backer_ids=${backer}`)).toEqual([]);
        expect(await found(site, `backer_ids=${backer}`)).toHaveLength(1);
      }
      expect(await found(anybody, "backer_ids=200053767")).toHaveLength(Object.keys(aids).length - 1);
      expect(await catalogue.search.count({ organisation: "moreaune" })).toBe(1);
    });

    test("a title that no longer names a person is found", async () => {
      await edit(catalogue, { externalId: "title" }, { name: "Bourse de la maison Dupontet" });
      expect(await found(anybody, "keyword=dupontet")).toEqual(["nobody", "title"]);
    });
  });
});
