import { describe, expect, it, onTestFinished } from "vitest";
import { apiApp } from "../../../src/publish/api/api-app.ts";
import { routes } from "../../../src/publish/api/api-routes.ts";
import { connectorOf, testApi } from "../../support/api-client.ts";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { edit } from "../../support/curate.ts";
import { importPublished } from "../../support/published-aids.ts";

const path = "/noms-a-verifier";
const keyOf = (html: string) => /name="cle" value="([\w-]{22})"/.exec(html)?.[1] ?? "none";

describe.each(testedDatabases)("the list of doubtful names, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    async function opened() {
      const catalogue = await newCatalogue(database);
      onTestFinished(() => catalogue.drop());
      await importPublished(catalogue, "agence", {
        a: { contact: "<p>Écrire à tarvelo@exemple.fr, 1 place du Marché</p>" },
        b: { description: "<p>Contact : Mme Claire DUPONT</p>" },
      });
      const console = await testConsole(catalogue);
      const api = await testApi(catalogue, { connectors: [connectorOf("agence")] });
      const app = apiApp(api.services, routes);
      const published = async () => (await app.request("http://api.test/api/aids/", {}, { client: "192.0.2.1" })).text();
      return { catalogue, console, published };
    }

    it("shows doubtful names and addresses in their text, and no sure people", async () => {
      const { console } = await opened();
      const page = await (await console.as("read")).get(path);
      expect(page.html).toContain("<mark>tarvelo@exemple.fr</mark>");
      expect(page.html).not.toContain("DUPONT");
      expect(page.html).not.toContain('name="cle"');
    });

    it("shows the doubtful names of an aid that has just changed", async () => {
      const { catalogue, console } = await opened();
      const reader = await console.as("read");
      expect((await reader.get(path)).html).not.toContain("<mark>sorvelin@exemple.fr</mark>");
      await edit(catalogue, { externalId: "b" }, { contact: "<p>Écrire à sorvelin@exemple.fr</p>" });
      expect((await reader.get(path)).html).toContain("<mark>sorvelin@exemple.fr</mark>");
    });

    it("publishes a service after the answer, in every aid, and hides it again after the undo", async () => {
      const { catalogue, console, published } = await opened();
      const bizdev = await console.as("bizdev");
      expect(await published()).not.toContain("tarvelo@exemple.fr");
      const key = keyOf((await bizdev.get(path)).html);
      await bizdev.post(`${path}/service`, { cle: key, texte: "tarvelo@exemple.fr" });
      expect(await published()).toContain("tarvelo@exemple.fr");
      const answered = await bizdev.get(path);
      expect(answered.html).not.toContain("<mark>tarvelo");
      expect(answered.html).toMatch(/Un service\s:\starvelo@exemple\.fr/u);
      await bizdev.post(`${path}/defaire`, { cle: key });
      expect(await published()).not.toContain("tarvelo@exemple.fr");
      expect((await bizdev.get(path)).html).toContain("<mark>tarvelo@exemple.fr</mark>");
      expect(await catalogue.personAnswers.list(10)).toEqual([]);
    });

    it("remembers a person without the name, and keeps it out", async () => {
      const { catalogue, console, published } = await opened();
      const bizdev = await console.as("bizdev");
      const key = keyOf((await bizdev.get(path)).html);
      await bizdev.post(`${path}/personne`, { cle: key });
      expect((await catalogue.personAnswers.list(10)).map(({ answer, text }) => [answer, text])).toEqual([["person", null]]);
      expect(await published()).not.toContain("tarvelo@exemple.fr");
      expect((await bizdev.get(path)).html).not.toContain("<mark>tarvelo");
    });

    it("refuses a key that is none, and a second undo", async () => {
      const { console } = await opened();
      const bizdev = await console.as("bizdev");
      expect((await bizdev.post(`${path}/service`, { cle: "x'; --", texte: "x" })).status).toBe(422);
      expect((await bizdev.post(`${path}/defaire`, { cle: "a".repeat(22) })).status).toBe(409);
    });
  });
});
