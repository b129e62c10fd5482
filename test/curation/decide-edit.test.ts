import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideEdit } from "../../src/curation/decide-edit.ts";
import { applyActs, planActs } from "../../src/curation/plan-acts.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { answer, curatedAid, edit, marie, publish } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { testNow } from "../support/made-aids.ts";

const toit = {
  id: "1",
  titre: "Rénover un toit",
  texte: "<p>Le toit.</p>",
  lien: "https://example.org/toit",
  rythme: "Permanente",
  publics: ["Communes"],
  motsCles: ["toit", "eau"],
};

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`an edit, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    async function harvested(changes: Parameters<typeof newHarvest>[1] = {}) {
      const harvest = await newHarvest(catalogue, { guards: guardsOff, ...changes });
      await harvest.day([toit]);
      return { ...harvest, toit: { connector: harvest.connector, externalId: "1" } };
    }

    it.each(["reviewable", "published"])(
      "survives every later feed of a %s aid, and the publisher's value below follows",
      async (status) => {
        const { toit: named, ...harvest } = await harvested();
        if (status === "published") await publish(catalogue, named);
        await edit(catalogue, named, { description: "<p>Nos mots.</p>", originUrl: "https://example.org/ours" });
        for (const [day, texte] of ["<p>Un toit.</p>", "<p>Deux toits.</p>", "", "<p>Trois toits.</p>"].entries()) {
          await harvest.day([{ ...toit, texte, lien: `https://example.org/toit-${day}` }]);
        }
        const shown = await harvest.aid("1");
        const { imported, edits } = await curatedAid(catalogue, named);
        expect([shown.description, shown.originUrl]).toEqual(["<p>Nos mots.</p>", "https://example.org/ours"]);
        expect([imported.description, imported.originUrl]).toEqual(["<p>Trois toits.</p>", "https://example.org/toit-3"]);
        expect(edits.description).toEqual({ value: "<p>Nos mots.</p>", by: "marie", at: testNow.toISOString(), note: marie.note });
      },
    );

    it("shows the publisher's current value after its removal, and leaves no proposal", async () => {
      const { toit: named, ...harvest } = await harvested();
      await publish(catalogue, named);
      await edit(catalogue, named, { description: "<p>Nos mots.</p>" });
      await harvest.day([{ ...toit, texte: "<p>Un toit neuf.</p>" }]);
      expect(await edit(catalogue, named, {}, ["description"])).toBeNull();
      const { edits, kept, proposals } = await curatedAid(catalogue, named);
      expect((await harvest.aid("1")).description).toBe("<p>Un toit neuf.</p>");
      expect(["description" in edits, kept, proposals]).toEqual([false, {}, {}]);
      expect(await edit(catalogue, named, {}, ["description"])).toEqual({ code: "not-edited", params: { field: "description" } });
    });

    it("is not compared with the feed: the same feed again proposes nothing", async () => {
      const { toit: named, ...harvest } = await harvested();
      await publish(catalogue, named);
      await edit(catalogue, named, { description: "<p>Nos mots.</p>", keywords: [] });
      const again = await harvest.day([{ ...toit, note: "another record" }], { force: true });
      expect(again).toMatchObject({ outcome: "unchanged", counts: { unchanged: 1, proposals: 0 } });
      expect(await harvest.aid("1")).toMatchObject({ description: "<p>Nos mots.</p>", keywords: [] });
    });

    it("makes no proposal if the publisher adopts its value", async () => {
      const { toit: named, ...harvest } = await harvested();
      await publish(catalogue, named);
      await edit(catalogue, named, { description: "<p>Nos mots.</p>" });
      await harvest.day([{ ...toit, texte: "<p>Nos mots.</p>" }]);
      expect((await curatedAid(catalogue, named)).proposals).toEqual({});
    });

    it("is not a change if only the spelling differs, in a feed or by a person", async () => {
      const { toit: named, ...harvest } = await harvested();
      await harvest.day([{ ...toit, texte: "Un<br>deux", publics: ["Communes", "Région"] }]);
      const { revision, imported } = await curatedAid(catalogue, named);
      await harvest.day([{ ...toit, texte: "Un  <br />deux", publics: ["Région", "Communes"], motsCles: ["eau", "toit"] }]);
      const refused = await edit(catalogue, named, {
        description: imported.description?.replace("<br>", " <br/> "),
        targetedAudiences: ["region", "commune"],
      });
      expect(refused).toMatchObject({ code: "already-so" });
      expect((await curatedAid(catalogue, named)).revision).toBe(revision);
    });

    it("answers the open proposal on its field; after its removal the proposed value is shown", async () => {
      const { toit: named, ...harvest } = await harvested();
      await publish(catalogue, named);
      await harvest.day([{ ...toit, texte: "<p>Un toit neuf.</p>" }]);
      expect(await curatedAid(catalogue, named)).toMatchObject({ proposals: { description: {} } });
      await edit(catalogue, named, { description: "<p>Un toit tout neuf.</p>" });
      expect(await curatedAid(catalogue, named)).toMatchObject({ proposals: {}, kept: {} });
      await edit(catalogue, named, {}, ["description"]);
      expect((await harvest.aid("1")).description).toBe("<p>Un toit neuf.</p>");
    });

    it("of a field with a refused change shows the former value again after its removal", async () => {
      const { toit: named, ...harvest } = await harvested();
      await publish(catalogue, named);
      await harvest.day([{ ...toit, texte: "<p>Lorem ipsum.</p>" }]);
      await answer(catalogue, named, "refuse");
      await edit(catalogue, named, { description: "<p>Nos mots.</p>" });
      await edit(catalogue, named, {}, ["description"]);
      expect((await harvest.aid("1")).description).toBe("<p>Le toit.</p>");
    });

    it("empties a field that the publisher fills, and the feed does not fill it again", async () => {
      const { toit: named, ...harvest } = await harvested();
      await edit(catalogue, named, { keywords: [], originUrl: null });
      await harvest.day([{ ...toit, motsCles: ["toit"], lien: "https://example.org/autre" }]);
      expect(await harvest.aid("1")).toMatchObject({ keywords: [], originUrl: null });
    });

    it("an empty value in the feed erases nothing, unless the connector says that empty means empty", async () => {
      const { toit: named, ...harvest } = await harvested({ emptyMeansEmpty: ["submissionDeadline"] });
      await harvest.day([{ ...toit, rythme: "Ponctuelle", debut: "2026-01-01", fin: "2026-12-31" }]);
      await publish(catalogue, named);
      await harvest.day([{ ...toit, rythme: "Ponctuelle", debut: "", fin: "", texte: "", motsCles: [] }]);
      const { description, startDate, submissionDeadline, keywords } = await harvest.aid("1");
      expect([description, startDate, submissionDeadline, keywords]).toEqual(["<p>Le toit.</p>", "2026-01-01", null, ["eau", "toit"]]);
    });

    it("is refused with the aid's name if another one was faster, and writes nothing", async () => {
      const { toit: named, ...harvest } = await harvested();
      const seen = await curatedAid(catalogue, named);
      const planned = (contact: string) =>
        planActs(catalogue, marie, { connector: harvest.connector, asked: {} }, [[seen]], (aid) =>
          decideEdit(aid, { values: { contact }, withdrawn: [] }, marie),
        );
      const [first, second] = [await planned("<p>Marie</p>"), await planned("<p>Paul</p>")];
      await applyActs(catalogue, first.plan?.planId ?? "", marie, true);
      await expect(applyActs(catalogue, second.plan?.planId ?? "", marie, true)).rejects.toMatchObject({
        code: "world-moved",
        params: { count: 1, aids: "1" },
      });
      expect((await harvest.aid("1")).contact).toBe("<p>Marie</p>");
      expect(await catalogue.plans.find(second.plan?.planId ?? "")).toMatchObject({ state: "overtaken", closedBy: "marie" });
    });
  });
}
