import ExcelJS from "exceljs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { importPublished } from "../../support/published-aids.ts";
import { bretagne, seededFrom, words } from "../publishers/publisher-fixtures.ts";
import { dayAt } from "./figures-fixtures.ts";

describe.each(testedDatabases)("the pages of figures, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    it("say that there is nothing yet, instead of zeros", async () => {
      const reader = await testConsole(catalogue).as("read");
      const figures = words((await reader.get("/chiffres")).html);
      expect(figures).toContain("Aucune aide n’a encore été en ligne");
      expect(figures).not.toContain("Entrées");
      expect(words((await reader.get("/couverture")).html)).toContain("aucun territoire sur 18 n’a d’aides ouvertes");
    });

    it("show figures of all aids and of each publisher, identical in every format", async () => {
      const harvest = await newHarvest(catalogue, { publisher: bretagne });
      await importPublished(catalogue, harvest.connector, { a1: {}, a2: {} });
      await importPublished(catalogue, "of-nobody", { b1: { startDate: "2026-11-15" } });
      while ((await catalogue.search.catchUp()) > 0);
      const reader = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
      const lastLine = (csv: string) => csv.trim().split("\r\n").at(-1);

      const team = await reader.get("/chiffres");
      expect(team.status).toBe(200);
      expect(words(team.html)).toContain("Novembre 2026 (en cours) 3 0 0 0 3 – 10 10 0 1 2");
      expect(lastLine((await reader.get("/chiffres.csv")).html)).toBe("2026-11;3;0;0;0;3;;10;10;0;1;2");

      await reader.get("/producteurs");
      const { publisherId } = await seededFrom(catalogue, "region:53");
      const page = await reader.get(`/producteurs/${publisherId}`);
      expect(page.html).toContain(`href="/producteurs/${publisherId}/chiffres"`);
      expect(words((await reader.get(`/producteurs/${publisherId}/chiffres`)).html)).toContain(
        "Novembre 2026 (en cours) 2 0 0 0 2 – – – 0 0 2",
      );
      expect(lastLine((await reader.get(`/producteurs/${publisherId}/chiffres.csv`)).html)).toBe("2026-11;2;0;0;0;2;;;;0;0;2");
      const book = new ExcelJS.Workbook();
      await book.xlsx.load((await reader.get(`/producteurs/${publisherId}/chiffres.xlsx`)).bytes.buffer as ArrayBuffer);
      const sheet = book.worksheets[0];
      expect(sheet?.rowCount).toBe(13);
      expect(sheet?.getRow(13).getCell(2).value).toBe(2);
    });

    it("show the quality of a corrected feed at once, even if no aid has changed", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const reader = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
      const score = async () => Number((await reader.get("/chiffres.csv")).html.trim().split("\r\n").at(-1)?.split(";")[6]);
      const aid = { id: "a1", titre: "Financer un projet", texte: "<p>Pour les communes.</p>" };
      await dayAt(harvest, "2026-11-24T03:00:00Z", [aid, { titre: "Sans identifiant" }]);
      const before = await score();
      expect((await dayAt(harvest, "2026-11-25T03:00:00Z", [aid])).outcome).toBe("unchanged");
      expect(before).toBeLessThan(await score());
    });

    it("return 404 for an unknown publisher", async () => {
      const reader = await testConsole(catalogue).as("read");
      expect((await reader.get("/producteurs/00000000-0000-4000-8000-000000000000/chiffres.csv")).status).toBe(404);
    });
  });
});
