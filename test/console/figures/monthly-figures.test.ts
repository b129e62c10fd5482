import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideEdit } from "../../../src/curation/decide-edit.ts";
import { decideMerge, decideUnpublish, decideWithdraw } from "../../../src/curation/decide-status.ts";
import { personsChange } from "../../../src/curation/persons-change.ts";
import { date } from "../../../src/kit/rules/date.ts";
import { type FiguresGiven, monthlyFigures, readMonthlyFigures } from "../../../src/partners/figures/monthly-figures.ts";
import { lastMonths, monthBegins, parisMonth } from "../../../src/partners/figures/paris-months.ts";
import { scoreOf } from "../../../src/partners/letters/score.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { curatedAid } from "../../support/curate.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { actAt, dayAt, fillAt, publishAt, undoAt } from "./figures-fixtures.ts";

const record = (id: string, more: object = {}) => ({
  id,
  titre: `Aide ${id}`,
  texte: `<p>Pour les communes, ${id}.</p>`,
  lien: `https://example.org/${id}`,
  ...more,
});
const a1 = record("a1", { maj: "2026-09-25" });
const a2 = record("a2", { debut: "2026-09-01" });
const a3 = record("a3", { fin: "2026-10-15" });
const a4 = record("a4", { fin: "2026-10-31", debut: "2026-10-25" });
const a5 = record("a5");
type HarvestChanges = Parameters<typeof newHarvest>[1];
const now = new Date("2026-11-25T03:00:00Z");

describe("months in Paris", () => {
  it("begin and end at midnight in Paris, in summer and in winter", () => {
    expect(parisMonth(new Date("2026-09-30T21:59:00Z"))).toBe("2026-09");
    expect(parisMonth(new Date("2026-09-30T22:30:00Z"))).toBe("2026-10");
    expect(parisMonth(new Date("2026-10-31T22:30:00Z"))).toBe("2026-10");
    expect(parisMonth(new Date("2026-10-31T23:30:00Z"))).toBe("2026-11");
    expect(monthBegins("2026-10").toISOString()).toBe("2026-09-30T22:00:00.000Z");
    expect(monthBegins("2026-11").toISOString()).toBe("2026-10-31T23:00:00.000Z");
  });

  it("go back over the year", () => {
    expect(lastMonths(new Date("2026-12-31T23:30:00Z"), 3)).toEqual(["2026-11", "2026-12", "2027-01"]);
  });
});

describe("monthly figures, computed", () => {
  const nothing: FiguresGiven = { months: ["2026-10", "2026-11"], onSite: 0, moves: [], expired: new Map(), delays: [], reports: [] };

  it("give the median and the 90th percentile", () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8, 9, 40].map((days) => ({ month: "2026-11", basis: "startDate" as const, days, aids: 1 }));
    const [october, november] = monthlyFigures({ ...nothing, delays });
    expect(november?.delay).toEqual({ median: 5, ninetieth: 9, bySourceUpdatedDate: 0, byStartDate: 10 });
    expect(october?.delay).toBeNull();
  });

  it("weight the scores of several feeds by records, and keep the last score in a month without a report", () => {
    const report = (connector: string, month: string, valid: number, rejected: number) => ({
      connector,
      month,
      measured: { counts: { valid, rejected }, fillRates: {}, issues: [] },
    });
    // Nothing is filled: 50 for kept records, 25 for correct values.
    const reports = [report("a", "", 30, 0), report("b", "2026-10", 5, 5), report("b", "2026-11", 0, 10)];
    const [october, november] = monthlyFigures({ ...nothing, reports });
    // a: 75 of 30 records, b: 50 of 10, then 0 of 10.
    expect(october?.score).toBe(Math.floor((75 * 30 + 50 * 10) / 40));
    expect(november?.score).toBe(Math.floor((75 * 30) / 40));
  });
});

