import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitingProposals } from "../../src/curation/waiting-proposals.ts";
import type { AidField } from "../../src/model/aid/aid.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { answer, curatedAid, edit, publish } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";

const toit = {
  id: "1",
  titre: "Rénover un toit",
  texte: "<p>Le toit.</p>",
  lien: "https://example.org/toit",
  rythme: "Permanente",
  publics: ["Communes"],
};

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`who owns a field, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    async function published(changes: Parameters<typeof newHarvest>[1] = {}) {
      const harvest = await newHarvest(catalogue, { guards: guardsOff, ...changes });
      await harvest.day([toit]);
      const named = { connector: harvest.connector, externalId: "1" };
      await publish(catalogue, named);
      return { ...harvest, toit: named };
    }
    const waiting = async (connector: string, field?: AidField) =>
      waitingProposals(catalogue.aids.curated({ connector, proposed: field ?? true }), {
        ...(field !== undefined && { field }),
        limit: 10,
        today: "2026-11-25",
      });

    it("before publication every field follows the feed, even the name; after it, each field's policy decides", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff, policy: { keywords: "fill", targetedAudiences: "publisher" } });
      const named = { connector: harvest.connector, externalId: "1" };
      const told = (version: number, motsCles: string[]) => ({
        ...toit,
        titre: `Titre ${version}`,
        texte: `<p>Texte ${version}</p>`,
        lien: `https://example.org/${version}`,
        publics: version === 3 ? ["Région"] : ["Communes"],
        motsCles,
      });
      const shown = async () => {
        const { name, nameInitial, description, originUrl, targetedAudiences, keywords } = await harvest.aid("1");
        return { name, nameInitial, description, originUrl, targetedAudiences, keywords };
      };
      await harvest.day([told(1, [])]);
      await harvest.day([told(2, [])]);
      expect(await shown()).toMatchObject({ name: "Titre 2", nameInitial: "Titre 2", description: "<p>Texte 2</p>" });

      await publish(catalogue, named);
      const report = await harvest.day([told(3, ["toit"])]);
      expect(report.counts).toMatchObject({ updated: 1, proposals: 1 });
      expect(await shown()).toEqual({
        name: "Titre 2",
        nameInitial: "Titre 3",
        description: "<p>Texte 2</p>",
        originUrl: "https://example.org/3",
        targetedAudiences: ["region"],
        keywords: ["toit"],
      });
      await harvest.day([told(4, ["toit", "eau"])]);
      expect(await shown()).toMatchObject({ name: "Titre 2", keywords: ["toit"] });
      expect((await waiting(harvest.connector)).proposals.map(({ field }) => field)).toEqual(["description"]);
    });

    it("an accepted proposal is shown, and an edit over it is removed", async () => {
      const { toit: named, ...harvest } = await published();
      await edit(catalogue, named, { description: "<p>Nos mots.</p>" });
      await harvest.day([{ ...toit, texte: "<p>Un toit neuf.</p>" }]);
      expect((await waiting(harvest.connector)).proposals).toMatchObject([
        { field: "description", current: "<p>Nos mots.</p>", incoming: "<p>Un toit neuf.</p>", editedBy: "marie" },
      ]);
      await answer(catalogue, named, "accept");
      const { edits, proposals, kept } = await curatedAid(catalogue, named);
      expect((await harvest.aid("1")).description).toBe("<p>Un toit neuf.</p>");
      expect(["description" in edits, proposals, kept]).toEqual([false, {}, {}]);
    });

    it("a refused proposal does not come back until the publisher's value changes again", async () => {
      const { toit: named, ...harvest } = await published();
      await harvest.day([{ ...toit, texte: "<p>Lorem ipsum.</p>" }]);
      expect(await answer(catalogue, named, "refuse", ["description"])).toBeNull();
      for (const note of ["a", "b"]) {
        const again = await harvest.day([{ ...toit, texte: "<p>Lorem ipsum.</p>", note }], { force: true });
        expect(again.counts.proposals).toBe(0);
      }
      expect((await harvest.aid("1")).description).toBe("<p>Le toit.</p>");
      await harvest.day([{ ...toit, texte: "<p>Un toit neuf.</p>" }]);
      expect((await waiting(harvest.connector)).proposals).toMatchObject([
        { current: "<p>Le toit.</p>", incoming: "<p>Un toit neuf.</p>" },
      ]);
    });

    it("a proposal ends if the publisher restores its value", async () => {
      const { toit: named, ...harvest } = await published();
      await harvest.day([{ ...toit, texte: "<p>Lorem ipsum.</p>" }]);
      await harvest.day([toit]);
      expect(await curatedAid(catalogue, named)).toMatchObject({ proposals: {}, kept: {} });
    });

    it("an answer leaves the proposals on other fields; an answer without a proposal is refused", async () => {
      const { toit: named, ...harvest } = await published();
      await harvest.day([{ ...toit, texte: "<p>Un toit neuf.</p>", publics: ["Région"] }]);
      await answer(catalogue, named, "accept", ["targetedAudiences"]);
      expect((await waiting(harvest.connector)).proposals.map(({ field }) => field)).toEqual(["description"]);
      expect(await answer(catalogue, named, "accept", ["targetedAudiences"])).toEqual({
        code: "no-proposal",
        params: { field: "targetedAudiences" },
      });
    });

    it("proposals are listed by nearest deadline, without deadline, then past, up to the limit; all are counted", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const days = { a: "2027-05-01", b: undefined, c: "2026-11-24", d: "2026-12-01", e: "2026-11-25" };
      const records = Object.entries(days).map(([id, fin]) => ({
        ...toit,
        id,
        titre: `Aide ${id}`,
        lien: `https://example.org/${id}`,
        fin,
      }));
      await harvest.day(records);
      for (const { id } of records) await publish(catalogue, { connector: harvest.connector, externalId: id });
      await harvest.day(records.map((record) => ({ ...record, texte: `<p>Neuf ${record.id}</p>`, publics: ["Région"] })));
      const curated = () => catalogue.aids.curated({ connector: harvest.connector, proposed: true });
      const listed = async (limit: number) => waitingProposals(curated(), { field: "description", limit, today: "2026-11-25" });
      expect((await listed(10)).proposals.map(({ externalId }) => externalId)).toEqual(["e", "d", "a", "b", "c"]);
      expect(await listed(2)).toMatchObject({ count: 5, proposals: [{ externalId: "e" }, { externalId: "d" }] });
    });
  });
}
