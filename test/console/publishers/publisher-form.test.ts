import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { words } from "./publisher-fixtures.ts";

const written = {
  nom: "Syndicat des eaux du Bas",
  nature: "collectivity",
  territoire: "Drôme (département, 26)",
  siren: "200 012 342",
  site: "https://eaux.example",
  licence: "openlicence20",
  "accord-jour": "2026-10-01",
  "accord-par": "Solveig Tartempion",
  "accord-document": "délibération 12",
};

describe.each(testedDatabases)("the form of a publisher, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("adds a new publisher, and logs its agreement without the person who gave it", async () => {
      const client = await testConsole(catalogue).as("bizdev", "Marie");
      const wrong = await client.post("/producteurs/nouveau", {
        ...written,
        siren: "12",
        territoire: "Atlantide",
        site: "eaux.example",
        nature: "",
      });
      expect(wrong.status).toBe(422);
      expect(words(wrong.html)).toContain("4 informations sont à corriger");
      expect(wrong.html).toContain('value="Atlantide"');
      const added = await client.post("/producteurs/nouveau", { ...written, responsable: client.personId ?? "" });
      const publisherId = (added.to ?? "").replace("/producteurs/", "");
      expect(await catalogue.publishers.find(publisherId)).toMatchObject({
        seed: null,
        name: written.nom,
        siren: "200012342",
        territory: "department:26",
        licence: "openlicence20",
        agreedOn: "2026-10-01",
        agreedBy: "Solveig Tartempion",
        personInCharge: client.personId,
        stage: "spotted",
      });
      const page = words((await client.get(`/producteurs/${publisherId}`)).html);
      expect(page).toContain("Suivi par Marie");
      expect(page).toMatch(/Accord 25 novembre 2026, Marie Licence : Licence ouverte.*, le 1er octobre 2026\./);
      const [entry] = await catalogue.exchanges.list(publisherId);
      expect(entry).toMatchObject({ kind: "agreement", details: { licence: "openlicence20", agreedOn: "2026-10-01" } });
      expect(JSON.stringify([entry, await catalogue.audit.list({}, { limit: 9, offset: 0 })])).not.toMatch(/tartempion/i);
    });

    it("adds one publisher if the form is sent twice, and a similar one if the user confirms", async () => {
      const client = await testConsole(catalogue).as("bizdev", "Marie");
      const twice = { ...written, nom: "Syndicat deux fois", siren: "" };
      const answers = await Promise.all([1, 2].map(() => client.post("/producteurs/nouveau", twice)));
      expect(new Set(answers.map(({ to }) => to)).size).toBe(1);
      const elsewhere = { ...twice, territoire: "Ardèche (département, 07)" };
      expect((await client.post("/producteurs/nouveau", elsewhere)).status).toBe(422);
      expect((await client.post("/producteurs/nouveau", { ...elsewhere, autre: "oui" })).status).toBe(303);
      expect((await catalogue.publishers.list()).filter(({ name }) => name === twice.nom)).toHaveLength(2);
      const id = (answers[0]?.to ?? "").replace("/producteurs/", "");
      expect((await catalogue.exchanges.list(id)).map(({ kind }) => kind)).toEqual(["agreement"]);
    });

    it("asks before it adds a duplicate by SIREN, kind and territory, or name; not for earlier duplicates", async () => {
      const client = await testConsole(catalogue).as("bizdev", "Marie");
      await client.get("/producteurs");
      const bare = { ...written, licence: "", "accord-jour": "", "accord-par": "", "accord-document": "", site: "" };
      const typed = { ...bare, nom: "Office Éloigné", siren: "200 099 984", territoire: "" };
      const { to } = await client.post("/producteurs/nouveau", typed);
      const before = (await catalogue.publishers.list()).length;
      for (const [given, known] of [
        [{ ...typed, nom: "Un tout autre nom" }, "Office Éloigné"],
        [{ ...typed, nom: "OFFICE  eloigne", siren: "" }, "Office Éloigné"],
        [{ ...bare, nom: "Conseil régional", nature: "region", territoire: "Bretagne", siren: "" }, "Région Bretagne"],
      ] as const) {
        const asked = await client.post("/producteurs/nouveau", given);
        expect(asked.status).toBe(422);
        expect(words(asked.html)).toContain(`Ce producteur est sans doute déjà dans la liste ${known}`);
        expect(asked.html).toContain('name="autre"');
      }
      expect(await catalogue.publishers.list()).toHaveLength(before);
      const other = await client.post("/producteurs/nouveau", { ...typed, nom: "Office éloigné", siren: "", autre: "oui" });
      const revision = /name="revision" value="(\d+)"/.exec((await client.get(`${other.to}/modifier`)).html)?.[1] ?? "";
      const edited = { ...typed, nom: "Office éloigné", siren: "", revision };
      expect((await client.post(`${other.to}/modifier`, { ...edited, siren: "200099984" })).status).toBe(422);
      expect((await client.post(`${other.to}/modifier`, { ...edited, site: "https://office.example" })).status).toBe(303);
      expect(other.to).not.toBe(to);
    });

    it("refuses a SIREN with a wrong digit", async () => {
      const client = await testConsole(catalogue).as("bizdev", "Marie");
      const wrong = await client.post("/producteurs/nouveau", { ...written, nom: "Au chiffre faux", siren: "200 012 345" });
      expect(wrong.status).toBe(422);
      expect(words(wrong.html)).toContain("Ce SIREN n’existe pas");
    });

    it("shows both the typed values and the other person's after a concurrent change", async () => {
      const console = testConsole(catalogue);
      const [marie, paul] = [await console.as("bizdev", "Marie"), await console.as("bizdev", "Paul")];
      const added = await marie.post("/producteurs/nouveau", { ...written, nom: "Un autre", siren: "", licence: "", "accord-jour": "" });
      const path = `${added.to}/modifier`;
      const revision = /name="revision" value="(\d+)"/.exec((await paul.get(path)).html)?.[1] ?? "";
      const typed = { ...written, nom: "Un autre", siren: "", licence: "", "accord-jour": "", revision };
      expect((await paul.post(path, { ...typed, site: "https://paul.example" })).status).toBe(303);
      const late = await marie.post(path, { ...typed, site: "https://marie.example", nom: "Encore un autre" });
      expect(late.status).toBe(409);
      expect(words(late.html)).toContain("Paul a enregistré ce producteur entre-temps");
      expect(words(late.html)).toContain("Site, tel qu’enregistré : https://paul.example");
      expect(late.html).toContain('value="https://marie.example"');
      const again = /name="revision" value="(\d+)"/.exec(late.html)?.[1] ?? "";
      expect((await marie.post(path, { ...typed, site: "https://marie.example", revision: again })).status).toBe(303);
      const publisherId = (added.to ?? "").replace("/producteurs/", "");
      expect((await catalogue.publishers.find(publisherId))?.website).toBe("https://marie.example");
      expect(await catalogue.exchanges.list(publisherId)).toMatchObject([{ kind: "agreement" }]);
    });
  });
});
