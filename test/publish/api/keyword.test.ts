import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { synonymLists } from "../../../src/catalogue/search/synonym-lists.ts";
import { type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { importPublished } from "../../support/published-aids.ts";

const said = (name: string, text = "Pour tous.") => ({ name, description: `<p>${text}</p>` });
const aids = {
  eau: said("Réseau d’eau potable"),
  pluie: said("Récupérer l’eau", "Une installation potable ou non."),
  velo: said("Acheter des vélos"),
  voie: said("Créer une piste cyclable"),
  train: said("Vélo dans le train"),
  school: said("Refaire la toiture d’un groupe scolaire"),
  more: said("Plus de lumière", "Plusieurs projets."),
  hall: said("Aménager une salle polyvalente"),
  plan: said("Réviser un document d’urbanisme"),
  roofs: said("Infiltrer les eaux pluviales"),
  paper: said("Papier et biomasse"),
};

/** Keyword -> aids that it finds. */
const cases: readonly (readonly [keyword: string, found: readonly (keyof typeof aids)[]])[] = [
  ["eau,vélo", ["eau", "pluie", "roofs", "velo", "voie", "train"]],
  ["eau potable", ["eau", "pluie"]],
  ['"eau potable"', ["eau"]],
  ["« eau potable »", ["eau"]],
  ['"potable eau"', []],
  ["EAUX", ["eau", "pluie", "roofs"]],
  ["vélo -train", ["velo", "voie"]],
  ["eau, vélo, -train", ["eau", "pluie", "roofs", "velo", "voie"]],
  ["-vélo -eau", ["school", "more", "hall", "plan", "paper"]],
  ['vélo -"dans le train"', ["velo", "voie"]],
  ["bicyclette", ["velo", "voie", "train"]],
  ["pistes cyclables", ["velo", "voie", "train"]],
  ["toit de l’école", ["school"]],
  // An abbreviation is a whole word: neither "plus" nor "pluviales", and "PAPI" is not "papier".
  ["PLU", ["plan"]],
  ["plu", ["plan"]],
  ["PAPI", []],
  ["plusieurs", ["more"]],
  ["urbanisme", ["plan"]],
  ["bio", []],
  ["récupération d’eau", ["roofs"]],
  ["salle des fêtes", ["hall"]],
  ["refaire la salle des fêtes", []],
  [",,, ;", ["eau", "pluie", "velo", "voie", "train", "school", "more", "hall", "plan", "roofs", "paper"]],
  ["l-eau", ["eau", "pluie", "roofs"]],
];

describe.each(testedDatabases)("keyword, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      await importPublished(catalogue, "agence", aids);
      api = await testApi(catalogue);
    });
    afterAll(() => catalogue.drop());

    test.each(cases)("%s", async (keyword, found) => {
      for (const order of ["publication_date", "relevance", "submission_deadline"]) {
        const { status, json } = await api.get(`/api/aids/?keyword=${encodeURIComponent(keyword)}&orderBy=${order}`);
        expect([status, json.count]).toEqual([200, found.length]);
        expect(json.results.map((aid: { import_uniqueid: string }) => aid.import_uniqueid).sort()).toEqual([...found].sort());
      }
    });

    test("the lists of synonyms are readable, and each word finds what the others find", async () => {
      const { json } = await api.get("/api/synonymlists/?itemsPerPage=1000");
      expect(json.count).toBe(synonymLists.length);
      const bikes = json.results.find(({ name }: { name: string }) => name === "vélo");
      expect(bikes).toMatchObject({ id: `${bikes.number}-synonyms-vélo`, text: expect.stringContaining("piste cyclable") });
      for (const word of bikes.synonyms)
        expect((await api.get(`/api/aids/?keyword=${encodeURIComponent(word)}`)).json.results.length, word).toBe(3);
    });
  });
});

test("numbers of synonym lists are unique and beyond Aides-territoires' own", () => {
  const numbers = synonymLists.map(({ number }) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(Math.min(...numbers)).toBeGreaterThan(1_000_000);
});
