import { describe, expect, it, onTestFinished } from "vitest";
import { connectorOf, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { importPublished } from "../../support/published-aids.ts";

const contact = "<p>Mme Claire DUPONT, claire.dupont@exemple.fr</p>";
const by = { by: "Moisson", now: new Date("2026-11-20T09:00:00Z") };

async function publisherOf(catalogue: TestCatalogue, connector: string): Promise<string> {
  const publisherId = await catalogue.publishers.add(
    {
      ...{ name: "Agence Exemple", siren: null, kind: "agency", territory: null, website: null },
      ...{ licence: null, agreedOn: null, agreedBy: null, agreementDocument: null },
      ...{ personInCharge: null, nextAction: null, nextActionOn: null },
    },
    by,
  );
  await catalogue.publishers.giveConnector(connector, publisherId);
  return publisherId;
}

describe.each(testedDatabases)("the policy of a publisher for people's data, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    async function opened(changes: Parameters<typeof connectorOf>[2] = {}) {
      const catalogue = await newCatalogue(database);
      onTestFinished(() => catalogue.drop());
      await importPublished(catalogue, "agence", { a: { contact, description: "<p>Selon M. Jean DURAND, le toit.</p>" } });
      while ((await catalogue.search.catchUp()) > 0);
      const publisherId = await publisherOf(catalogue, "agence");
      const console = await testConsole(catalogue);
      const choose = async (personnes: string, raison = "Accord du 3 novembre") =>
        (await console.as("bizdev", "Marie")).post(`/producteurs/${publisherId}/personnes`, { personnes, raison });
      const connectors = [connectorOf("agence", {}, changes)];
      const api = await testApi(catalogue, { connectors, accessOf: () => ({ scope: "site", name: "le site" }) });
      const open = await testApi(catalogue, { connectors });
      return { catalogue, console, publisherId, choose, api, open };
    }

    it("lets the site read contacts, or all, once it is recorded; everybody else reads services only", async () => {
      const { choose, api, open } = await opened();
      const shown = async () => [
        /dupont/i.test((await api.get("/api/aids/")).text),
        /durand/i.test((await api.get("/api/aids/")).text),
        /dupont|durand/i.test((await open.get("/api/aids/")).text),
      ];
      expect(await shown()).toEqual([false, false, false]);
      await choose("professional");
      expect(await shown()).toEqual([true, false, false]);
      await choose("all");
      expect(await shown()).toEqual([true, true, false]);
      await choose("service");
      expect(await shown()).toEqual([false, false, false]);
    });

    it("tells clients that follow changes to read the publisher's aids again", async () => {
      const { choose, api } = await opened();
      const { resume } = (await api.get("/api/aids/?changed_since=2026-11-01")).json;
      expect((await api.get(resume)).json.results).toEqual([]);
      await choose("all");
      expect((await api.get(resume)).json.results).toMatchObject([{ external_id: "a" }]);
    });

    it("never lets out a contact that the connector limits to mailboxes", async () => {
      const { choose, api } = await opened({ contacts: "mailbox" });
      await choose("all");
      const { text } = await api.get("/api/aids/");
      expect([/dupont/i.test(text), /durand/i.test(text)]).toEqual([false, true]);
    });

    it("is recorded with its reason by a colleague, and shown with the earlier ones", async () => {
      const { catalogue, console, publisherId, choose } = await opened();
      expect((await choose("all", "")).status).toBe(422);
      expect((await choose("everything")).status).toBe(422);
      expect(await catalogue.peoplePolicies.list(publisherId)).toEqual([]);
      await choose("all");
      await choose("service", "Demande de l’agence");
      const page = (await (await console.as("bizdev")).get(`/producteurs/${publisherId}`)).html;
      expect(page).toMatch(/Les services seulement<\/strong>[^<]*Marie[^<]*Demande de l’agence/);
      expect(page).toMatch(/Avant\s: Tout ce que le producteur publie, Marie/);
      const reader = (await (await console.as("read")).get(`/producteurs/${publisherId}`)).html;
      expect(reader).not.toContain("Demande de l’agence");
    });

    it("decides what letters to the publisher quote", async () => {
      const catalogue = await newCatalogue(database);
      onTestFinished(() => catalogue.drop());
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day([{ id: "a1", titre: "Financer un toit", fin: "voir Mme Claire DUPONT" }]);
      const publisherId = await publisherOf(catalogue, harvest.connector);
      const console = await testConsole(catalogue, { folders: [harvest.folder] });
      const nobody = await console.as("nobody");
      const letter = async (name: string) => {
        const made = await (await console.as("bizdev", name)).post(`/connecteurs/${harvest.connector}/courriers`);
        const address = /http:\/\/console\.test(\/lettre\/[\w-]+)/.exec(made.html)?.[1] ?? "no address";
        return (await nobody.get(address)).html + (await nobody.get(`${address}/annexe.csv`)).html;
      };
      const first = await letter("Marie");
      expect(first).toContain("Des dates à revoir");
      expect(first).not.toMatch(/dupont/i);
      await catalogue.peoplePolicies.record(publisherId, { policy: "all", why: "Accord", by: "Marie" }, by.now);
      expect(await letter("Zoé")).toMatch(/dupont/i);
    });
  });
});
