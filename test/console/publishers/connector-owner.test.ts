import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { bretagne, seededFrom, words } from "./publisher-fixtures.ts";

const record = { id: "a1", titre: "Planter des haies", texte: "<p>Pour les communes.</p>", lien: "https://example.org/a1" };
const marie = { by: "Marie", now: testNow };
const why = "Saisi sous la mauvaise région.";

describe.each(testedDatabases)("the publisher of a connector, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    /** A connector that names Bretagne; Marie assigns it to Pays de la Loire. */
    async function wronglyBretagne() {
      const harvest = await newHarvest(catalogue, { publisher: bretagne, guards: guardsOff });
      await harvest.day([record]);
      const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("bizdev", "Marie");
      await client.get("/producteurs");
      const [from, to] = [await seededFrom(catalogue, "region:53"), await seededFrom(catalogue, "region:52")];
      const path = `/connecteurs/${harvest.connector}/producteur`;
      return { harvest, client, from, to, path, connector: harvest.connector };
    }

    const logOf = async (publisherId: string) =>
      (await catalogue.exchanges.list(publisherId)).map(({ kind, text, details, by }) => ({ kind, text, details, by }));

    it("changes by a form with a reason, with the draft; both logs and the audit trail record it, and the change can be reverted", async () => {
      const { client, from, to, path, connector } = await wronglyBretagne();
      const draft = ((await client.post("/brouillons", { nom: from.name, producteur: from.publisherId })).to ?? "").split("/")[2] ?? "";
      const begun = (await catalogue.drafts.find(draft)) ?? expect.fail();
      await catalogue.drafts.save(begun, { ...begun, connector }, marie);
      await catalogue.publishers.moveTo(from.publisherId, "online", marie);
      expect((await client.get(`/producteurs/${from.publisherId}`)).html).toContain(`href="${path}"`);

      const moved = await client.act(path, { etait: from.publisherId, producteur: to.publisherId, raison: why });
      const read = words(moved.html);
      expect(read).toContain(`Le connecteur « ${bretagne.name} » est rattaché à ce producteur. « ${from.name} » n’a plus de connecteur`);
      expect(read).toContain(`Le connecteur « ${bretagne.name} » nomme un autre producteur Sa définition dit « ${bretagne.name} »`);
      expect(read).toContain(`Le connecteur ${connector} lui est rattaché ; il l’était à « ${from.name} ». ${why}`);
      for (const found of [await catalogue.publishers.findByConnector(connector), await catalogue.publishers.findByDraft(draft)])
        expect(found?.publisherId).toBe(to.publisherId);
      expect(await logOf(to.publisherId)).toEqual([
        { kind: "connector-moved", text: why, details: { connector, from: from.name }, by: "Marie" },
      ]);
      expect((await logOf(from.publisherId))[0]).toEqual({
        kind: "connector-moved",
        text: why,
        details: { connector, to: to.name },
        by: "Marie",
      });
      const [entry] = await catalogue.audit.list({ act: "publisher.move-connector" }, { limit: 1, offset: 0 });
      expect(entry).toMatchObject({ by: "Marie", subject: `connecteur ${connector}`, details: { name: to.name, was: from.name } });

      await client.act(path, { etait: to.publisherId, producteur: from.publisherId, raison: "Non." });
      expect((await catalogue.publishers.findByConnector(connector))?.publisherId).toBe(from.publisherId);
      const back = words((await client.get(`/producteurs/${from.publisherId}`)).html);
      expect(back).not.toContain("nomme un autre producteur");
      expect(back).toContain(`Le connecteur ${connector} lui est rattaché ; il l’était à « ${to.name} ». Non.`);
    });

    it("does not change without a reason, to the same publisher, to none, or after a concurrent change", async () => {
      const { client, from, to, path, connector } = await wronglyBretagne();
      const asked = { etait: from.publisherId, producteur: to.publisherId, raison: why };
      for (const wrong of [{ raison: "" }, { producteur: from.publisherId }, { producteur: "" }])
        expect((await client.post(path, { ...asked, ...wrong })).status).toBe(422);
      expect((await client.post(path, { ...asked, etait: to.publisherId })).status).toBe(409);
      const third = await seededFrom(catalogue, "region:28");
      await catalogue.publishers.giveConnector(connector, third.publisherId);
      expect(await catalogue.publishers.moveConnector(connector, { from, to, why }, marie)).toBe(false);
      expect(await catalogue.publishers.moveConnector(connector, { from: null, to, why }, marie)).toBe(false);
      expect((await catalogue.publishers.findByConnector(connector))?.publisherId).toBe(third.publisherId);
      for (const one of [from, to]) expect(await logOf(one.publisherId)).toEqual([]);
    });

    it("is named by the definition after that changes too, with its SIREN, in a version with author and reason", async () => {
      const { client, from, to, path, connector } = await wronglyBretagne();
      await catalogue.publishers.save(to, { ...to, siren: "234400034", website: "https://www.paysdelaloire.fr" }, marie);
      await client.post(path, { etait: from.publisherId, producteur: to.publisherId, raison: why });
      const form = `/connecteurs/${connector}/definition/producteur`;
      const { html } = await client.get(`${form}?producteur=${to.publisherId}`);
      const held = (name: string) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(html)?.[1];
      expect(["nom", "siren", "territoire", "site"].map(held)).toEqual([
        to.name,
        "234400034",
        "Pays de la Loire (région, 52)",
        "https://www.paysdelaloire.fr",
      ]);
      const typed = { nom: to.name, nature: "region", territoire: "région 52", licence: "openlicence20", raison: why, version: "0" };
      expect((await client.post(form, { ...typed, siren: "234400035" })).status).toBe(422);
      const tried = await client.post(form, { ...typed, siren: "234 400 034" });
      const trial = (await catalogue.connectorVersions.trial(connector, 1)) ?? expect.fail(tried.html);
      expect(trial).toMatchObject({ by: "Marie", why, changes: { publisher: { name: to.name, siren: "234400034" } } });
    });
  });
});
