import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NewStandingDecision } from "../../src/catalogue/plans/standing-decision-repository.ts";
import { decidePublish, decideUnpublish } from "../../src/curation/decide-status.ts";
import { applyActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { constant } from "../../src/kit/rules/constant.ts";
import { organisations } from "../../src/kit/rules/organisations.ts";
import { terms } from "../../src/kit/rules/terms.ts";
import { html } from "../../src/kit/rules/texts.ts";
import { ownOperators } from "../../src/model/plan/standing-decision.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { act, curatedAid, edit, marie } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { flattened, testNow } from "../support/made-aids.ts";

const toit = {
  id: "1",
  titre: "Rénover un toit",
  texte: "<p>Le toit de la mairie.</p>",
  lien: "https://example.org/toit",
  rythme: "Permanente",
  publics: ["Communes"],
  contact: "<p>Service des bâtiments</p>",
};
const haie = { ...toit, id: "2", titre: "Planter une haie", texte: "<p>La haie du bocage.</p>", lien: "https://example.org/haie" };

/** Gives every field that publishing requires, except the steps. */
const fields = {
  contact: html("contact"),
  aidTypes: constant(["technical-engineering"]),
  categories: constant(["eau-potable"]),
  financers: constant([{ name: "Région Exemple", siren: null }]),
  perimeters: constant([{ scale: "department", code: "78" }]),
  mobilizationSteps: terms("etapes", "mobilizationSteps"),
};

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`a standing decision, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    // A catalogue for each test: a similar aid of another connector is a doubt, and doubtful aids are not published.
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    const harvestOf = (changes: Partial<ConnectorInput> = {}) =>
      newHarvest(catalogue, { guards: guardsOff, ...changes, fields: { ...fields, ...changes.fields } as never });

    async function decide(connector: string, decision: Partial<NewStandingDecision>): Promise<string> {
      const at = testNow.toISOString();
      const none = { publisher: null, field: null, rule: null, value: null, condition: null, note: "said on the phone", by: "claire", at };
      return catalogue.standingDecisions.add({ kind: "fill", connector, ...none, ...decision });
    }
    const fillSteps = (connector: string) => decide(connector, { field: "mobilizationSteps", value: ["op"] });
    const publishAll = (connector: string) => decide(connector, { kind: "publish" });

    async function undo({ planId }: RunReport) {
      const plan = await catalogue.plans.find(planId ?? "");
      if (plan === null) throw new Error("the run made no plan");
      const made = await undoRun(catalogue, marie, plan);
      if ("refused" in made) throw new Error(made.refused.code);
      await applyActs(catalogue, made.planId, marie, true);
    }

    it("fills the aids that a run creates, and says who decided it", async () => {
      const { connector, day, aid } = await harvestOf();
      const decision = await fillSteps(connector);
      const report = await day([toit, haie]);
      const { edits, imported, revision } = await curatedAid(catalogue, { connector, externalId: "1" });
      expect([report.outcome, report.counts.created, report.counts.filled, revision]).toEqual(["applied", 2, 2, 1]);
      expect(edits.mobilizationSteps).toEqual({
        value: ["op"],
        by: "claire",
        at: testNow.toISOString(),
        note: "said on the phone",
        suggestion: { rule: "connector-default", evidence: [], confirmed: false, decision },
      });
      expect(imported.mobilizationSteps).toEqual([]);
      expect((await aid("2")).mobilizationSteps).toEqual(["op"]);
      const changes = await flattened(catalogue.plans.changes(report.planId ?? ""));
      expect(changes.map(({ fields: changed }) => Object.keys(changed))).toEqual([["mobilizationSteps"], ["mobilizationSteps"]]);
    });

    it("fills an aid that a run changes, and an undo of the run reverts both", async () => {
      const { connector, day, aid } = await harvestOf();
      await day([toit]);
      await fillSteps(connector);
      const report = await day([{ ...toit, texte: "<p>Le toit de l'école.</p>" }]);
      expect([(await aid("1")).mobilizationSteps, (await aid("1")).description]).toEqual([["op"], "<p>Le toit de l'école.</p>"]);
      await undo(report);
      expect([(await aid("1")).mobilizationSteps, (await aid("1")).description]).toEqual([[], "<p>Le toit de la mairie.</p>"]);
    });

    it("yields to the publisher's own value, and never replaces one", async () => {
      const { connector, day, aid } = await harvestOf();
      await fillSteps(connector);
      await day([toit, { ...haie, etapes: ["Réflexion / conception"] }]);
      const reflecting = (await aid("2")).mobilizationSteps;
      expect([reflecting.length, (await aid("2")).filledByMoisson]).toEqual([1, undefined]);
      await day([
        { ...toit, etapes: ["Réflexion / conception"] },
        { ...haie, etapes: ["Réflexion / conception"] },
      ]);
      expect([(await aid("1")).mobilizationSteps, (await aid("1")).filledByMoisson]).toEqual([reflecting, undefined]);
    });

    it("does not fill a field that a person has emptied, nor one whose wrong value costs a grant, nor without a value, nor anything once it has ended", async () => {
      const { connector, day, aid } = await harvestOf();
      const decision = await fillSteps(connector);
      await decide(connector, { field: "submissionDeadline", value: "2027-01-31" });
      await decide(connector, { field: "contact", value: null });
      await day([{ ...toit, contact: "" }]);
      expect(Object.keys((await curatedAid(catalogue, { connector, externalId: "1" })).edits)).toEqual(["mobilizationSteps"]);
      expect((await aid("1")).submissionDeadline).toBeNull();
      await day([toit]);
      await edit(catalogue, { connector, externalId: "1" }, { mobilizationSteps: [] });
      await day([{ ...toit, texte: "<p>Autre.</p>" }]);
      expect((await aid("1")).mobilizationSteps).toEqual([]);
      expect(await catalogue.standingDecisions.end(decision, { by: "claire", now: testNow })).toBe(true);
      expect(await catalogue.standingDecisions.end(decision, { by: "claire", now: testNow })).toBe(false);
      await day([{ ...toit, texte: "<p>Autre.</p>" }, haie]);
      expect((await aid("2")).mobilizationSteps).toEqual([]);
    });

    it("publishes aids that lack nothing and have no warning, inside the run's plan, and an undo removes them", async () => {
      const { connector, day, aid } = await harvestOf();
      await fillSteps(connector);
      await publishAll(connector);
      const report = await day([
        toit,
        { ...haie, contact: "" },
        { ...haie, id: "3", titre: "Creuser un puits", lien: "https://example.org/puits", fin: "2026-01-31" },
      ]);
      const statuses = await Promise.all(["1", "2", "3"].map(async (id) => (await aid(id)).status));
      expect([statuses, report.counts.published]).toEqual([["published", "reviewable", "reviewable"], 1]);
      await undo(report);
      expect(await catalogue.aids.count(connector)).toBe(0);
    });

    it("waits while a guard holds the plan", async () => {
      const { connector, day } = await harvestOf({ state: "draft" });
      await fillSteps(connector);
      await publishAll(connector);
      const report = await day([toit]);
      expect([report.outcome, await catalogue.aids.count(connector)]).toEqual(["held", 0]);
      await catalogue.plans.apply(report.planId ?? "", { token: null, now: testNow, appliedBy: "ops" });
      expect((await curatedAid(catalogue, { connector, externalId: "1" })).status).toBe("published");
    });

    it("publishes an aid in review that a run completes, and an undo puts it back with its former values", async () => {
      const { connector, day, aid } = await harvestOf();
      await day([{ ...toit, contact: "", texte: "<p>Avant.</p>" }]);
      await fillSteps(connector);
      await publishAll(connector);
      const report = await day([{ ...toit, texte: "<p>Après.</p>" }]);
      expect([(await aid("1")).status, (await aid("1")).description]).toEqual(["published", "<p>Après.</p>"]);
      await undo(report);
      const { status, description, contact, mobilizationSteps } = await aid("1");
      expect([status, description, contact, mobilizationSteps]).toEqual(["reviewable", "<p>Avant.</p>", null, []]);
      // The next run reads the feed again, and publishes the aid again.
      await day([{ ...toit, texte: "<p>Après.</p>" }]);
      expect([(await aid("1")).status, (await aid("1")).description]).toEqual(["published", "<p>Après.</p>"]);
    });

    it("never publishes again what a person took off", async () => {
      const { connector, day, aid } = await harvestOf();
      await fillSteps(connector);
      await publishAll(connector);
      await day([toit]);
      await act(catalogue, { connector, externalId: "1" }, (found) => decideUnpublish(found, marie));
      await day([{ ...toit, texte: "<p>Autre.</p>" }]);
      expect((await aid("1")).status).toBe("draft");
    });

    it.each([
      ["a part of its record cannot be read", { debut: "2026-13-45" }, {}],
      ["only a free text says its territory", {}, { perimeters: constant([]), perimeterSuggestion: constant("le canton") }],
    ])("leaves an aid to a person if %s", async (_, record, rules) => {
      const { connector, day, aid } = await harvestOf({ fields: rules as never });
      await fillSteps(connector);
      await publishAll(connector);
      await day([{ ...toit, ...record }]);
      expect([(await aid("1")).missingForPublication, (await aid("1")).status]).toEqual([[], "reviewable"]);
    });

    it("leaves an aid to a person if another connector may have brought it already", async () => {
      const other = await harvestOf();
      await other.day([toit]);
      const { connector, day, aid } = await harvestOf();
      await fillSteps(connector);
      await publishAll(connector);
      await day([toit, haie]);
      expect([(await aid("1")).status, (await aid("2")).status]).toEqual(["reviewable", "published"]);
    });

    it("fills only the aids that it is for: of some types, run by some organisations, and not left out", async () => {
      const { connector, day, aid } = await harvestOf({
        fields: { instructors: organisations("organisme"), financers: constant([]) } as never,
      });
      await decide(connector, { field: "destinations", value: ["investment"], condition: null });
      await decide(connector, { field: "mobilizationSteps", value: ["op"], condition: { except: ["2"] } });
      await decide(connector, { field: "contact", value: "<p>x</p>", condition: { types: ["loan"] } });
      await decide(connector, { field: "financers", value: ownOperators, condition: { operators: ["ADEME", "Région Sud"] } });
      await day([
        { ...toit, contact: "", organisme: "ADEME" },
        { ...haie, organisme: "ADEME ; CCI" },
        { ...haie, id: "3", titre: "Creuser un puits", lien: "https://example.org/puits", organisme: "Région Sud" },
      ]);
      const [one, two, three] = await Promise.all(["1", "2", "3"].map((id) => aid(id)));
      // An engineering aid needs no kinds of expenses.
      expect([one?.destinations, one?.contact, one?.mobilizationSteps]).toEqual([[], null, ["op"]]);
      expect(two?.mobilizationSteps).toEqual([]);
      expect([one, two, three].map((each) => each?.financers.map(({ name }) => name))).toEqual([["ADEME"], [], ["Région Sud"]]);
    });

    it("publishes below the full description only what somebody dates, in French, without an answer of ours where publication needs it", async () => {
      const { connector, day, aid } = await harvestOf();
      await decide(connector, { kind: "publish", value: "publishable" });
      const dated = { ...toit, fin: "2027-03-31", rythme: "Ponctuelle", contact: "" };
      const well = { ...dated, id: "2", titre: "Creuser un puits", lien: "https://example.org/puits", fin: "", rythme: "" };
      const mare = { ...dated, id: "3", titre: "Curer une mare", lien: "https://example.org/mare", publics: [] };
      await day([dated, well, mare]);
      const statuses = () => Promise.all(["1", "2", "3"].map(async (id) => (await aid(id)).status));
      expect(await statuses()).toEqual(["published", "reviewable", "reviewable"]);
      expect((await aid("1")).missingForDescription).toEqual(["contact", "mobilizationSteps"]);
      await decide(connector, { field: "targetedAudiences", value: ["commune"] });
      await day([dated, well, { ...mare, texte: "<p>Autre.</p>" }]);
      expect([(await aid("3")).targetedAudiences, await statuses()]).toEqual([["commune"], ["published", "reviewable", "reviewable"]]);
      const foreign = await harvestOf({ fields: { language: constant("en") } as never });
      await decide(foreign.connector, { kind: "publish", value: "publishable" });
      await foreign.day([{ ...dated, titre: "Plant a tree", lien: "https://example.org/tree" }]);
      expect((await foreign.aid("1")).status).toBe("reviewable");
    });

    it("publishes nothing that lacks a field that the operator asks for, and neither does a person", async () => {
      const { connector, day, aid } = await harvestOf();
      await decide(connector, { kind: "publish", value: "publishable" });
      const asked = await decide(connector, { kind: "ask", field: "contact" });
      const dated = { ...toit, fin: "2027-03-31", rythme: "Ponctuelle", contact: "" };
      await day([dated]);
      expect((await aid("1")).status).toBe("reviewable");
      const named = { connector, externalId: "1" };
      const publishing = () => act(catalogue, named, (found) => decidePublish(found, marie));
      expect(await publishing()).toMatchObject({ code: "missing-fields", params: { fields: "contact" } });
      await catalogue.standingDecisions.end(asked, { by: "claire", now: testNow });
      expect(await publishing()).toBeNull();
    });

    it("of a publisher holds for all its connectors", async () => {
      const { connector, day, aid } = await harvestOf();
      const { id: publisher } = await catalogue.store.row<{ id: string }>(publisherOf(connector));
      await decide(connector, { connector: null, publisher, field: "mobilizationSteps", value: ["op"] });
      await day([toit]);
      expect((await aid("1")).mobilizationSteps).toEqual(["op"]);
    });
  });
}

function publisherOf(connector: string) {
  const id = randomUUID();
  return sql`
    with publisher as (
      insert into publishers (id, name, kind, stage, stage_since, revision, created_by, created_at, updated_by, updated_at)
      values (${id}::uuid, 'Région Exemple', 'region', 'live', now(), 1, 'claire', now(), 'claire', now()) returning id
    ) insert into publisher_connectors (connector, publisher) select ${connector}, id from publisher returning publisher as id`;
}
