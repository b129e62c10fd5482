import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideEdit } from "../../src/curation/decide-edit.ts";
import { decideMerge, decidePublish, decideReject, decideRestore, decideSplit, decideUnpublish } from "../../src/curation/decide-status.ts";
import { planActs } from "../../src/curation/plan-acts.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { act, curatedAid, edit, marie, publish } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { flattened } from "../support/made-aids.ts";

const aidOf = (id: string) => ({
  id,
  titre: `Aide ${id}`,
  texte: `<p>Texte ${id}</p>`,
  lien: `https://example.org/${id}`,
  rythme: "Permanente",
  publics: ["Communes"],
});

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`the status of an aid, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    async function harvested(...ids: string[]) {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day(ids.map(aidOf));
      const named = (externalId: string) => ({ connector: harvest.connector, externalId });
      return { ...harvest, named };
    }
    const publishing = (filter: Parameters<typeof act>[1]) => act(catalogue, filter, (aid) => decidePublish(aid, marie));

    it("publishing is refused with the missing fields until they are filled", async () => {
      const { named, ...harvest } = await harvested("1");
      expect((await harvest.aid("1")).status).toBe("reviewable");
      const fields = "aidTypes, perimeters";
      expect(await publishing(named("1"))).toEqual({ code: "missing-fields", params: { fields } });
      expect((await harvest.aid("1")).status).toBe("reviewable");
      await publish(catalogue, named("1"));
      expect((await harvest.aid("1")).status).toBe("published");
      expect(await publishing(named("1"))).toMatchObject({ code: "is-published" });
      const back = () => act(catalogue, named("1"), (aid) => decideUnpublish(aid, marie));
      expect(await back()).toBeNull();
      expect((await harvest.aid("1")).status).toBe("draft");
      expect(await back()).toMatchObject({ code: "not-published" });
      expect(await publishing(named("1"))).toBeNull();
    });

    it("an aid without an open licence is published with a warning; an edit that empties a required field warns too", async () => {
      const { named } = await harvested("1");
      await edit(catalogue, named("1"), { importShareLicence: "agreement" });
      await publish(catalogue, named("1"));
      await act(catalogue, named("1"), (aid) => decideUnpublish(aid, marie));
      const aid = await curatedAid(catalogue, named("1"));
      expect(decidePublish(aid, marie)).toMatchObject({
        cautions: [
          { code: "licence-not-open", params: { licence: "agreement" } },
          // `publish` gives it a free text as its territory.
          { code: "warning", params: { warning: "no-searchable-territory" } },
        ],
      });
      const emptied = decideEdit({ ...aid, status: "published" }, { values: { contact: null }, withdrawn: [] }, marie);
      expect(emptied).toMatchObject({ cautions: [{ code: "now-missing", params: { fields: "contact" } }] });
    });

    it("a rejected aid is never created again nor changed by its feed, until it is restored and follows it again", async () => {
      const { named, ...harvest } = await harvested("1", "2");
      await act(catalogue, named("1"), (aid) => decideReject(aid, marie));
      const next = await harvest.day([{ ...aidOf("1"), titre: "Un autre titre" }, aidOf("2")]);
      expect(next.counts).toMatchObject({ received: 2, created: 0, updated: 0, ignored: 1, unchanged: 1 });
      expect(await harvest.aid("1")).toMatchObject({ status: "deleted", name: "Aide 1" });
      for (const decide of [decideReject, decidePublish, decideUnpublish]) {
        expect(await act(catalogue, named("1"), (aid) => decide(aid, marie))).toMatchObject({ code: "is-rejected" });
      }
      expect(await edit(catalogue, named("1"), { name: "Le mien" })).toMatchObject({ code: "is-rejected" });
      expect(await act(catalogue, named("1"), (aid) => decideRestore(aid, marie))).toBeNull();
      expect(await act(catalogue, named("1"), (aid) => decideRestore(aid, marie))).toMatchObject({ code: "not-taken-off" });
      await harvest.day([{ ...aidOf("1"), titre: "Un autre titre" }, aidOf("2")]);
      expect(await harvest.aid("1")).toMatchObject({ status: "reviewable", name: "Un autre titre" });
    });

    it("a person's withdrawal lasts until it is restored; an aid that left its feed cannot be restored by hand", async () => {
      const { named } = await harvested("1");
      const aid = await curatedAid(catalogue, named("1"));
      const lost = { ...aid, withdrawnAt: "2026-11-01" };
      expect(decideRestore(lost, marie)).toEqual({ refused: { code: "left-its-feed", params: { day: "2026-11-01" } } });
      expect(decideRestore({ ...lost, withdrawnBy: "paul" }, marie)).toMatchObject({
        change: { kind: "restore", state: { withdrawnAt: null, withdrawnBy: null } },
      });
      expect(decideRestore({ ...lost, status: "deleted" }, marie)).toMatchObject({
        change: { state: { status: "reviewable", withdrawnAt: "2026-11-01" } },
      });
      const watch = { state: "suspended", until: "2027-01-01", reason: null, by: "paul", at: "" } as const;
      expect(decideRestore({ ...aid, watch }, marie)).toMatchObject({ change: { state: { watch: null } } });
    });

    it("two merges planned side by side never merge two aids into each other", async () => {
      const { named } = await harvested("1", "2");
      const planned = async (from: string, into: string) => {
        const [aid, target] = [await curatedAid(catalogue, named(from)), await curatedAid(catalogue, named(into))];
        const { plan } = await planActs(catalogue, marie, { connector: aid.connector, asked: {} }, [[aid]], (one) =>
          decideMerge(one, target, marie),
        );
        return plan?.planId ?? "";
      };
      const [there, back] = [await planned("1", "2"), await planned("2", "1")];
      const application = { token: null, now: marie.now, appliedBy: marie.by };
      await catalogue.plans.apply(there, application);
      await expect(catalogue.plans.apply(back, application)).rejects.toMatchObject({ code: "world-moved", params: { aids: "1" } });
      expect((await curatedAid(catalogue, named("2"))).status).toBe("reviewable");
    });

    it("a merged aid leads to the other one, is never created again, and waits for review when it is split", async () => {
      const { named, ...harvest } = await harvested("1", "2", "3");
      const merge = async (from: string, into: string) => {
        const target = await curatedAid(catalogue, named(into));
        return act(catalogue, named(from), (aid) => decideMerge(aid, target, marie));
      };
      const { aidId } = await harvest.aid("2");
      expect(await merge("1", "1")).toMatchObject({ code: "into-itself" });
      expect(await merge("1", "2")).toBeNull();
      expect(await curatedAid(catalogue, named("1"))).toMatchObject({ status: "merged", mergedInto: aidId });
      const next = await harvest.day([aidOf("1"), aidOf("2"), aidOf("3")], { force: true });
      expect(next.counts).toMatchObject({ created: 0, ignored: 1, unchanged: 2 });

      expect(await merge("1", "3")).toEqual({ code: "is-merged", params: { into: aidId } });
      expect(await merge("2", "1")).toMatchObject({ code: "into-its-own" });
      expect(await merge("3", "1")).toEqual({ code: "into-merged", params: { into: aidId } });
      await act(catalogue, named("3"), (aid) => decideReject(aid, marie));
      expect(await merge("2", "3")).toMatchObject({ code: "into-rejected" });

      const split = () => act(catalogue, named("1"), (aid) => decideSplit(aid, marie));
      expect(await split()).toBeNull();
      expect(await curatedAid(catalogue, named("1"))).toMatchObject({ status: "reviewable", mergedInto: null });
      expect(await split()).toMatchObject({ code: "not-merged" });
    });

    it("every aid is planned or refused with a reason; the plan waits, and an empty plan is not stored", async () => {
      const { named, ...harvest } = await harvested("1", "2", "3");
      await publish(catalogue, named("1"));
      await act(catalogue, named("2"), (aid) => decideReject(aid, marie));
      const values = { keywords: ["eau"] };
      const editing = () =>
        planActs(catalogue, marie, { connector: null, asked: {} }, catalogue.aids.curated({ connector: harvest.connector }), (aid) =>
          decideEdit(aid, { values, withdrawn: [] }, marie),
        );
      const planned = await editing();
      expect([planned.looked, planned.plan?.kinds, planned.first.map(({ title }) => title)]).toEqual([
        3,
        { edit: 2 },
        ["Aide 1", "Aide 3"],
      ]);
      expect(planned.refused).toEqual([{ aid: `${harvest.connector}/2`, code: "is-rejected", params: {} }]);
      expect((await harvest.aid("1")).keywords).toEqual([]);
      await catalogue.plans.apply(planned.plan?.planId ?? "", { token: null, now: marie.now, appliedBy: "paul" });
      expect((await harvest.aid("3")).keywords).toEqual(["eau"]);
      const [last] = (await catalogue.history.list((await harvest.aid("3")).aidId)).slice(-1);
      expect(last).toMatchObject({ kind: "edit", by: "paul", note: marie.note });
      expect(await editing()).toMatchObject({ plan: null, looked: 3, refused: [{}, {}, {}] });
    });

    it("aids are selected by shown values: organisations and territories by name, territories by code", async () => {
      const { named, ...harvest } = await harvested("1", "2");
      await edit(catalogue, named("1"), {
        financers: [{ name: "Région Exemple", siren: null }],
        perimeters: [{ scale: "department", code: "26", name: "Drôme" }],
      });
      const found = async (field: "financers" | "perimeters" | "name", value: string) =>
        (await flattened(catalogue.aids.curated({ connector: harvest.connector, where: { field, value } }))).map(
          ({ externalId }) => externalId,
        );
      expect(await found("financers", "Région Exemple")).toEqual(["1"]);
      expect(await found("perimeters", "Drôme")).toEqual(["1"]);
      expect(await found("perimeters", "department:26")).toEqual(["1"]);
      expect(await found("perimeters", "region:26")).toEqual([]);
      expect(await found("name", "Aide 2")).toEqual(["2"]);
    });
  });
}
