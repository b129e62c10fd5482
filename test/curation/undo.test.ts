import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import type { PlanPart } from "../../src/catalogue/plans/plan-part.ts";
import { answerQuestion } from "../../src/curation/answer-question.ts";
import { decideEdit } from "../../src/curation/decide-edit.ts";
import { decideMerge, decideReject } from "../../src/curation/decide-status.ts";
import type { Curator } from "../../src/curation/person-plan.ts";
import { personsChange, type Verdict } from "../../src/curation/persons-change.ts";
import { applyActs, planActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import type { AidField } from "../../src/model/aid/aid.ts";
import { RunFailed } from "../../src/model/run/run-error.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { feedServer } from "../support/feed-server.ts";
import { guardsOff, type Harvest, newHarvest } from "../support/harvest.ts";
import { exported, flattened, testNow } from "../support/made-aids.ts";

const toit = {
  id: "1",
  titre: "Rénover un toit",
  texte: "<p>Le toit de la mairie.</p>",
  lien: "https://example.org/toit",
  motsCles: ["toit", "eau"],
};
const haie = {
  id: "2",
  titre: "Planter une haie",
  texte: "<p>La haie du bocage.</p>",
  lien: "https://example.org/haie",
  fin: "2026-06-30",
};
const puits = { id: "3", titre: "Creuser un puits", texte: "<p>Le puits du village.</p>", lien: "https://example.org/puits" };
const morning = [toit, haie, puits];
const changed = [
  { ...toit, titre: "Rénover une toiture", motsCles: ["tuile"], publics: ["Communes"] },
  { ...haie, fin: "2026-09-30" },
  puits,
];
const ops: Curator = { by: "ops", now: testNow, note: "the wrong feed" };
const marie: Curator = { by: "marie", now: testNow };

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`undo, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    /** Returns a connector without guards and without grace. */
    function harvestOf(changes: Partial<ConnectorInput> = {}): Promise<Harvest> {
      return newHarvest(catalogue, { guards: guardsOff, absence: { runs: 1, days: 0 }, ...changes });
    }

    async function planned(planId: string | null) {
      const plan = await catalogue.plans.find(planId ?? "");
      if (plan === null) throw new Error(`no plan ${planId}`);
      return plan;
    }

    /** Plans the undo of a plan. Returns the changes of the undo and the spared fields. */
    async function planUndo(planId: string | null) {
      const made = await undoRun(catalogue, ops, await planned(planId));
      if ("refused" in made) throw new Error(`refused: ${made.refused.code}`);
      const spared = (await catalogue.plans.remarks(made.planId)).map(({ externalId, params }) => [externalId, params.fields]).sort();
      return { ...made, spared };
    }

    async function undo(planId: string | null) {
      const made = await planUndo(planId);
      await applyActs(catalogue, made.planId, ops, false);
      return made;
    }

    async function whyRefused(planId: string | null) {
      const made = await undoRun(catalogue, ops, await planned(planId));
      return "refused" in made ? made.refused : null;
    }

    /** Applies an act to all aids of a connector, or to one, as one plan. Returns its id. */
    async function act(harvest: Harvest, decide: (aid: CuratedAid) => Verdict, externalId?: string, curator = marie): Promise<string> {
      const { connector } = harvest;
      const pages = catalogue.aids.curated({ connector, ...(externalId !== undefined && { externalId }) });
      const { plan } = await planActs(catalogue, curator, { connector, asked: { test: true } }, pages, decide);
      await applyActs(catalogue, plan?.planId ?? "", curator, false);
      return plan?.planId ?? "";
    }

    const editOf = (values: Partial<Record<AidField, unknown>>) => (aid: CuratedAid) => decideEdit(aid, { values, withdrawn: [] }, marie);
    const publish = (aid: CuratedAid): Verdict => ({
      change: personsChange(aid, "publish", marie, { state: { status: "published" } }),
      cautions: [],
    });

    /** Returns everything about the aids of a connector except their number of revisions. */
    async function known({ connector }: Harvest) {
      const aids = await flattened(catalogue.aids.curated({ connector }));
      return aids.map(({ revision: _, ...aid }) => aid);
    }

    async function apply(report: RunReport, part?: PlanPart) {
      return catalogue.plans.apply(report.planId ?? "", { token: null, now: testNow, appliedBy: "ops", ...(part && { part }) });
    }

    /** Expects the same catalogue after the undo as before the act: export, layers and hashes. */
    async function expectUndone(harvest: Harvest, done: () => Promise<string | null>) {
      const [before, everything] = [await known(harvest), await exported(catalogue)];
      const planId = await done();
      expect(await known(harvest)).not.toEqual(before);
      const { spared } = await undo(planId);
      expect(spared).toEqual([]);
      expect(await exported(catalogue)).toBe(everything);
      expect(await known(harvest)).toEqual(before);
    }

    it("ends the decision that made a plan, so that no later run fills again what was undone", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      const { planId } = await answerQuestion(catalogue, marie, {
        ...{ connector: harvest.connector, publisher: null, field: "mobilizationSteps", value: ["preop"], condition: null },
      });
      const undo = await undoRun(catalogue, marie, await planned(planId));
      expect(await catalogue.standingDecisions.holdingFor(harvest.connector)).toHaveLength(1);
      await applyActs(catalogue, "planId" in undo ? undo.planId : "", marie, true);
      expect(await catalogue.standingDecisions.holdingFor(harvest.connector)).toEqual([]);
      await harvest.day([...changed, { ...toit, id: "4" }]);
      expect((await flattened(catalogue.aids.list({ connector: harvest.connector }))).map((aid) => aid.mobilizationSteps)).toEqual([
        [],
        [],
        [],
        [],
      ]);
    });

    it("a first import: its aids are removed, other connectors' stay, and a new import gives the same aids", async () => {
      const other = await harvestOf();
      await other.day(morning);
      const others = await other.rows();
      const harvest = await harvestOf();
      await expectUndone(harvest, async () => (await harvest.day(morning)).planId);
      expect(await known(harvest)).toEqual([]);
      expect(await other.rows()).toEqual(others);
      await harvest.day(morning);
      const [aid] = await flattened(catalogue.aids.curated({ connector: harvest.connector, externalId: "1" }));
      expect(aid).toMatchObject({ revision: 3, status: "reviewable" });
      expect((await catalogue.history.list(aid?.aidId ?? "")).map(({ revision, kind, by, note }) => [revision, kind, by, note])).toEqual([
        [1, "create", "run", null],
        [2, "remove", "ops", "the wrong feed"],
        [3, "create", "run", null],
      ]);
    });

    it("updates of aids in review and of published ones, with their proposals", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      await expectUndone(harvest, async () => (await harvest.day(changed)).planId);
      await act(harvest, publish);
      await expectUndone(harvest, async () => (await harvest.day(changed)).planId);
      await act(harvest, editOf({ name: "Un titre à nous" }), "1");
      await expectUndone(harvest, async () => (await harvest.day(changed)).planId);
    });

    it("a withdrawal, and the return of a withdrawn aid", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      await expectUndone(harvest, async () => (await harvest.day([toit])).planId);
      await harvest.day([toit], { force: true });
      expect(await harvest.aid("2")).toMatchObject({ withdrawnAt: "2026-11-25" });
      const nextDay = { clock: { now: () => new Date("2026-11-26T03:00:00Z"), fixed: null, elapsed: () => 0 } };
      await expectUndone(harvest, async () => (await harvest.day(changed, {}, nextDay)).planId);
    });

    it("new ids: aids get their former ones back", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      const renamed = morning.map((record) => ({ ...record, id: `neuf-${record.id}` }));
      await expectUndone(harvest, async () => {
        const report = await harvest.day(renamed);
        expect(report.remarks).toEqual({ "re-identified": 3 });
        return report.planId;
      });
    });

    it("does not restore a former id that another aid now has", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      const { planId } = await harvest.day([{ ...toit, id: "neuf" }, haie, puits]);
      await harvest.day([{ ...toit, id: "neuf" }, haie, puits, { id: "1", titre: "Isoler un mur", texte: "<p>Tout autre chose.</p>" }]);
      const before = await harvest.exported();
      expect(await planUndo(planId)).toMatchObject({ changes: 0, spared: [["neuf", ["externalId"]]] });
      expect(await harvest.exported()).toBe(before);
    });

    it("undoes a plan that was applied in parts as a whole", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      const { aidId } = await harvest.aid("1");
      const nouvelle = { id: "4", titre: "Isoler un mur" };
      await expectUndone(harvest, async () => {
        const report = await harvest.day([...changed, nouvelle], { dryRun: true });
        for (const part of [{ fields: ["name"] }, { kinds: ["create"] }, { aids: [aidId] }] as const)
          expect(await apply(report, part)).toMatchObject({ state: "part-applied" });
        expect(await apply(report)).toMatchObject({ state: "applied" });
        return report.planId;
      });
    });

    it("a partly applied plan: its rest is discarded too; a part applied after the undo was planned makes it refuse", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      const before = await known(harvest);
      const report = await harvest.day(changed, { dryRun: true });
      await apply(report, { fields: ["name"] });
      const early = await planUndo(report.planId);
      await apply(report, { aids: [(await harvest.aid("2")).aidId] });
      await expect(applyActs(catalogue, early.planId, ops, true)).rejects.toThrow(RunFailed);
      await undo(report.planId);
      expect(await known(harvest)).toEqual(before);
      expect(await planned(report.planId)).toMatchObject({ state: "discarded", closedBy: "ops" });
      await expect(apply(report)).rejects.toThrow(RunFailed);
    });

    it("a curator's acts on many aids, or on one", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      await expectUndone(harvest, () => act(harvest, editOf({ contact: "<p>La mairie</p>" })));
      await expectUndone(harvest, () => act(harvest, publish));
      await expectUndone(harvest, () => act(harvest, (aid) => decideReject(aid, marie), "2"));
      const into = (await flattened(catalogue.aids.curated({ connector: harvest.connector, externalId: "1" })))[0] as CuratedAid;
      await expectUndone(harvest, () => act(harvest, (aid) => decideMerge(aid, into, marie), "2"));
      await act(harvest, (aid) => decideReject(aid, marie), "2");
      await harvest.day([toit, puits]);
      await expectUndone(harvest, () =>
        act(harvest, (aid) => ({ change: personsChange(aid, "restore", marie, { state: { status: "reviewable" } }), cautions: [] }), "2"),
      );
    });

    it("spares and lists what a curator or a later run has changed, and reviews those aids again", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      const { planId } = await harvest.day(changed);
      await act(harvest, editOf({ name: "Réparer un toit" }), "1");
      await harvest.day([changed[0], { ...haie, fin: "2026-12-31" }, puits]);
      const made = await undo(planId);
      expect(made).toMatchObject({
        kinds: { update: 1 },
        spared: [
          ["1", ["name"]],
          ["2", ["submissionDeadline"]],
        ],
      });
      expect(await harvest.aid("1")).toMatchObject({ name: "Réparer un toit", keywords: ["eau", "toit"], targetedAudiences: [] });
      expect(await harvest.aid("2")).toMatchObject({ submissionDeadline: "2026-12-31" });
      expect((await harvest.day(morning, { force: true })).counts).toMatchObject({ updated: 1 });
      expect((await flattened(catalogue.aids.curated({ connector: harvest.connector, externalId: "1" })))[0]).toMatchObject({
        imported: { name: "Rénover un toit" },
        edits: { name: { value: "Réparer un toit" } },
      });
    });

    it("spares a created aid that was changed since, or into which another was merged", async () => {
      const harvest = await harvestOf();
      const { planId } = await harvest.day([...morning, { id: "4", titre: "Creuser un autre puits" }]);
      await act(harvest, publish, "1");
      const into = (await flattened(catalogue.aids.curated({ connector: harvest.connector, externalId: "3" })))[0] as CuratedAid;
      await act(harvest, (aid) => decideMerge(aid, into, marie), "4");
      const { kinds, spared } = await undo(planId);
      expect(kinds).toEqual({ remove: 1 });
      expect(spared).toEqual([
        ["1", []],
        ["3", []],
        ["4", []],
      ]);
    });

    it("spares a status that was changed since, but not the other fields", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      const published = await act(harvest, publish);
      await act(harvest, (aid) => decideReject(aid, marie), "2");
      const { kinds, spared } = await undo(published);
      expect(kinds).toEqual({ unpublish: 2 });
      expect(spared).toEqual([["2", ["status"]]]);
      expect((await known(harvest)).map(({ status }) => status)).toEqual(["reviewable", "deleted", "reviewable"]);
    });

    it("if everything was changed since, the plan says so and is discarded", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      const { planId } = await harvest.day([toit, { ...haie, fin: "2026-09-30" }, puits]);
      await act(harvest, editOf({ submissionDeadline: "2026-10-31" }), "2");
      const made = await planUndo(planId);
      expect(made).toMatchObject({ changes: 0, spared: [["2", ["submissionDeadline"]]] });
      expect(await planned(made.planId)).toMatchObject({ state: "discarded" });
      expect(await planned(planId)).toMatchObject({ undoneBy: null });
    });

    it("is refused twice, while an undo waits, of an undo, and of plans never applied or without changes", async () => {
      const harvest = await harvestOf();
      const { planId, runId, feed } = await harvest.day(morning);
      const dry = await harvest.day(changed, { dryRun: true });
      expect(await whyRefused(dry.planId)).toMatchObject({ code: "still-open", params: { run: dry.runId } });
      await catalogue.plans.close(dry.planId ?? "", "discarded", ops);
      expect(await whyRefused(dry.planId)).toMatchObject({ code: "never-applied" });
      expect(await whyRefused((await harvest.day(morning, { force: true })).planId)).toMatchObject({ code: "changed-nothing" });

      const waits = await planUndo(planId);
      expect(await whyRefused(planId)).toEqual({ code: "undo-open", params: { plan: planId, run: runId, by: waits.planId } });
      await catalogue.plans.close(waits.planId, "discarded", ops);
      const done = await undo(planId);
      expect(await whyRefused(planId)).toMatchObject({ code: "undone", params: { by: done.planId } });
      expect(await whyRefused(done.planId)).toEqual({
        code: "is-undo",
        params: { plan: done.planId, connector: harvest.connector, snapshot: feed.sha256 },
      });
      expect(await catalogue.runs.find(runId)).toMatchObject({ undoneBy: "ops", undoneAt: testNow });
    });

    it("undoes runs in sequence, latest first, as if nothing had changed since", async () => {
      const harvest = await harvestOf();
      const empty = await exported(catalogue);
      const first = await harvest.day(morning);
      const afterFirst = await known(harvest);
      const second = await harvest.day(changed);
      const afterSecond = await known(harvest);
      const edited = await act(harvest, editOf({ name: "Réparer un toit" }), "1");
      await undo(edited);
      expect(await known(harvest)).toEqual(afterSecond);
      expect((await undo(second.planId)).spared).toEqual([]);
      expect(await known(harvest)).toEqual(afterFirst);
      expect(await undo(first.planId)).toMatchObject({ kinds: { remove: 3 }, spared: [] });
      expect(await exported(catalogue)).toBe(empty);
      expect(await catalogue.appliedRuns.last(harvest.connector)).toBeNull();
    });

    it("a change spared by the undo of a later run counts as changed for an earlier run", async () => {
      const harvest = await harvestOf();
      const first = await harvest.day(morning);
      const second = await harvest.day(changed);
      const edited = await act(harvest, editOf({ name: "Réparer un toit" }), "1");
      expect((await undo(second.planId)).spared).toEqual([["1", ["name"]]]);
      await undo(edited);
      expect(await harvest.aid("1")).toMatchObject({ name: "Rénover une toiture", keywords: ["eau", "toit"] });
      expect(await undo(first.planId)).toMatchObject({ kinds: { remove: 2 }, spared: [["1", []]] });
    });

    it("an earlier run below a later one with other fields: the next feed is compared with both", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      const early = await harvest.day([{ ...toit, titre: "Rénover une toiture" }, haie, puits]);
      await harvest.day([{ ...toit, titre: "Rénover une toiture", motsCles: ["tuile"] }, haie, puits]);
      expect((await undo(early.planId)).spared).toEqual([]);
      expect(await harvest.aid("1")).toMatchObject({ name: "Rénover un toit", keywords: ["tuile"] });
      expect((await harvest.day(morning)).counts).toMatchObject({ updated: 1 });
      expect(await harvest.aid("1")).toMatchObject({ name: "Rénover un toit", keywords: ["eau", "toit"] });
    });

    it("the same feed as a file is read and applied again after the undo", async () => {
      const harvest = await harvestOf();
      await harvest.day(morning);
      const later = [...changed.slice(0, 2), { id: "4", titre: "Isoler un mur" }];
      const report = await harvest.day(later);
      const before = await harvest.exported();
      await undo(report.planId);
      expect((await harvest.day(later)).counts).toEqual(report.counts);
      expect(await harvest.exported()).toBe(before);
      expect((await harvest.day(later)).outcome).toBe("unchanged");
    });

    it("the undone feed is held tonight; another one is compared with the current catalogue", async () => {
      const server = await feedServer();
      const harvest = await harvestOf({ feed: { url: `${server.origin}/feed` } });
      const night = () => harvest.run({}, { allowHosts: [server.host], environment: {} });
      server.on("/feed", { body: morning }, { body: changed }, { body: changed }, { body: morning });
      await night();
      const before = await harvest.exported();
      await undo((await night()).planId);
      expect(await night()).toMatchObject({
        outcome: "held",
        guards: [{ code: "undone-before", params: { by: "ops", day: "2026-11-25" } }],
      });
      expect(await harvest.exported()).toBe(before);
      expect(await night()).toMatchObject({ outcome: "unchanged", guards: [], counts: { unchanged: 3 } });
    });

    it("removes the absences that undone runs started", async () => {
      const harvest = await harvestOf({ absence: { runs: 3, days: 0 } });
      const { connector } = harvest;
      await harvest.day(morning);
      const toiture = { ...toit, titre: "Rénover une toiture" };
      const first = await harvest.day([toiture, haie]);
      const second = await harvest.day([toiture, { ...haie, fin: "2026-09-30" }]);
      await undo(first.planId);
      expect(await catalogue.absences.countPresent(connector)).toBe(2);
      await undo(second.planId);
      expect(await catalogue.absences.countPresent(connector)).toBe(3);
      const runs: RunReport[] = [];
      for (const fin of ["2026-10-01", "2026-10-02", "2026-10-03"]) runs.push(await harvest.day([toit, { ...haie, fin }]));
      expect(runs.map(({ counts }) => counts.withdrawn)).toEqual([0, 0, 1]);
    });

    it("an absence that the undone run started counts from the next run that confirms it", async () => {
      const harvest = await harvestOf({ absence: { runs: 3, days: 0 } });
      await harvest.day(morning);
      const toiture = { ...toit, titre: "Rénover une toiture" };
      const first = await harvest.day([toiture, haie]);
      await harvest.day([toiture, { ...haie, fin: "2026-09-30" }]);
      await undo(first.planId);
      const again = [toiture, { ...haie, fin: "2026-09-30" }];
      expect((await harvest.day(again)).counts).toMatchObject({ updated: 1, withdrawn: 0 });
      expect((await harvest.day(again, { force: true })).counts).toMatchObject({ withdrawn: 1 });
    });

    it("an aid that the undone run had restored is absent since its first absence", async () => {
      const harvest = await harvestOf({ absence: { runs: 3, days: 0 } });
      await harvest.day(morning);
      await harvest.day([toit, { ...haie, fin: "2026-09-30" }]);
      const back = await harvest.day([{ ...toit, titre: "Rénover une toiture" }, haie, puits]);
      expect(await catalogue.absences.countPresent(harvest.connector)).toBe(3);
      await undo(back.planId);
      expect(await catalogue.absences.countPresent(harvest.connector)).toBe(2);
      await harvest.day([toit, haie]);
      expect((await harvest.day([toit, haie], { force: true })).counts).toMatchObject({ withdrawn: 1 });
    });
  });
}
