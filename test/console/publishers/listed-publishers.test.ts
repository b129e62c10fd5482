import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { syncPublishers } from "../../../src/partners/sync-publishers.ts";
import { readConnectors } from "../../../src/registry/load-connectors.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { edit, publish } from "../../support/curate.ts";
import { guardsOff, type Harvest, newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { bretagne, seededFrom } from "./publisher-fixtures.ts";

const record = { id: "a1", titre: "Planter des haies", texte: "<p>Pour les communes.</p>", lien: "https://example.org/a1" };
const marie = { by: "Marie", now: testNow };

describe.each(testedDatabases)("the list of publishers, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    const keep = async (...folders: string[]) => syncPublishers(catalogue, await readConnectors(folders), testNow);
    const live = async ({ connector }: Harvest) => {
      await edit(catalogue, { connector }, { targetedAudiences: ["commune"], recurrence: "ongoing" });
      await publish(catalogue, { connector });
      while ((await catalogue.search.catchUp()) > 0);
    };

    it("contains territories and agencies, with SIREN and site from connectors, and assigns connectors", async () => {
      const harvest = await newHarvest(catalogue, { publisher: bretagne });
      await keep(harvest.folder);
      expect(await seededFrom(catalogue, "region:53")).toMatchObject({
        name: "Région Bretagne",
        siren: "233500016",
        website: "https://www.bretagne.bzh",
        stage: "spotted",
        createdBy: "Moisson",
      });
      expect((await catalogue.publishers.findByConnector(harvest.connector))?.seed).toBe("region:53");
    });

    it("is updated silently, and keeps what a person changed", async () => {
      const harvest = await newHarvest(catalogue, { publisher: bretagne });
      await keep(harvest.folder);
      const before = await catalogue.publishers.list();
      const found = await seededFrom(catalogue, "region:53");
      const other = await seededFrom(catalogue, "region:52");
      await catalogue.publishers.save(found, { ...found, name: "Bretagne, la région", siren: null }, marie);
      await catalogue.publishers.giveConnector(harvest.connector, other.publisherId);
      await keep(harvest.folder);
      expect(await catalogue.publishers.list()).toHaveLength(before.length);
      expect(await seededFrom(catalogue, "region:53")).toMatchObject({ name: "Bretagne, la région", siren: null, revision: 2 });
      expect((await catalogue.publishers.findByConnector(harvest.connector))?.seed).toBe("region:52");
    });

    it("has no duplicates if two consoles start at once", async () => {
      const harvest = await newHarvest(catalogue, { publisher: { ...bretagne, name: "Mégalis", siren: "253514491", kind: "agency" } });
      const registry = await readConnectors([harvest.folder]);
      const second = await catalogue.again();
      await Promise.all([catalogue, second].map((one) => syncPublishers(one, registry, testNow)));
      const all = await catalogue.publishers.list();
      expect(all.filter(({ name }) => name === "Mégalis")).toHaveLength(1);
      expect(all.filter(({ name }) => name === "Région Bretagne")).toHaveLength(1);
    });

    it("moves a publisher online with its first live aid, once, and logs it", async () => {
      const harvest = await newHarvest(catalogue, { publisher: bretagne, guards: guardsOff });
      await harvest.day([record]);
      await keep(harvest.folder);
      const { publisherId } = await seededFrom(catalogue, "region:53");
      await catalogue.publishers.moveTo(publisherId, "talking", marie);
      await keep(harvest.folder);
      expect((await catalogue.publishers.find(publisherId))?.stage).toBe("talking");
      await live(harvest);
      await keep(harvest.folder);
      await keep(harvest.folder);
      expect((await catalogue.publishers.find(publisherId))?.stage).toBe("online");
      const log = await catalogue.exchanges.list(publisherId);
      expect(log.map(({ kind, by }) => [kind, by])).toEqual([
        ["online", "Moisson"],
        ["stage", "Moisson"],
        ["stage", "Marie"],
      ]);
      expect(log[1]?.details).toEqual({ from: "talking", to: "online" });
      expect(log[0]?.details).toEqual({ connectors: [harvest.connector] });
    });

    it("does not move a paused or refused publisher", async () => {
      const harvest = await newHarvest(catalogue, { publisher: bretagne, guards: guardsOff });
      await harvest.day([record]);
      await live(harvest);
      await syncPublishers(catalogue, { connectors: [] }, testNow);
      const { publisherId } = await seededFrom(catalogue, "region:53");
      await catalogue.publishers.moveTo(publisherId, "refused", marie);
      await keep(harvest.folder);
      expect((await catalogue.publishers.find(publisherId))?.stage).toBe("refused");
    });

    it("does not move a publisher that a person moved back", async () => {
      const harvest = await newHarvest(catalogue, { publisher: bretagne, guards: guardsOff });
      await harvest.day([record]);
      await live(harvest);
      await keep(harvest.folder);
      const { publisherId, stage } = await seededFrom(catalogue, "region:53");
      expect(stage).toBe("online");
      await catalogue.publishers.moveTo(publisherId, "talking", { ...marie, now: new Date(testNow.getTime() + 60_000) });
      await keep(harvest.folder);
      await keep(harvest.folder);
      expect((await catalogue.publishers.find(publisherId))?.stage).toBe("talking");
      expect((await catalogue.exchanges.list(publisherId)).map(({ kind, by }) => [kind, by])).toEqual([
        ["stage", "Marie"],
        ["online", "Moisson"],
        ["stage", "Moisson"],
      ]);
    });
  });
});
