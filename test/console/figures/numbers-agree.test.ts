import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decideMerge, decideUnpublish, decideWithdraw } from "../../../src/curation/decide-status.ts";
import { openLicences } from "../../../src/model/aid/open-data.ts";
import { writeOpenData } from "../../../src/publish/open-data/make-open-data.ts";
import { readConnectors } from "../../../src/registry/load-connectors.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { curatedAid } from "../../support/curate.ts";
import { inMemory } from "../../support/dump-in-memory.ts";
import { newHarvest } from "../../support/harvest.ts";
import { importPublished } from "../../support/published-aids.ts";
import { bretagne, seededFrom, words } from "../publishers/publisher-fixtures.ts";
import { actAt } from "./figures-fixtures.ts";

describe.each(testedDatabases)("the number of published aids, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    it("is the same on every page, in the API and in the dump, apart from the stated exclusions", async () => {
      const { connector, folder } = await newHarvest(catalogue, { publisher: bretagne });
      await importPublished(catalogue, connector, {
        live: {},
        past: { submissionDeadline: "2026-11-01", recurrence: "oneoff" },
        closed: { importShareLicence: "unknown" },
        elsewhere: { outOfScope: "audience" },
        withdrawn: {},
        unpublished: {},
        merged: {},
      });
      const act = (externalId: string, decide: Parameters<typeof actAt>[3]) =>
        actAt(catalogue, "2026-11-25T08:00:00Z", { connector, externalId }, decide);
      const into = await curatedAid(catalogue, { connector, externalId: "live" });
      await act("withdrawn", decideWithdraw);
      await act("unpublished", decideUnpublish);
      await act("merged", (aid, curator) => decideMerge(aid, into, curator));
      const reader = await testConsole(catalogue, { folders: [folder] }).as("read");
      const whole = async (path: string) => words((await reader.get(path)).html);
      expect(await whole("/couverture")).toMatch(/Aides en ligne 4 /);
      const { publisherId } = await seededFrom(catalogue, "region:53");
      expect(await whole(`/producteurs/${publisherId}`)).toMatch(/Publiées 4 /);
      expect(await whole(`/producteurs/${publisherId}/chiffres`)).toMatch(/\(en cours\) 7 3 \d+ \d+ 4 /);
      expect((await reader.get("/producteurs.csv?territoire=region%3A53&connecteur=with")).html.split("\r\n")[1]).toMatch(/;1;4;[^;]*$/);
      expect((await reader.get("/chiffres.csv")).html.trim().split("\r\n").at(-1)).toMatch(/^2026-11;7;3;0;0;4;/);
      expect(await whole("/aides?situation=live")).toContain("4 aides");
      expect(await catalogue.published.count({ licences: null })).toBe(4);
      expect(await catalogue.published.count({ licences: [...openLicences] })).toBe(3);
      const { facts } = await writeOpenData({ catalogue, connectors: (await readConnectors([folder])).connectors }, inMemory().keep);
      expect([facts.aids, facts.leftOut.licence]).toEqual([3, 1]);
    });
  });
});
