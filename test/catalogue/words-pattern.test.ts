import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wordsPattern } from "../../src/catalogue/search/search-words.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`words as people type them, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("are found in any case, with any accents, apostrophes and blanks; other characters match only themselves", async () => {
      const found: readonly (readonly [words: string, text: string, isFound: boolean])[] = [
        ["renover l'ecole", "RÉNOVER L’ÉCOLE", true],
        ["Rénover  l’école ", "a renover\u00a0l'ecole b", true],
        ["coeur de ville", "Action Cœur de Ville", true],
        ["cœur de ville", "action coeur de ville", true],
        ["ça", "Ça", true],
        ["e\u0301cole", "école", true],
        ["ecole", "ecoule", false],
        ["50 % (max.)", "jusqu’à 50 % (max.)", true],
        ["50 % (max.)", "50 % maxi", false],
        ["a.b*c+[d]^$|\\{1}?", "a.b*c+[d]^$|\\{1}?", true],
        ["a.b", "axb", false],
        ["« zones »", "« zones »", true],
      ];
      for (const [words, text, isFound] of found) {
        expect(await catalogue.store.row(sql`select ${text}::text ~ ${wordsPattern(words)} as found`), words).toEqual({ found: isFound });
      }
    });
  });
}
