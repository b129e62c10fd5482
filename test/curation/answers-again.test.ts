import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answerQuestion, previewAnswer } from "../../src/curation/answer-question.ts";
import { applyActs } from "../../src/curation/plan-acts.ts";
import { answersToReview } from "../../src/curation/read-answers.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { terms } from "../../src/kit/rules/terms.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { edit } from "../support/curate.ts";
import { guardsOff, type Harvest, newHarvest } from "../support/harvest.ts";

const record = (id: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  ...{ id, titre: `Entretenir ${id}`, texte: `<p>Une aide pour entretenir ${id}, ses abords et ses chemins.</p>` },
  ...{ lien: `https://example.org/${id}`, rythme: "Permanente", publics: ["Communes"], sorte: ["Subvention"] },
  ...changes,
});
const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, place) => `aide-${from + place}`);
const on = (day: number) => new Date(`2026-11-${String(day).padStart(2, "0")}T08:00:00Z`);
const by = (name: string, day: number) => ({ by: name, now: on(day), note: "vu" });
const field = "mobilizationSteps" as const;

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`an answer for a source, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    let harvest: Harvest;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
      const fields = { aidTypes: terms("sorte", "aidTypes"), [field]: terms("etapes", field) };
      harvest = await newHarvest(catalogue, { guards: guardsOff, fields } as unknown as Partial<ConnectorInput>);
    });
    afterEach(() => catalogue.drop());

    const day = (number: number, records: readonly unknown[]) =>
      harvest.day(records, {}, { clock: { now: () => on(number), fixed: null, elapsed: () => performance.now() } } as never);
    const answer = (who: string, number: number, value: unknown, more: object = {}) =>
      answerQuestion(catalogue, by(who, number), { connector: harvest.connector, publisher: null, field, value, condition: null, ...more });
    const review = () => answersToReview(catalogue, [harvest.connector]);
    const steps = async (...named: string[]) => Promise.all(named.map(async (id) => (await harvest.aid(id)).mobilizationSteps.join()));

    it("is asked again once it covers many more aids, and no longer once it is confirmed", async () => {
      await day(
        1,
        ids(1, 8).map((id) => record(id)),
      );
      const { decision } = await answer("Marie", 2, ["preop", "op"]);
      await day(
        3,
        ids(1, 17).map((id) => record(id)),
      );
      expect(await review()).toEqual([]);
      await day(
        4,
        ids(1, 18).map((id) => record(id)),
      );
      expect(await review()).toMatchObject([{ answer: { id: decision }, reach: { given: 8, now: 18 }, hasOutgrown: true, changed: [] }]);
      const confirmed = await answer("Paul", 5, ["preop", "op"]);
      expect([confirmed.planId, await review()]).toEqual([null, []]);
      const [first, second] = await catalogue.standingDecisions.answers(null);
      expect([first?.endedBy, second?.by, second?.at]).toEqual(["Paul", "Paul", on(5).toISOString()]);
    });

    it("is asked again if the text of an aid or the type that it is for has changed since; a small change does not count", async () => {
      await day(
        1,
        ids(1, 4).map((id) => record(id)),
      );
      await answer("Marie", 2, ["preop", "op"], { condition: { types: ["grant"] } });
      const rewritten = [
        record("aide-1", { texte: "<p>Une étude préalable, puis un suivi de cinq ans par un écologue.</p>" }),
        record("aide-2", { sorte: ["Prêt"] }),
        record("aide-3", { texte: "<p>Une aide pour entretenir aide-3, ses abords et ses CHEMINS.</p>" }),
        record("aide-4"),
        // It is filled with its new text at once.
        record("aide-5"),
      ];
      await day(3, rewritten);
      expect((await review()).map(({ changed }) => changed.map(({ externalId }) => externalId))).toEqual([["aide-1", "aide-2"]]);
      expect(await steps("aide-1", "aide-2", "aide-5")).toEqual(["preop,op", "preop,op", "preop,op"]);
      // The publisher's own value replaces ours, so nothing is asked about it.
      await day(4, [{ ...rewritten[0], etapes: ["Réflexion / conception"] }, ...rewritten.slice(1)]);
      expect((await review()).map(({ changed }) => changed.map(({ externalId }) => externalId))).toEqual([["aide-2"]]);
      await answer("Paul", 5, ["preop", "op"], { condition: { types: ["grant"] } });
      expect(await review()).toEqual([]);
    });

    it("is changed for the aids that it has filled, except those left out and what a person or the publisher says; one undo reverts it", async () => {
      await day(1, [...ids(1, 3).map((id) => record(id)), record("aide-4", { etapes: ["Réflexion / conception"] })]);
      const { decision } = await answer("Marie", 2, ["preop", "op"]);
      await answer("Paul", 3, ["preop", "op"]);
      await edit(catalogue, { connector: harvest.connector, externalId: "aide-3" }, { [field]: ["postop"] });
      const [held] = await catalogue.standingDecisions.holdingFor(harvest.connector);
      const more = { condition: { except: ["aide-2"] }, replaces: [held?.id ?? ""] };
      const wanted = { connector: harvest.connector, publisher: null, field, value: ["preop", "op", "postop"], ...more };
      const preview = await previewAnswer(catalogue, by("Marie", 4), wanted);
      expect([preview.changed, preview.first.map(({ aid }) => aid.externalId)]).toEqual([2, ["aide-1", "aide-2"]]);
      expect(await steps("aide-1", "aide-2")).toEqual(["preop,op", "preop,op"]);
      const changed = await answerQuestion(catalogue, by("Marie", 4), wanted);
      expect([changed.aids, await steps("aide-1", "aide-2", "aide-3", "aide-4")]).toEqual([2, ["preop,op,postop", "", "postop", "preop"]]);
      expect((await catalogue.standingDecisions.holdingFor(harvest.connector)).map(({ id }) => id)).toEqual([changed.decision]);
      expect(changed.decision).not.toBe(decision);
      const plan = await catalogue.plans.find(changed.planId ?? "");
      if (plan === null) throw new Error("no plan");
      const undone = await undoRun(catalogue, by("Marie", 5), plan);
      if ("refused" in undone) throw new Error(undone.refused.code);
      await applyActs(catalogue, undone.planId, by("Marie", 5), true);
      expect(await steps("aide-1", "aide-2")).toEqual(["preop,op", "preop,op"]);
      // The answer before holds again.
      expect((await catalogue.standingDecisions.holdingFor(harvest.connector)).map(({ id }) => id)).toEqual([held?.id]);
    });

    it("is asked again with another one that gives its aids another value, until one is kept", async () => {
      await day(1, [record("aide-1"), record("aide-2", { sorte: ["Prêt"] }), record("aide-3")]);
      const marie = await answer("Marie", 2, ["preop", "op"]);
      const paul = await answer("Paul", 3, ["preop"], { condition: { types: ["grant"] } });
      expect([paul.aids, await steps("aide-1", "aide-2")]).toEqual([0, ["preop,op", "preop,op"]]);
      expect(
        (await review()).map(({ answer: { id }, contradictions }) => [id, contradictions.map(({ other, aids }) => [other.id, aids])]),
      ).toEqual(
        expect.arrayContaining([
          [marie.decision, [[paul.decision, 2]]],
          [paul.decision, [[marie.decision, 2]]],
        ]),
      );
      const kept = await answer("Claire", 4, ["preop"], { condition: { types: ["grant"] }, replaces: [paul.decision, marie.decision] });
      expect([kept.aids, await steps("aide-1", "aide-2", "aide-3")]).toEqual([2, ["preop", "preop,op", "preop"]]);
      // The answer for all aids of the source holds for the others.
      expect((await catalogue.standingDecisions.holdingFor(harvest.connector)).map(({ id }) => id)).toEqual([
        marie.decision,
        kept.decision,
      ]);
      expect(await review()).toEqual([]);
      await day(5, [record("aide-4"), record("aide-5", { sorte: ["Prêt"] })]);
      expect([await steps("aide-4", "aide-5"), await review()]).toEqual([["preop", "preop,op"], []]);
    });
  });
}
