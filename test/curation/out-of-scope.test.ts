import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { newHarvest, smallDefinition } from "../support/harvest.ts";

const reason = "recherche fondamentale";
const rule = [{ when: { field: "programme", isOneOf: ["ERC"] }, reason }];
const records = [
  { id: "1", titre: "Bourse avancée", texte: "<p>Pour des équipes de physique.</p>", programme: "ERC", lien: "https://example.org/1" },
  { id: "2", titre: "Villes vertes", texte: "<p>Pour les communes.</p>", programme: "LIFE", lien: "https://example.org/2" },
];

const scopeIssues = (report: RunReport) => report.issues.filter(({ code }) => code === "out-of-scope");

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`an aid that is out of scope, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    async function harvested() {
      const harvest = await newHarvest(catalogue, { outOfScope: rule });
      const report = await harvest.day(records);
      const say = async (...args: string[]) => {
        const said = await runCommandAt("2026-11-27T08:30:00Z", catalogue, harvest.folder, args);
        if (said.error !== undefined) throw said.error;
        return said.stdout;
      };
      const list = (...args: string[]) => say("aids", "--connector", harvest.connector, ...args);
      return { harvest, report, say, list };
    }
    const period = { since: new Date("2020-01-01"), until: new Date("2026-11-28") };
    const inReview = async (connector: string) => {
      await catalogue.search.bringIn();
      return (await catalogue.digests.curatorWork(period)).find((work) => work.connector === connector)?.inReview ?? 0;
    };

    it("is stored with its reason, counted and found, but not in review", async () => {
      const { harvest, report, list } = await harvested();
      expect(report.unreadFields).toEqual([]);
      expect(scopeIssues(report)).toEqual([
        {
          code: "out-of-scope",
          field: null,
          severity: "info",
          count: 1,
          examples: [expect.objectContaining({ locator: "item 1", value: reason })],
        },
      ]);
      expect(await harvest.aid("1")).toMatchObject({ status: "reviewable", outOfScope: reason });
      expect(await harvest.aid("2")).toMatchObject({ status: "reviewable", outOfScope: null });
      expect(await inReview(harvest.connector)).toBe(1);
      expect(await list("--out-of-scope")).toBe(`${harvest.connector}/1  Bourse avancée  (reviewable, out of scope: ${reason})\n`);
      expect(await list("--status", "reviewable")).toBe(`${harvest.connector}/2  Villes vertes  (reviewable)\n`);
      expect(await list("--format", "aides-territoires")).not.toContain("Bourse avancée");
      await catalogue.links.sync();
      expect((await catalogue.links.list({ states: ["unchecked"], connector: harvest.connector })).map(({ url }) => url)).toEqual([
        "https://example.org/2",
      ]);
    });

    it("is reported again by a run without changes", async () => {
      const { harvest, report } = await harvested();
      const again = await harvest.day(records, { force: true });
      expect(again.outcome).toBe("unchanged");
      expect(scopeIssues(again)).toEqual(scopeIssues(report));
    });

    it("is included for good by a curator's edit or by publishing it", async () => {
      const { harvest, say, list } = await harvested();
      await say("aid", "edit", `${harvest.connector}/1`, "outOfScope=");
      expect(await list("--out-of-scope")).not.toContain("Bourse");
      await harvest.day([{ ...records[0], titre: "Bourse avancée 2027" }, records[1]]);
      expect(await harvest.aid("1")).toMatchObject({ name: "Bourse avancée 2027", outOfScope: null });
      expect(await inReview(harvest.connector)).toBe(2);
    });

    it("enters review when its connector's rule is removed, and leaves it when the rule is added", async () => {
      const { harvest } = await harvested();
      const file = `connectors/${harvest.connector}.json`;
      await harvest.write(file, JSON.stringify(smallDefinition(harvest.connector, { emptyMeansEmpty: [] })));
      await harvest.day(records);
      expect(await harvest.aid("1")).toMatchObject({ outOfScope: null });
      await harvest.write(file, JSON.stringify(smallDefinition(harvest.connector, { outOfScope: rule })));
      await harvest.day(records);
      expect(await harvest.aid("1")).toMatchObject({ outOfScope: reason });
    });
  });
}
