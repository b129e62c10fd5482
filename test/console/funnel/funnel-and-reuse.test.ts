import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { newHarvest } from "../../support/harvest.ts";
import { importAids, madeAid } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";
import { bretagne, words } from "../publishers/publisher-fixtures.ts";

const answers = {
  "third-party-rights": "non",
  "competitive-service": "non",
  "personal-data": "non",
  "private-publisher": "non",
};

describe.each(testedDatabases)("from reception to publication, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    async function world() {
      const harvest = await newHarvest(catalogue, { publisher: { ...bretagne, licence: "unknown" }, reuse: { basis: "crpa" } });
      const { connector } = harvest;
      await importPublished(catalogue, connector, {
        a1: { importShareLicence: "unknown" },
        a2: { importShareLicence: "unknown" },
      });
      await importAids(catalogue, connector, [madeAid("vide", { name: "Aide à compléter" })]);
      const console = testConsole(catalogue, { folders: [harvest.folder] });
      return { connector, reader: await console.as("read"), partner: await console.as("bizdev") };
    }

    it("the page shows each step, what is missing, and the act that frees most; its numbers lead to the aids", async () => {
      const { connector, reader } = await world();
      const page = await reader.get("/publication");
      expect(page.status).toBe(200);
      const text = words(page.html);
      expect(text).toMatch(/Au catalogue 3 .*Prêtes à publier 2 .*Publiées 2 .*Ouvertes à tous 0/);
      expect(text).toContain("2 aides publiées sans base confirmée. Confirmer la base.");
      expect(page.html).toContain(`href="/reutilisation?connecteur=${connector}#base-${connector}"`);
      const list = await reader.get(`/aides?connecteur=${connector}&etape=fermee`);
      expect(words(list.html)).toContain("2 aides");
      expect(words((await reader.get(`/aides?connecteur=${connector}&etape=au-catalogue&manque=mobilizationSteps`)).html)).toContain(
        "1 aide",
      );
      expect(words((await reader.get(`/connecteurs/${connector}`)).html)).toContain("À faire d’abord : ");
    });

    it("shows forty connectors at a time, those with the most aids first, and reads their definitions once", async () => {
      for (let n = 1; n <= 41; n++) await importAids(catalogue, `source-${n}`, [madeAid(`a${n}`)]);
      await importAids(catalogue, "source-z", [madeAid("z1"), madeAid("z2", { name: "Une autre aide" })]);
      let reads = 0;
      const registry = async () => {
        reads++;
        return { connectors: [], problems: [] };
      };
      const reader = await testConsole(catalogue, { jobs: { registry } }).as("read");
      const rows = ({ html }: { readonly html: string }) =>
        [...html.matchAll(/href="\/publication\?connecteur=([\w-]+)"/g)].map(([, id]) => id);
      const first = rows(await reader.get("/publication"));
      expect(reads).toBe(1);
      expect(first).toHaveLength(40);
      expect(first[0]).toBe("source-z");
      const second = rows(await reader.get("/publication?page=2"));
      expect(new Set([...first, ...second]).size).toBe(42);
    });

    it("a basis is confirmed only by an answer « non » to every question, by a person with the right, and can be revoked", async () => {
      const { connector, reader, partner } = await world();
      expect((await reader.get("/reutilisation")).html).not.toContain('action="/reutilisation/');
      expect((await reader.post("/reutilisation/confirmer", { connecteur: connector, ...answers })).status).toBe(403);
      const { "personal-data": left, ...three } = answers;
      expect(left).toBe("non");
      expect((await partner.post("/reutilisation/confirmer", { connecteur: connector, ...three })).status).toBe(422);
      expect((await partner.post("/reutilisation/confirmer", { connecteur: connector, ...answers, "personal-data": "oui" })).status).toBe(
        422,
      );
      expect((await catalogue.reuseBases.inForce()).size).toBe(0);
      expect((await partner.post("/reutilisation/confirmer", { connecteur: connector, ...answers })).status).toBe(303);
      expect((await catalogue.reuseBases.inForce()).get(connector)).toMatchObject({ basis: "crpa" });
      expect((await catalogue.reuseBases.list())[0]?.answers).toEqual(Object.fromEntries(Object.keys(answers).map((name) => [name, "no"])));
      expect(words((await reader.get("/publication")).html)).toMatch(/Publiées 2 .*Ouvertes à tous 2/);
      expect((await partner.post("/reutilisation/confirmer", { connecteur: connector, ...answers })).status).toBe(409);
      expect((await partner.post("/reutilisation/retirer", { connecteur: connector })).status).toBe(303);
      expect((await catalogue.reuseBases.inForce()).size).toBe(0);
      expect((await catalogue.audit.list({}, { limit: 9, offset: 0 })).map(({ act }) => act)).toEqual(
        expect.arrayContaining(["reuse.confirm", "reuse.revoke"]),
      );
    });
  });
});
