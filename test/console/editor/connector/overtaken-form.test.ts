import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { date } from "../../../../src/kit/rules/date.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../../support/catalogues.ts";
import { testConsole } from "../../../support/console-client.ts";
import { guardsOff, newHarvest } from "../../../support/harvest.ts";
import { testNow } from "../../../support/made-aids.ts";

const records = [{ id: "1", titre: "Aide aux communes", fin: "2027-01-01", ouverture: "2026-12-01", autre: "2026-12-15" }];

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/[\s\u00a0]+/g, " ");

/** Returns the value of a form's field. */
const valueIn = (html: string, name: string) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(html)?.[1];
const chosenIn = (html: string, name: string) =>
  /<option value="([^"]*)" selected/.exec(new RegExp(`<select[^>]* name="${name}"[\\s\\S]*?</select>`).exec(html)?.[0] ?? "")?.[1];

describe.each(testedDatabases)("an outdated form of a definition, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    /** Returns a connector after a new version by Paul with these changes, and Marie's page from before. */
    async function overtaken(changes: Readonly<Record<string, unknown>>) {
      const feed = { url: "https://example.org/a.json" };
      const harvest = await newHarvest(catalogue, { guards: guardsOff, ignored: ["note", "ouverture", "autre"], feed });
      await harvest.day(records);
      const bizdev = await testConsole(catalogue, { folders: [harvest.folder] }).as("bizdev", "Marie");
      const made = { connector: harvest.connector, definition: null, terms: {}, why: "x", by: "Paul", at: new Date(testNow) };
      await catalogue.connectorVersions.add({ ...made, changes }, 0);
      return { harvest, bizdev, base: `/connecteurs/${harvest.connector}/definition` };
    }

    it("shows the typed and the saved schedule, and can then be saved", async () => {
      const { harvest, bizdev, base } = await overtaken({ schedule: "0 7 * * 1-5" });
      const typed = { adresse: "https://example.org/a.json", rythme: "jour", heure: "05:30", jours: "90", regle: "", etat: "paused" };
      const form = { ...typed, parce: "en travaux", raison: "demandé par la région" };
      const again = await bizdev.post(`${base}/collecte`, { ...form, version: "0" });
      expect(again.status).toBe(409);
      const page = plain(again.html);
      expect(page).toContain("Paul a enregistré pendant que vous écriviez");
      expect(page).toContain("Quand ce flux est collecté Du lundi au vendredi, à l’heure dite");
      expect(page).toContain("Heure 07:00");
      for (const [name, value] of Object.entries({ heure: "05:30", parce: "en travaux" })) expect(valueIn(again.html, name)).toBe(value);
      expect([chosenIn(again.html, "rythme"), chosenIn(again.html, "etat")]).toEqual(["jour", "paused"]);
      expect(again.html).toContain("demandé par la région</textarea>");
      expect(valueIn(again.html, "version")).toBe("1");
      expect(await catalogue.connectorVersions.list(harvest.connector)).toHaveLength(1);
      const kept = await bizdev.act(`${base}/collecte`, { ...form, version: "1" });
      expect(plain(kept.html)).toContain("La version 2 est enregistrée");
    });

    it("keeps the other person's changes of fields that were not typed: the publisher", async () => {
      const publisher = { name: "Région de Paul", kind: "region", territory: { scale: "region", code: "53" }, licence: "openlicence20" };
      const { bizdev, base } = await overtaken({ publisher });
      const [before] = [await bizdev.get(`${base}/producteur`)].map(({ html }) => html);
      expect(before).toContain("Région de Paul");
      const typed = {
        nom: "Région Exemple",
        nature: "region",
        territoire: "Auvergne-Rhône-Alpes (région, 84)",
        licence: "unknown",
        accord: "",
      };
      const again = await bizdev.post(`${base}/producteur`, { ...typed, site: "https://marie.example", raison: "", version: "0" });
      expect(again.status).toBe(409);
      expect(valueIn(again.html, "site")).toBe("https://marie.example");
      expect(valueIn(again.html, "nom")).toBe("Région de Paul");
      expect(plain(again.html)).not.toContain("Dites pourquoi");
    });

    it("shows the typed and the saved source of a field", async () => {
      const { bizdev, base } = await overtaken({ fields: { startDate: date("autre", ["iso"]) } });
      const form = { facon: "champ", champ: "ouverture", format: "dd/MM/yyyy", raison: "la vraie date", version: "0" };
      const again = await bizdev.post(`${base}/champs/startDate`, form);
      expect(again.status).toBe(409);
      expect(plain(again.html)).toContain("Date d’ouverture Le champ « autre », date écrite comme");
      expect(again.html).toMatch(/value="champ" checked/);
      expect(chosenIn(again.html, "champ")).toBe("ouverture");
      expect(valueIn(again.html, "format")).toBe("dd/MM/yyyy");
      expect(again.html).toContain("la vraie date</textarea>");
      const silent = await bizdev.post(`${base}/champs/startDate`, { ...form, raison: "", version: "1" });
      expect([silent.status, chosenIn(silent.html, "champ")]).toEqual([422, "ouverture"]);
    });
  });
});
