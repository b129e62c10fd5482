import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lifeMessage, standingMessage } from "../../src/cli/english/trace.ts";
import { decideMerge, decideReject, decideSuspend, decideWithdraw } from "../../src/curation/decide-status.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { lifeOfAid } from "../../src/model/trace/life-of-aid.ts";
import { standingOf } from "../../src/model/trace/standing.ts";
import type { TraceFacts } from "../../src/model/trace/trace.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { act, curatedAid, edit, marie, publish } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";

const today = "2026-11-25";
const toit = {
  id: "1",
  titre: "Rénover l’école d’à côté",
  texte: "<p>Le toit.</p>",
  lien: "https://www.example.org/aides/toit/",
  rythme: "Permanente",
};
const haie = { id: "2", titre: "Planter une haie", texte: "<p>La haie.</p>", lien: "https://example.org/aides?id=haie" };
const nameless = { id: "9", titre: "", note: "Sauver les « zones humides »", lien: "https://example.org/zones" };

/** Services of a run at three in the morning on a day of November 2026. */
function on(day: number) {
  const now = new Date(`2026-11-${String(day).padStart(2, "0")}T02:00:00Z`);
  return { clock: { now: () => now, fixed: null, elapsed: () => performance.now() } };
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`the life of an aid, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    async function factsOf(asked: string, connector: string): Promise<TraceFacts> {
      const hits = await catalogue.aidTraces.find(asked, connector);
      const [hit] = hits;
      if (hit === undefined || hits.length > 1) throw new Error(`${hits.length} hits for ${asked}`);
      return catalogue.aidTraces.facts(hit);
    }

    /** The sentence and the events, without ids of runs and plans. */
    async function told(asked: string, connector: string): Promise<{ why: string; life: string[] }> {
      const facts = await factsOf(asked, connector);
      const { standing, troubles } = standingOf(facts, today);
      const plain = (text: string) => text.replaceAll(/\b(run|plan|the last) [0-9a-f]{8}\b/g, "$1 …");
      return {
        why: plain(standingMessage(standing, troubles, (instant) => instant.slice(0, 10))),
        life: lifeOfAid(facts).map((event) => `${event.at.slice(8, 10)} ${plain(lifeMessage(event))}`),
      };
    }

    it("is found by title in any case and with any accents and apostrophes, by every identifier, and by link", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day([toit, haie]);
      const { connector } = harvest;
      const { aidId } = await harvest.aid("1");
      const found = async (asked: string) => (await catalogue.aidTraces.find(asked, connector)).map(({ externalId }) => externalId);
      for (const asked of ["RENOVER L'ECOLE", "Rénover l’école d’à côté", "1", aidId, aidId.toUpperCase(), `${connector}/1`]) {
        expect(await found(asked), asked).toEqual(["1"]);
      }
      for (const asked of ["http://example.org/aides/toit?utm_source=x", "https://www.example.org/aides/toit"]) {
        expect(await found(asked), asked).toEqual(["1"]);
      }
      expect(await found("https://example.org/aides?id=haie")).toEqual(["2"]);
      expect(await found("https://example.org/aides?id=toit")).toEqual([]);
      expect(await found("e")).toEqual(["1", "2"]);
      expect(await found("rien de tel")).toEqual([]);
      await edit(catalogue, { connector, externalId: "1" }, { name: "Notre titre" });
      expect(await found("notre titre"), "the title shown").toEqual(["1"]);
      expect(await found("rénover l'école"), "the publisher's own").toEqual(["1"]);
    });

    it("a whole title takes precedence over titles that contain it", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day([haie, { ...toit, titre: "Planter une haie bocagère" }]);
      expect((await catalogue.aidTraces.find("planter une haie", harvest.connector)).map(({ externalId }) => externalId)).toEqual(["2"]);
      expect(await catalogue.aidTraces.find("planter une hai", harvest.connector)).toHaveLength(2);
    });

    it("of an aid in review, lists the missing fields; of a published aid, names its publisher and the proposals", async () => {
      const harvest = await newHarvest(catalogue);
      const { connector } = harvest;
      await harvest.day([toit], {}, on(20));
      expect((await told("1", connector)).why).toMatch(
        /^in the catalogue, not online: it waits for review, and aidTypes, targetedAudiences, perimeters are missing$/,
      );
      await edit(catalogue, { connector, externalId: "1" }, { targetedAudiences: ["commune"] });
      await publish(catalogue, { connector, externalId: "1" });
      await harvest.day([{ ...toit, texte: "<p>Tout neuf.</p>" }], {}, on(26));
      const { why, life } = await told("1", connector);
      expect(why).toBe("published and online by marie on 2026-11-25; but 1 change of its publisher's waits for a curator (description)");
      expect(life).toEqual([
        "20 created (run …)",
        '25 edited by marie: targetedAudiences ("seen with the publisher")',
        expect.stringMatching(/^25 edited by marie: .*contact/),
        '25 published by marie ("seen with the publisher")',
        "26 updated: proposed description (run …)",
      ]);
    });

    it("combines runs without an event, including those that did not read an unchanged feed again", async () => {
      const harvest = await newHarvest(catalogue);
      for (const day of [20, 21, 22]) await harvest.day([toit], {}, on(day));
      await harvest.day([toit, haie], {}, on(23));
      expect((await told("1", harvest.connector)).life).toEqual([
        "20 created (run …)",
        "21 received, nothing to change (3 runs, the last …)",
      ]);
      expect((await told("2", harvest.connector)).life, "not told of runs before it was heard of").toEqual(["23 created (run …)"]);
    });

    it("of an aid whose record is now rejected, gives reason and place, even if the same feed was not read again", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day([haie, toit], {}, on(20));
      for (const day of [21, 22]) await harvest.day([haie, { ...toit, titre: " " }], {}, on(day));
      const { why, life } = await told("1", harvest.connector);
      expect(why).toMatch(/; but its record was rejected in the last run of 2026-11-22 \(item 2\): no title: the record cannot be kept$/);
      expect(life.at(-1)).toBe("21 record rejected (item 2): no title: the record cannot be kept (2 runs, the last …)");
      await harvest.day([haie, toit], {}, on(23));
      expect((await told("1", harvest.connector)).why).not.toMatch(/rejected/);
    });

    it("a record that never became an aid is found by identifier, link and words, with the reason", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day([toit, nameless], {}, on(20));
      for (const asked of ["9", `${harvest.connector}/9`, "zones humides", "« ZONES humides »", "https://example.org/zones/"]) {
        expect((await told(asked, harvest.connector)).why, asked).toBe(
          "not in the catalogue: its record was rejected in the last run of 2026-11-20 (item 2): no title: the record cannot be kept",
        );
      }
      await harvest.day([toit], {}, on(21));
      expect((await told("9", harvest.connector)).why).toMatch(/rejected in the run of 2026-11-20 .*; no run has rejected it since$/);
      await harvest.day([toit, { ...nameless, titre: "Zones" }], {}, on(22));
      expect((await told("9", harvest.connector)).why, "it is an aid now").toMatch(/^in the catalogue/);
    });

    it("a record without identifier that several runs rejected is found once", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const idless = { id: "", titre: "Aide sans numéro" };
      await harvest.day([toit, idless], {}, on(20));
      await harvest.day([idless, toit, haie], {}, on(21));
      const { why, life } = await told("aide sans numéro", harvest.connector);
      expect(why).toMatch(/rejected in the last run of 2026-11-21 \(item 1\): no identifier/);
      expect(life).toEqual(["20 record rejected (item 1): no identifier: the record cannot be kept (2 runs, the last …)"]);
    });

    it("a record with the identifier of another one is found by its own words; the other record is unaffected", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day([toit, { ...haie, id: "1" }], {}, on(20));
      expect((await told("planter une haie", harvest.connector)).why).toMatch(/\(item 2\): this identifier was read before/);
      const { why, life } = await told("1", harvest.connector);
      expect(why).toMatch(/are missing$/);
      expect(life).toEqual(["20 created (run …)"]);
    });

    it("of an aid that left its feed, gives the date and the number of runs until withdrawal, and the date of its return", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff, absence: { runs: 2, days: 2 } });
      const { connector } = harvest;
      await harvest.day([toit, haie], {}, on(18));
      await harvest.day([haie], {}, on(19));
      expect((await told("1", connector)).why).toMatch(/; but it is no longer in its feed since 2026-11-19 \(1 run\)$/);
      await harvest.day([haie], { force: true }, on(20));
      await harvest.day([haie], {}, on(21));
      expect((await told("1", connector)).why).toBe(
        "not online: withdrawn on 2026-11-21 because it left its feed, absent since 2026-11-19 (3 runs); it returns with its feed",
      );
      await harvest.day([toit, haie], {}, on(22));
      await harvest.day([toit, haie, { ...haie, id: "3" }], {}, on(23));
      const { why, life } = await told("1", connector);
      expect(why).toMatch(/^in the catalogue.* are missing$/);
      expect(life).toEqual([
        "18 created (run …)",
        "19 not in the feed (2 runs, the last …)",
        "21 withdrawn (run …)",
        "22 restored (run …)",
        "23 received, nothing to change (run …)",
      ]);
    });

    it("of an aid whose plan is held, names the guard; of one whose plan was discarded, gives person and reason", async () => {
      const harvest = await newHarvest(catalogue, { state: "draft" });
      const { connector } = harvest;
      const report = await harvest.day([toit], {}, on(20));
      expect(report.outcome).toBe("held");
      for (const asked of ["1", "rénover l'école"]) {
        expect((await told(asked, connector)).why, asked).toBe(
          "not in the catalogue yet: received on 2026-11-20, but its plan … waits for a person, held because the first run of a draft waits for a person, with 1 aid, for example 1",
        );
      }
      expect((await factsOf("1", connector)).planned).toMatchObject([{ locator: "item 1", kind: "create" }]);
      await catalogue.plans.close(String(report.planId), "discarded", { now: marie.now, by: "marie", note: "wrong file" });
      const { why, life } = await told("1", connector);
      expect(why).toBe('not in the catalogue: received on 2026-11-20, but its plan … was discarded by marie on 2026-11-25 ("wrong file")');
      expect(life).toEqual(['20 would be created: plan … discarded by marie ("wrong file")']);
    });

    it("of an aid that an open plan would change, names the waiting plan", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day([toit], {}, on(20));
      await harvest.day([{ ...toit, lien: "https://example.org/neuf" }], { dryRun: true }, on(21));
      const { why, life } = await told("1", harvest.connector);
      expect(why).toMatch(/; but plan …, which concerns it, waits for a person$/);
      expect(life.at(-1)).toBe("21 would be updated: originUrl, item 1: plan … waits for a person");
    });

    it("of an aid that an undo removed, names the person; its identifier still finds it", async () => {
      const harvest = await newHarvest(catalogue);
      const report = await harvest.day([toit], {}, on(20));
      const { aidId } = await harvest.aid("1");
      await undone(report);
      for (const asked of ["1", aidId]) {
        const { why, life } = await told(asked, harvest.connector);
        expect(why).toBe("not in the catalogue: removed by marie on 2026-11-25, who undid run …");
        expect(life).toEqual(["20 created (run …)", '25 removed by marie (undo of run …) ("seen with the publisher")']);
      }
    });

    async function undone(report: RunReport): Promise<void> {
      const plan = await catalogue.plans.find(String(report.planId));
      if (plan === null) throw new Error("no plan");
      const undo = await undoRun(catalogue, marie, plan);
      if ("refused" in undo) throw new Error(undo.refused.code);
      await catalogue.plans.apply(undo.planId, { token: null, now: marie.now, appliedBy: marie.by });
    }

    it("of an aid that a person took off: rejected, merged, withdrawn, or suspended with its end", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const { connector } = harvest;
      const named = (externalId: string) => ({ connector, externalId });
      await harvest.day(
        ["1", "2", "3", "4", "5"].map((id) => ({ id, titre: `Aide ${id}` })),
        {},
        on(20),
      );
      const stays = await curatedAid(catalogue, named("5"));
      await act(catalogue, named("1"), (aid) => decideReject(aid, marie));
      await act(catalogue, named("2"), (aid) => decideMerge(aid, stays, marie));
      await act(catalogue, named("3"), (aid) => decideWithdraw(aid, marie));
      await act(catalogue, named("4"), (aid) => decideSuspend(aid, marie, "2026-12-31", "no budget yet"));
      const note = '("seen with the publisher")';
      expect((await told("1", connector)).why).toBe(
        `not online: rejected by marie on 2026-11-25 ${note}; it stays offline whatever its feed says`,
      );
      expect((await told("2", connector)).why).toBe(`not online: merged into ${connector}/5 by marie on 2026-11-25`);
      expect((await told("3", connector)).why).toBe(
        `not online: withdrawn by marie on 2026-11-25 ${note}; it stays offline whatever its feed says`,
      );
      expect((await told("4", connector)).why).toBe('not online: suspended by marie until 2026-12-31 ("no budget yet")');
      const later = standingOf(await factsOf("4", connector), "2026-12-31");
      expect(later.standing).toMatchObject({ code: "suspended", isOver: true });
    });

    it("an aid with a new identifier is found by the old one", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const feed = (prefix: string) => [toit, haie].map((record) => ({ ...record, id: `${prefix}${record.id}` }));
      await harvest.day(feed("vieux-"), {}, on(20));
      const renamed = await harvest.day(feed("neuf-"), {}, on(21));
      expect(renamed.remarks).toEqual({ "re-identified": 2 });
      const { why, life } = await told("vieux-1", harvest.connector);
      expect(why).toMatch(/^in the catalogue/);
      expect(life.at(-1)).toBe("21 recognised under a new identifier, before vieux-1 (run …)");
    });

    it("a record that is one of our own aids is found by its identifier, with our aid's name", async () => {
      const ours = await newHarvest(catalogue, { guards: guardsOff });
      await ours.day([{ ...toit, id: "00000000-0000-4000-8000-0000000000aa" }], {}, on(20));
      const theirs = await newHarvest(catalogue, { guards: guardsOff });
      await theirs.day([haie, { ...toit, id: "00000000-0000-4000-8000-0000000000aa" }], {}, on(21));
      const asked = "00000000-0000-4000-8000-0000000000aa";
      expect((await told(asked, theirs.connector)).why).toBe(
        `not imported: it is our own aid ${ours.connector}/${asked}, which came back through this feed on 2026-11-21`,
      );
      expect(await catalogue.aidTraces.find(asked), "without a connector both answer").toMatchObject([
        { place: "catalogue" },
        { place: "ours" },
      ]);
    });

    it("of an aid whose connector's last run read no feed, says so and gives the outcome", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day([toit], {}, on(20));
      await harvest.day("<html><body>En maintenance</body></html>", {}, on(21));
      const { why, life } = await told("1", harvest.connector);
      expect(why).toMatch(/; but the last run of 2026-11-21 read no feed: the response is not the expected feed/);
      expect(life.at(-1)).toBe("21 no feed read (run …, unreadable)");
    });
  });
}
