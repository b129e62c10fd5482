import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideReject } from "../../src/curation/decide-status.ts";
import { applyActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { act, edit, marie } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";

function on(day: string) {
  const now = new Date(`${day}T03:00:00.000Z`);
  return { clock: { now: () => now, fixed: null, elapsed: () => performance.now() } };
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`what connectors did over time, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    async function activityOf(connector: string) {
      await catalogue.search.bringIn();
      return (await catalogue.activity.list()).find((activity) => activity.connector === connector);
    }

    it("only applied runs that changed something count as changes, not unchanged, dry or held runs, or mere proposals", async () => {
      const harvest = await newHarvest(catalogue);
      const toit = { id: "1", titre: "Un toit", texte: "<p>Le toit.</p>" };
      await harvest.day([toit], {}, on("2026-11-01"));
      await harvest.day([toit], {}, on("2026-11-02"));
      await harvest.day([toit], { force: true }, on("2026-11-03"));
      await harvest.day([{ ...toit, fin: "2026-12-31" }], {}, on("2026-11-04"));
      await harvest.day([{ ...toit, fin: "2027-12-31" }], { dryRun: true }, on("2026-11-05"));
      await harvest.day([], {}, on("2026-11-06"));
      await edit(catalogue, { connector: harvest.connector, externalId: "1" }, { description: "<p>Le nôtre.</p>" });
      await harvest.day([{ ...toit, fin: "2026-12-31", texte: "<p>Le leur.</p>" }], {}, on("2026-11-07"));
      expect(await activityOf(harvest.connector)).toMatchObject({
        changedAt: ["2026-11-01T03:00:00.000Z", "2026-11-04T03:00:00.000Z"],
        appliedAt: "2026-11-07T03:00:00.000Z",
      });
    });

    it("an undone run neither counts as a change nor as the last applied run", async () => {
      const harvest = await newHarvest(catalogue);
      const toit = { id: "1", titre: "Un toit", texte: "<p>Le toit.</p>" };
      await harvest.day([toit], {}, on("2026-11-01"));
      const { planId } = await harvest.day([{ ...toit, fin: "2026-12-31" }], {}, on("2026-11-02"));
      const plan = await catalogue.plans.find(planId ?? "");
      const made = plan && (await undoRun(catalogue, marie, plan));
      await applyActs(catalogue, made !== null && "planId" in made ? made.planId : "", marie, false);
      expect(await activityOf(harvest.connector)).toMatchObject({
        changedAt: ["2026-11-01T03:00:00.000Z"],
        appliedAt: "2026-11-01T03:00:00.000Z",
      });
    });

    it("deadlines are the displayed deadlines of live aids", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const { connector } = harvest;
      const dated = (id: string, fin: string | null) => ({ id, titre: `Aide ${id}`, fin });
      await harvest.day([dated("1", "2026-01-01"), dated("2", "2026-02-01"), dated("3", null), dated("4", "2030-01-01")]);
      expect(await activityOf(connector)).toMatchObject({ liveAids: 4, withDeadline: 3, lastDeadline: "2030-01-01" });
      await edit(catalogue, { connector, externalId: "3" }, { submissionDeadline: "2026-03-01" });
      await act(catalogue, { connector, externalId: "4" }, (aid) => decideReject(aid, marie));
      expect(await activityOf(connector)).toMatchObject({ liveAids: 3, withDeadline: 3, lastDeadline: "2026-03-01" });
    });

    it("a connector without an applied run is listed, without values", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day([]);
      expect(await activityOf(harvest.connector)).toMatchObject({ changedAt: [], appliedAt: null, liveAids: 0, lastDeadline: null });
    });

    it("setting aside the same thing again replaces the entry; the beginning of an id removes an entry if it is unique", async () => {
      const { setAsides } = catalogue;
      const aside = {
        connector: "region",
        what: "issue",
        issueCode: "unreadable-url",
        field: null,
        upTo: 3,
        by: "marie",
        at: "2026-11-25T03:00:00.000Z",
      } as const;
      const add = (id: string, field: string | null, until: string) => setAsides.add({ ...aside, id, field, until, reason: "told them" });
      await add("aaaaaaaa-0000-4000-8000-000000000000", null, "2026-12-01");
      await add("aaaaaaaa-1111-4000-8000-000000000000", "originUrl", "2026-12-02");
      await add("aaaabbbb-2222-4000-8000-000000000000", null, "2026-12-03");
      expect((await setAsides.list("region")).map(({ field, until }) => [field, until])).toEqual([
        ["originUrl", "2026-12-02"],
        [null, "2026-12-03"],
      ]);
      expect(await setAsides.list("another")).toEqual([]);
      expect(await setAsides.remove("aaaa")).toHaveLength(2);
      expect(await setAsides.list()).toHaveLength(2);
      expect(await setAsides.remove("AAAAB")).toMatchObject([{ ...aside, until: "2026-12-03", reason: "told them" }]);
      expect(await setAsides.list()).toHaveLength(1);
      expect(await setAsides.remove("ffff")).toEqual([]);
    });
  });
}
