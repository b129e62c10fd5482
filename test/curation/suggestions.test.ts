import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideFill, decideSuggestion } from "../../src/curation/decide-suggestion.ts";
import { applyActs, planActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { suggestionsOf } from "../../src/curation/waiting-suggestions.ts";
import { html } from "../../src/kit/rules/texts.ts";
import type { AidField } from "../../src/model/aid/aid.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { act, curatedAid, edit, marie, publish } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { flattened } from "../support/made-aids.ts";

const toit = {
  id: "1",
  titre: "Rénover un toit",
  texte: "<p>Le toit de votre école.</p><p>Renseignez-vous à aides@region-exemple.fr ou au 04 75 00 00 01.</p>",
  lien: "https://example.org/toit",
  rythme: "Permanente",
  publics: ["Communes"],
  contact: "",
};
const theirs = "<p>Service des écoles, 04 75 00 00 02</p>";

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`an accepted suggestion, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    async function harvested() {
      const harvest = await newHarvest(catalogue, { guards: guardsOff, fields: { contact: html("contact") } as never });
      await harvest.day([toit]);
      return { ...harvest, named: { connector: harvest.connector, externalId: "1" } };
    }

    /** Accepts the suggestion for a field. */
    const accept = (named: { connector: string; externalId: string }, field: AidField) =>
      act(catalogue, named, (aid) => decideSuggestion(aid, field, marie));
    /** Fills a field with an answer for many aids: the value that is suggested for this one. */
    const answer = (named: { connector: string; externalId: string }, field: AidField) =>
      act(catalogue, named, (aid) => {
        const value = suggestionsOf(aid).find((one) => one.field === field)?.value;
        return decideFill(aid, { id: "an answer", field, value, condition: null }, marie);
      });

    it("fills the empty field, and says by which rule and from which sentence", async () => {
      const { named, aid } = await harvested();
      expect(await accept(named, "contactEmail")).toBeNull();
      const { edits, imported } = await curatedAid(catalogue, named);
      expect(imported.contactEmail).toBeNull();
      expect(edits.contactEmail?.suggestion).toEqual({
        rule: "sentence-mail",
        confirmed: true,
        evidence: [{ kind: "sentence", from: "description", text: "Renseignez-vous à aides@region-exemple.fr ou au 04 75 00 00 01." }],
      });
      const shown = await aid("1");
      expect(shown.contactEmail).toBe("aides@region-exemple.fr");
      expect(shown.filledByMoisson).toEqual([{ field: "contactEmail", rule: "sentence-mail", confirmed: true }]);
    });

    it("is refused where nothing is suggested, where the field is filled, and a second time", async () => {
      const { named } = await harvested();
      expect((await accept(named, "categories"))?.code).toBe("no-suggestion");
      await edit(catalogue, named, { contactPhone: "04 75 00 00 09" });
      expect((await accept(named, "contactPhone"))?.code).toBe("no-suggestion");
      await accept(named, "contactEmail");
      expect((await accept(named, "contactEmail"))?.code).toBe("is-confirmed");
    });

    it("is not offered for a field that a person has emptied", async () => {
      const { named } = await harvested();
      await accept(named, "contactEmail");
      await edit(catalogue, named, { contactEmail: null });
      expect((await accept(named, "contactEmail"))?.code).toBe("no-suggestion");
    });

    it.each(["reviewable", "published"])("of many aids yields to the publisher's own value, in a %s aid", async (status) => {
      const { named, day, aid } = await harvested();
      if (status === "published") await publish(catalogue, named);
      // `publish` gave it a contact by hand.
      if (status === "published") await edit(catalogue, named, {}, ["contact"]);
      expect(await answer(named, "contact")).toBeNull();
      expect((await aid("1")).filledByMoisson).toEqual([{ field: "contact", rule: "connector-default", confirmed: false }]);
      const report = await day([{ ...toit, contact: theirs }]);
      const { edits, kept, proposals } = await curatedAid(catalogue, named);
      expect([(await aid("1")).contact, edits.contact, kept, proposals]).toEqual([theirs, undefined, {}, {}]);
      expect((await aid("1")).filledByMoisson).toBeUndefined();
      const [change] = await flattened(catalogue.plans.changes(report.planId ?? ""));
      expect(change?.fields.contact?.action).toBe("fill");
    });

    it("confirmed by a person stays, like every correction", async () => {
      const { named, day, aid } = await harvested();
      await answer(named, "contact");
      expect(await accept(named, "contact")).toBeNull();
      const ours = (await aid("1")).contact;
      await day([{ ...toit, contact: theirs }]);
      expect((await aid("1")).contact).toBe(ours);
      expect((await curatedAid(catalogue, named)).edits.contact?.suggestion?.confirmed).toBe(true);
    });

    it("stays while the publisher leaves the field empty", async () => {
      const { named, day, aid } = await harvested();
      await answer(named, "contact");
      const ours = (await aid("1")).contact;
      await day([{ ...toit, titre: "Rénover le toit d'une école" }]);
      expect((await aid("1")).contact).toBe(ours);
    });

    it("becomes a correction if a person types the same value", async () => {
      const { named, aid } = await harvested();
      await answer(named, "contact");
      const ours = (await aid("1")).contact;
      expect(await edit(catalogue, named, { contact: ours })).toBeNull();
      expect((await curatedAid(catalogue, named)).edits.contact?.suggestion).toBeUndefined();
    });

    it("is undone like every plan", async () => {
      const { named, aid } = await harvested();
      const found = await curatedAid(catalogue, named);
      const { plan } = await planActs(catalogue, marie, { connector: named.connector, asked: {} }, [[found]], (each) =>
        decideSuggestion(each, "contact", marie),
      );
      await applyActs(catalogue, plan?.planId ?? "", marie, true);
      expect((await aid("1")).contact).not.toBeNull();
      const undo = await undoRun(catalogue, marie, (await catalogue.plans.find(plan?.planId ?? "")) as never);
      await applyActs(catalogue, "planId" in undo ? undo.planId : "", marie, true);
      expect((await aid("1")).contact).toBeNull();
    });

    it.each([
      ["submissionDeadline", "2027-01-31"],
      ["contact", null],
    ] as const)("never fills %s with the answer %s for many aids", async (field, value) => {
      const { named } = await harvested();
      const refusal = await act(catalogue, named, (aid) => decideFill(aid, { id: "an answer", field, value, condition: null }, marie));
      expect(refusal?.code).toBe("no-suggestion");
    });
  });
}