describe.each(testedDatabases)("monthly figures of a day-by-day history, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    const quick = { guards: guardsOff, absence: { runs: 1, days: 0 } };
    const figures = (count: number, connectors: readonly string[] | null = null) => readMonthlyFigures(catalogue, connectors, now, count);

    it("count entries, exits, changes, expiries, delays and scores by month in Paris", async () => {
      const harvest = await newHarvest(catalogue, { ...quick, fields: { sourceUpdatedDate: date("maj", ["iso"]) } } as HarvestChanges);
      const { connector } = harvest;
      const first = await dayAt(harvest, "2026-09-10T03:00:00Z", [a1, a2, a3, a4, a5]);
      for (const id of ["a1", "a2", "a3", "a4", "a5"]) await fillAt(catalogue, "2026-09-11T08:00:00Z", harvest, id);
      await publishAt(catalogue, "2026-09-30T21:59:00Z", harvest, "a1");
      await publishAt(catalogue, "2026-09-30T22:30:00Z", harvest, "a2");
      await publishAt(catalogue, "2026-10-05T08:00:00Z", harvest, "a3");
      await publishAt(catalogue, "2026-10-20T08:00:00Z", harvest, "a4");
      await actAt(catalogue, "2026-10-31T22:30:00Z", { connector, externalId: "a4" }, decideWithdraw);
      await publishAt(catalogue, "2026-10-31T23:30:00Z", harvest, "a5");
      const changed = { ...a1, titre: "Aide a1, mieux dite", maj: "2026-11-09" };
      await dayAt(harvest, "2026-11-10T03:00:00Z", [changed, a2, a3, a4, a5]);
      await actAt(catalogue, "2026-11-11T08:00:00Z", { connector, externalId: "a1" }, (aid, curator) =>
        decideEdit(aid, { values: { shortTitle: "a1" }, withdrawn: [] }, curator),
      );
      const wrong = await dayAt(harvest, "2026-11-12T03:00:00Z", [record("a9")]);
      expect(wrong.counts.withdrawn).toBe(4);
      await undoAt(catalogue, "2026-11-15T08:00:00Z", wrong);
      const last = await dayAt(harvest, "2026-11-20T03:00:00Z", [changed, a2, a3, a4]);
      while ((await catalogue.search.catchUp()) > 0);

      const shown = await figures(4);
      expect(shown.map(({ month, entered, left, updated, onSite }) => [month, entered, left, updated, onSite])).toEqual([
        ["2026-08", 0, 0, 0, 0],
        // a1
        ["2026-09", 1, 0, 0, 1],
        // a2, a3 and a4 came, a4 left
        ["2026-10", 3, 1, 0, 3],
        // a5 entered and left, a1 changed twice; undone runs do not count
        ["2026-11", 1, 1, 1, 3],
      ]);
      // a3 on the 15th; a4 was withdrawn half an hour before the end of its last day
      expect(shown.map(({ expired }) => expired)).toEqual([0, 0, 1, 0]);
      const [, september, october, november] = shown;
      // a1: the publisher gave the 25th first, and another day later
      expect(september?.delay).toEqual({ median: 5, ninetieth: 5, bySourceUpdatedDate: 1, byStartDate: 0 });
      // a4 was published before its start: 0; a2: 30 days after; a3 has no date
      expect(october?.delay).toEqual({ median: 0, ninetieth: 30, bySourceUpdatedDate: 0, byStartDate: 2 });
      expect(october?.withoutDelay).toBe(1);
      expect([november?.delay, november?.withoutDelay]).toEqual([null, 1]);
      expect(shown.map(({ score }) => score)).toEqual([null, scoreOf(first), scoreOf(first), scoreOf(last)]);
      expect((await figures(4, [connector])).map(({ onSite }) => onSite)).toEqual([0, 1, 3, 3]);
      const [ofOthers] = await figures(1, ["somebody-else"]);
      expect(ofOthers).toMatchObject({ entered: 0, left: 0, updated: 0, expired: 0, onSite: 0, score: null, withoutDelay: 0 });
    });

    it("show the quality of the last feed read, even if no aid has changed", async () => {
      const harvest = await newHarvest(catalogue, quick);
      const score = async () => (await figures(2, [harvest.connector])).map((one) => one.score);
      const wrong = await dayAt(harvest, "2026-10-01T03:00:00Z", [a1, { ...a2, id: "" }]);
      const mended = await dayAt(harvest, "2026-11-03T03:00:00Z", [a1]);
      expect(mended.outcome).toBe("unchanged");
      expect(await score()).toEqual([scoreOf(wrong), scoreOf(mended)]);
      await dayAt(harvest, "2026-11-04T03:00:00Z", [a1]);
      expect(await score()).toEqual([scoreOf(wrong), scoreOf(mended)]);
      expect(scoreOf(wrong)).toBeLessThan(scoreOf(mended) ?? 0);
    });

    it("count acts of every kind in their month in Paris, across the change to winter time", async () => {
      const harvest = await newHarvest(catalogue, quick);
      const { connector } = harvest;
      const ends: Readonly<Record<string, string>> = { b5: "2026-10-25", b6: "2026-10-24", b7: "2026-09-01" };
      const feed = ["b1", "b2", "b3", "b4", "b5", "b6", "b7"].map((id) => record(id, ends[id] === undefined ? {} : { fin: ends[id] }));
      const act = (instant: string, externalId: string, decide: Parameters<typeof actAt>[3]) =>
        actAt(catalogue, instant, { connector, externalId }, decide);
      await dayAt(harvest, "2026-08-03T03:00:00Z", feed);
      for (const { id } of feed) await fillAt(catalogue, "2026-08-04T08:00:00Z", harvest, id);
      for (const { id } of feed.slice(0, 6)) await publishAt(catalogue, "2026-08-31T21:59:00Z", harvest, id);
      await dayAt(
        harvest,
        "2026-09-15T03:00:00Z",
        feed.filter(({ id }) => id !== "b3"),
      );
      await act("2026-09-30T22:10:00Z", "b1", (aid, curator) => decideEdit(aid, { values: { shortTitle: "b1" }, withdrawn: [] }, curator));
      await act("2026-10-10T08:00:00Z", "b4", decideUnpublish);
      await publishAt(catalogue, "2026-10-11T08:00:00Z", harvest, "b4");
      // The first minute of the 25th is in summer time, the last one in winter time.
      await act("2026-10-24T22:01:00Z", "b6", decideWithdraw);
      await act("2026-10-25T22:59:00Z", "b5", decideWithdraw);
      const into = await curatedAid(catalogue, { connector, externalId: "b1" });
      await act("2026-10-31T22:59:59Z", "b2", (aid, curator) => decideMerge(aid, into, curator));
      await dayAt(harvest, "2026-11-02T03:00:00Z", feed);
      while ((await catalogue.search.catchUp()) > 0);
      const shown = await figures(4, [connector]);
      expect(shown.map(({ month, entered, left, updated, expired, onSite }) => [month, entered, left, updated, expired, onSite])).toEqual([
        ["2026-08", 6, 0, 0, 0, 6],
        // b3 is no longer in the feed
        ["2026-09", 0, 1, 0, 0, 5],
        // b1 was edited; b4 left and came back; b2, b5 and b6 left, b6 once its last day was over
        ["2026-10", 1, 4, 1, 1, 2],
        // b3 came back
        ["2026-11", 1, 0, 0, 0, 3],
      ]);
    });

    it("count a deadline that passed while a run, undone later, had withdrawn the aid, and no delay of adopted aids", async () => {
      const harvest = await newHarvest(catalogue, quick);
      const { connector } = harvest;
      const feed = [record("c1", { fin: "2026-10-22", debut: "2026-01-01" }), record("c2", { debut: "2026-01-01" })];
      await dayAt(harvest, "2026-10-01T03:00:00Z", feed);
      await fillAt(catalogue, "2026-10-02T08:00:00Z", harvest, "c1");
      await actAt(catalogue, "2026-10-02T09:00:00Z", { connector, externalId: "c1" }, (aid, curator) => ({
        change: personsChange(aid, "adopt", curator, { state: { status: "published" } }),
        cautions: [],
      }));
      const wrong = await dayAt(harvest, "2026-10-20T03:00:00Z", feed.slice(1));
      expect(wrong.counts.withdrawn).toBe(1);
      while ((await catalogue.search.catchUp()) > 0);
      const october = async () => (await figures(2, [connector]))[0];
      expect(await october()).toMatchObject({ expired: 0, delay: null, withoutDelay: 0 });
      await undoAt(catalogue, "2026-11-03T08:00:00Z", wrong);
      while ((await catalogue.search.catchUp()) > 0);
      expect(await october()).toMatchObject({ expired: 1, delay: null, withoutDelay: 0 });
    });

    it("ignore a run that was undone in a later month", async () => {
      const harvest = await newHarvest(catalogue, quick);
      await dayAt(harvest, "2026-10-01T03:00:00Z", [a1, a2]);
      await fillAt(catalogue, "2026-10-02T08:00:00Z", harvest, "a1");
      await publishAt(catalogue, "2026-10-02T09:00:00Z", harvest, "a1");
      const wrong = await dayAt(harvest, "2026-10-20T03:00:00Z", [a2]);
      const moves = async (count: number) =>
        (await figures(count, [harvest.connector])).map(({ entered, left, onSite }) => [entered, left, onSite]);
      expect(await moves(2)).toEqual([
        [1, 1, 0],
        [0, 0, 0],
      ]);
      await undoAt(catalogue, "2026-11-03T08:00:00Z", wrong);
      expect(await moves(2)).toEqual([
        [1, 0, 1],
        [0, 0, 1],
      ]);
      expect(await moves(1)).toEqual([[0, 0, 1]]);
    });
  });
});
