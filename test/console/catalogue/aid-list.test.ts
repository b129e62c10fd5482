import ExcelJS from "exceljs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { themeChoices } from "../../../src/console/pages/catalogue/aid-filters.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { importAids, madeAid } from "../../support/made-aids.ts";

describe.each(testedDatabases)("the catalogue as a list, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    /** A reader, and a catalogue of a few aids. */
    async function reader(): Promise<ConsoleClient> {
      await importAids(catalogue, "departement-drome", [
        madeAid("1", {
          name: "Planter des haies",
          description: "<p>Haies &amp; bocage</p>",
          submissionDeadline: "2027-03-31",
          targetedAudiences: ["farmer"],
          categories: ["forets"],
          financers: [{ name: '=HYPERLINK("http://x")', siren: null }],
          perimeters: [{ scale: "department", code: "26", name: "Drôme" }],
        }),
        madeAid("2", {
          name: "Rénover l’école <script>alert(1)</script>",
          perimeters: [{ scale: "commune", code: "93066", name: "Saint-Denis" }],
        }),
        madeAid("3", { name: "Un appel clos", submissionDeadline: "2026-01-31" }),
      ]);
      return testConsole(catalogue).as("read");
    }

    test("shows all aids, or those that match the address", async () => {
      const client = await reader();
      const all = await client.get("/aides");
      expect(all.status).toBe(200);
      expect(titles(all.html)).toEqual(["Planter des haies", "Rénover l’école &lt;script&gt;alert(1)&lt;/script&gt;", "Un appel clos"]);
      expect(all.html).toContain("3 aides");
      for (const [query, found] of [
        ["texte=haie", ["Planter des haies"]],
        ["territoire=Dr%C3%B4me", ["Planter des haies"]],
        ["territoire=26", ["Planter des haies"]],
        ["territoire=84&portee=dedans", ["Planter des haies"]],
        ["public=farmer&situation=review", ["Planter des haies"]],
        ["theme=forets", ["Planter des haies"]],
        ["theme=nature-environnement-risques", ["Planter des haies"]],
        ["cloture=passee", ["Un appel clos"]],
        ["cloture=a-venir&tri=deadline&depuis=2027-01-01", ["Planter des haies"]],
        ["situation=live", []],
        ["connecteur=personne", ["Planter des haies", "Rénover l’école &lt;script&gt;alert(1)&lt;/script&gt;", "Un appel clos"]],
      ] as const) {
        expect(titles((await client.get(`/aides?${query}`)).html), query).toEqual(found);
      }
      expect((await client.get("/aides?situation=live")).html).toContain("Aucune aide ne répond à ce filtre.");
    });

    test("suggests matching territories, and reports an unknown one", async () => {
      const client = await reader();
      const several = await client.get("/aides?territoire=Saint-Denis&tri=deadline");
      expect(titles(several.html)).toHaveLength(1);
      expect(several.html).toContain("désigne");
      expect(several.html).toContain("?territoire=commune%3A93066&amp;tri=deadline");
      const one = await client.get("/aides?territoire=commune%3A93066");
      expect(one.html).not.toContain("désigne");
      expect(titles(one.html)).toHaveLength(1);
      const none = await client.get("/aides?territoire=Atlantide");
      expect(none.html).toContain("Aucun territoire ne répond à");
      expect(titles(none.html)).toEqual([]);
    });

    test("exports all filtered aids, with formulas escaped", async () => {
      const client = await reader();
      const csv = await client.get("/aides.csv?texte=haie");
      const lines = new TextDecoder().decode(csv.bytes).trim().split("\r\n");
      expect(lines).toHaveLength(2);
      expect(lines[0]).toContain("Titre;Organismes;Territoires;Clôture;Situation;Connecteur;Identifiant chez le producteur");
      expect(lines[1]).toContain("Planter des haies");
      expect(lines[1]).toContain("2027-03-31");
      expect(lines[1]).toContain("Drôme (département, 26)");
      expect(lines[1]).toContain("Haies & bocage");
      expect(lines[1]).not.toMatch(/(?:^|;)"?=HYPER/);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load((await client.get("/aides.xlsx")).bytes.buffer as ArrayBuffer);
      expect(workbook.worksheets[0]?.rowCount).toBe(4);
    });

    test("reports its lag if more revisions wait than it indexes at once", async () => {
      await importAids(
        catalogue,
        "departement-drome",
        Array.from({ length: 600 }, (_, number) => madeAid(`${number}`)),
      );
      const client = await testConsole(catalogue).as("read");
      expect((await client.get("/aides")).html).toContain("600 changements à venir");
      while ((await catalogue.search.catchUp()) > 0);
      const page = await client.get("/aides?page=12");
      expect(page.html).not.toContain("à venir. La liste");
      expect(titles(page.html)).toHaveLength(20);
    });

    test("themes and categories never share a name", () => {
      const values = themeChoices().map(({ value }) => value);
      expect(new Set(values).size).toBe(values.length);
    });
  });
});

/** Returns the titles of the aids on a page. */
function titles(html: string): string[] {
  return [...html.matchAll(/<a href="\/aides\/[0-9a-f-]{36}">(.*?)<\/a>/g)].map(([, title = ""]) => title);
}
