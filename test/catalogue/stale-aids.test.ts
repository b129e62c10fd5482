import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideConfirm, decideRestore, decideSuspend, decideWithdraw } from "../../src/curation/decide-status.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { date } from "../../src/kit/rules/date.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { act, curatedAid, edit, marie, publish } from "../support/curate.ts";
import { guardsOff, type Harvest, newHarvest } from "../support/harvest.ts";
import { flattened } from "../support/made-aids.ts";

const today = "2026-11-25";
const fields = { sourceUpdatedDate: date("misAJour", ["iso"]) } as ConnectorInput["fields"];

function on(day: string) {
  const now = new Date(`${day}T03:00:00Z`);
  return { clock: { now: () => now, fixed: null, elapsed: () => performance.now() } };
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`stale aids, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    const harvested = () => newHarvest(catalogue, { guards: guardsOff });

    async function stale({ connector }: Pick<Harvest, "connector">, day = today): Promise<string[]> {
      const aYearAgo = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
      const aids = await flattened(catalogue.aids.stale({ today: day, aYearAgo, connector }));
      return aids.map(({ externalId, reason, since }) => `${externalId} ${reason} ${since}`);
    }

    it("are aids without a deadline whose publisher has changed nothing for a year", async () => {
      const harvest = await harvested();
      const records = [
        { id: "old", titre: "Aide permanente", rythme: "Permanente" },
        { id: "dated", titre: "Aide à date", rythme: "Permanente", fin: "2030-01-01" },
        { id: "oneoff", titre: "Aide ponctuelle", rythme: "Ponctuelle" },
        { id: "alive", titre: "Aide vivante" },
        { id: "unsaid", titre: "Aide sans rythme" },
      ];
      await harvest.day(records, {}, on("2025-11-24"));
      await harvest.day(
        records.map((record) => (record.id === "alive" ? { ...record, texte: "<p>Neuf</p>" } : record)),
        {},
        on("2026-01-10"),
      );
      expect(await stale(harvest, "2025-12-01")).toEqual([]);
      expect(await stale(harvest)).toEqual(["old unchanged 2025-11-24", "unsaid unchanged 2025-11-24"]);
      expect(await stale(harvest, "2027-01-11")).toContain("alive unchanged 2026-01-10");
      await edit(catalogue, { connector: harvest.connector, externalId: "old" }, { submissionDeadline: "2030-01-01" });
      expect(await stale(harvest), "what is shown counts, not what was imported").toEqual(["unsaid unchanged 2025-11-24"]);
    });

    it("the publisher's own date of its last change counts if it is later than the last imported change", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff, fields });
      const records = [
        { id: "asleep", titre: "Aide endormie", misAJour: "2023-05-01" },
        { id: "fresh", titre: "Aide fraîche", misAJour: "2026-05-01" },
      ];
      await harvest.day(records, {}, on(today));
      expect(await stale(harvest)).toEqual(["asleep unchanged 2023-05-01"]);
    });

    it("are recurring aids whose dates are all past", async () => {
      const harvest = await harvested();
      const recurring = { titre: "Concours annuel", rythme: "Récurrente" };
      await harvest.day(
        [
          { ...recurring, id: "past", debut: "2026-09-01", fin: "2026-11-24" },
          { ...recurring, id: "last-day", debut: "2026-09-01", fin: today },
          { ...recurring, id: "undated" },
        ],
        {},
        on("2026-11-01"),
      );
      expect(await stale(harvest)).toEqual(["past dates-past 2026-11-24"]);
    });

    it("a confirmed aid is not stale until its day; a suspended aid is off the site, and stale on its day", async () => {
      const harvest = await harvested();
      const named = (externalId: string) => ({ connector: harvest.connector, externalId });
      await harvest.day(
        [1, 2].map((id) => ({ id: `${id}`, titre: `Aide ${id}` })),
        {},
        on("2024-01-01"),
      );
      expect(await act(catalogue, named("1"), (aid) => decideConfirm(aid, marie, "2027-06-30"))).toBeNull();
      expect(await act(catalogue, named("2"), (aid) => decideSuspend(aid, marie, "2026-12-31", "no budget yet"))).toBeNull();
      expect(await stale(harvest)).toEqual([]);
      expect(await curatedAid(catalogue, named("2"))).toMatchObject({
        withdrawnAt: today,
        withdrawnBy: "marie",
        watch: { reason: "no budget yet" },
      });
      expect(await stale(harvest, "2026-12-30")).toEqual([]);
      expect(await stale(harvest, "2026-12-31")).toEqual(["2 look-again 2026-12-31"]);
      expect(await stale(harvest, "2027-06-30")).toEqual(["1 unchanged 2024-01-01", "2 look-again 2026-12-31"]);
    });

    it("a withdrawn or suspended aid stays off the site until somebody restores it, even if its feed contains it", async () => {
      const harvest = await harvested();
      const records = [1, 2].map((id) => ({
        id: `${id}`,
        titre: `Aide ${id}`,
        rythme: "Permanente",
        publics: ["Communes"],
        lien: "https://example.org/1",
      }));
      const named = (externalId: string) => ({ connector: harvest.connector, externalId });
      await harvest.day(records);
      for (const { id } of records) {
        await edit(catalogue, named(id), { targetedAudiences: ["commune"], recurrence: "ongoing", description: "<p>Une aide</p>" });
        await publish(catalogue, named(id));
      }
      await act(catalogue, named("1"), (aid) => decideWithdraw(aid, marie));
      await act(catalogue, named("2"), (aid) => decideSuspend(aid, marie, "2026-12-31", "no budget yet"));
      expect(await stale(harvest, "2030-01-01")).toEqual(["2 look-again 2026-12-31"]);
      await harvest.day(records.map((record) => ({ ...record, fin: "2031-01-01" })));
      await harvest.day(records);
      for (const { id } of records) {
        expect(await harvest.aid(id), id).toMatchObject({ status: "published", withdrawnAt: today });
        expect(await act(catalogue, named(id), (aid) => decideRestore(aid, marie)), id).toBeNull();
        expect(await harvest.aid(id), id).toMatchObject({ status: "published", withdrawnAt: null });
        expect(await curatedAid(catalogue, named(id)), id).toMatchObject({ withdrawnBy: null, watch: null });
      }
    });

    it("refuses to confirm or suspend an aid that is off the site, and to withdraw it twice", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff, absence: { runs: 1, days: 0 } });
      const named = (externalId: string) => ({ connector: harvest.connector, externalId });
      await harvest.day([1, 2].map((id) => ({ id: `${id}`, titre: `Aide ${id}` })));
      await harvest.day([{ id: "1", titre: "Aide 1" }]);
      const confirm = (id: string) => act(catalogue, named(id), (aid) => decideConfirm(aid, marie, "2027-01-01"));
      const suspend = (id: string) => act(catalogue, named(id), (aid) => decideSuspend(aid, marie, "2027-01-01", "why"));
      const withdraw = (id: string) => act(catalogue, named(id), (aid) => decideWithdraw(aid, marie));
      const left = { code: "left-its-feed", params: { day: today } };
      expect([await confirm("2"), await suspend("2")]).toEqual([left, left]);
      expect(await withdraw("2"), "it is not to come back").toBeNull();
      const byMarie = { code: "withdrawn-by", params: { by: "marie", day: today } };
      expect([await confirm("2"), await suspend("2"), await withdraw("2")]).toEqual([byMarie, byMarie, byMarie]);
      expect([await suspend("1"), await suspend("1"), await withdraw("1")], "a suspension is put off, or made for good").toEqual([
        null,
        null,
        null,
      ]);
      expect(await curatedAid(catalogue, named("1"))).toMatchObject({ withdrawnBy: "marie", watch: null });
    });
  });
}
