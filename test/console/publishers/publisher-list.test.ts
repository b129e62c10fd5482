import ExcelJS from "exceljs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { bretagne, seededFrom, words } from "./publisher-fixtures.ts";

const marie = { by: "Marie", now: testNow };

describe.each(testedDatabases)("the list of publishers, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    it("shows gaps, and filters by the URL", async () => {
      const harvest = await newHarvest(catalogue, { publisher: bretagne });
      const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("bizdev", "Marie");
      expect(words((await client.get("/producteurs")).html)).toContain(`${(await catalogue.publishers.list()).length} producteurs`);
      const names = async (query: string) =>
        [...(await client.get(`/producteurs?${query}`)).html.matchAll(/<td><a href="\/producteurs\/[^"]+">([^<]*)</g)].map(
          ([, name]) => name,
        );
      const drome = await seededFrom(catalogue, "department:26");
      await catalogue.publishers.moveTo(drome.publisherId, "talking", marie);
      const facts = { ...drome, personInCharge: client.personId, nextAction: "Rappeler", nextActionOn: "2026-11-20" };
      await catalogue.publishers.save({ ...drome, revision: 2 }, facts, marie);
      expect(await names("etape=talking")).toEqual(["Département de la Drôme"]);
      expect(await names("texte=drome%20departement")).toEqual(["Département de la Drôme"]);
      expect(await names("action=due")).toEqual(["Département de la Drôme"]);
      expect(await names(`responsable=${client.personId}`)).toEqual(["Département de la Drôme"]);
      expect(await names("territoire=Bretagne&connecteur=without")).toEqual([
        "Département d&#39;Ille-et-Vilaine",
        "Département des Côtes-d&#39;Armor",
        "Département du Finistère",
        "Département du Morbihan",
      ]);
      const shown =
        /name="territoire"[^>]* value="([^"]*)"/.exec((await client.get("/producteurs?territoire=department%3A26")).html)?.[1] ?? "";
      expect(words(shown)).toBe("Drôme (département, 26)");
      expect(await names(new URLSearchParams({ territoire: shown }).toString())).toEqual(["Département de la Drôme"]);
      expect(await names("connecteur=with")).toEqual(["Région Bretagne"]);
      expect(await names("nature=water-agency")).toHaveLength(6);
      expect(words((await client.get("/producteurs?etape=talking")).html)).toContain("Rappeler 20 novembre 2026 en retard");
    });

    it("sets the person in charge by one click, in the list and on the page, filters by it, and clears it", async () => {
      const console = testConsole(catalogue);
      const [client, paul] = [await console.as("bizdev", "Marie"), await console.as("bizdev", "Paul")];
      await client.get("/producteurs");
      const drome = await seededFrom(catalogue, "department:26");
      const path = `/producteurs/${drome.publisherId}`;
      const mine = async () => words((await client.get("/producteurs?responsable=moi")).html);
      expect(await mine()).toContain("Aucun producteur ne répond à ce filtre");
      const back = "/producteurs?texte=drome";
      expect((await client.get(back)).html).toContain(`formaction="${path}/je-m-en-occupe"`);
      const taken = await client.post(`${path}/je-m-en-occupe`, { etait: "", retour: back });
      expect(taken.to).toBe(back);
      expect((await catalogue.publishers.find(drome.publisherId))?.personInCharge).toBe(client.personId);
      expect(await mine()).toMatch(/1 producteur .*Département de la Drôme .*Marie/);
      expect(words((await paul.get("/producteurs?responsable=moi")).html)).toContain("Aucun producteur ne répond à ce filtre");
      expect((await paul.post(`${path}/je-m-en-occupe`, { etait: "" })).status).toBe(409);
      const page = (await client.get(path)).html;
      expect(page).toContain("Ne plus m’en occuper");
      expect(page).not.toContain("Je m’en occupe");
      const left = await client.act(`${path}/ne-plus-m-en-occuper`, { etait: client.personId ?? "" });
      expect(words(left.html)).toMatch(/Suivi par personne pour le moment/);
      expect((await catalogue.publishers.find(drome.publisherId))?.personInCharge).toBeNull();
      const acts = (await catalogue.audit.list({}, { limit: 9, offset: 0 })).map(({ act, by }) => `${act}, ${by}`);
      expect(acts).toEqual(["publisher.leave-charge, Marie", "publisher.take-charge, Marie"]);
    });

    it("exports files without contacts and notes, and without persons in charge for readers", async () => {
      const console = testConsole(catalogue);
      const bizdev = await console.as("bizdev", "Marie Curie");
      await bizdev.get("/producteurs");
      const drome = await seededFrom(catalogue, "department:26");
      const said = { agreedBy: "Mme Tartempion", nextAction: "Rappeler Mme Tartempion", nextActionOn: "2026-11-20" };
      await catalogue.publishers.save(drome, { ...drome, personInCharge: bizdev.personId, ...said }, marie);
      const contact = {
        name: "Solveig Tartempion",
        role: null,
        email: "s.tartempion@exemple.fr",
        phone: null,
        note: null,
        getsLetters: true,
      };
      await catalogue.contacts.add(drome.publisherId, contact, marie);
      const late = new Date("2026-11-24T23:30:00Z");
      await catalogue.exchanges.add(drome.publisherId, { at: late, kind: "call", by: "Marie", text: "Mme Tartempion rappelle" });
      const csv = (await bizdev.get("/producteurs.csv")).html;
      // The day in Paris, as on the page.
      expect(csv).toMatch(/Drôme.*;2026-11-25\r/);
      expect(csv).toContain("Marie Curie");
      expect(csv).toContain("2026-11-20");
      expect(csv).not.toMatch(/tartempion/i);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load((await bizdev.get("/producteurs.xlsx?etape=spotted")).bytes as never);
      expect(workbook.worksheets[0]?.rowCount).toBeGreaterThan(100);
      const reader = await console.as("read");
      const query = `?responsable=${bizdev.personId}`;
      for (const path of ["/producteurs", "/producteurs.csv", `/producteurs.csv${query}`, `/producteurs${query}`]) {
        const { html, status } = await reader.get(path);
        expect(status).toBe(200);
        expect(html).not.toMatch(/tartempion|Marie Curie/i);
        expect(html).toContain("ADEME");
      }
    });
  });
});
