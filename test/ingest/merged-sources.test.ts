import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideMerge, decideSplit } from "../../src/curation/decide-status.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { act, curatedAid, marie } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";

const bridge = { id: "pont", titre: "Restaurer les ponts anciens", fin: "2027-03-31" };
const hedge = { id: "haie", titre: "Planter des haies bocagères" };

describe.skipIf(testDatabase.skipped)("an aid merged into one of another connector", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue?.close());

  it("is a further source: it follows its feed, and the other aid is not withdrawn while it is there", async () => {
    const changes = { guards: guardsOff, absence: { runs: 1, days: 0 } };
    const region = await newHarvest(catalogue, { id: "region-pont", ...changes });
    const aggregator = await newHarvest(catalogue, { id: "agregateur-pont", ...changes });
    await region.day([bridge, hedge]);
    await aggregator.day([
      { ...bridge, id: "p1" },
      { ...hedge, id: "h1" },
    ]);
    const into = await curatedAid(catalogue, { connector: "region-pont", externalId: "pont" });
    const merged = { connector: "agregateur-pont", externalId: "p1" };
    expect(await act(catalogue, merged, (aid) => decideMerge(aid, into, marie))).toBeNull();

    const follows = await aggregator.day([
      { ...bridge, id: "p1", fin: "2027-05-31" },
      { ...hedge, id: "h1" },
    ]);
    expect(follows.counts).toMatchObject({ created: 0, updated: 1, unchanged: 1, ignored: 0 });
    const source = await curatedAid(catalogue, { mergedInto: into.aidId });
    expect(source).toMatchObject({ externalId: "p1", status: "merged", imported: { submissionDeadline: "2027-05-31" } });

    // The region's feed loses both. Its hedge was not merged, and is withdrawn.
    const lost = await region.day([{ id: "mur", titre: "Relever les murs en pierre sèche" }]);
    expect(lost.counts).toMatchObject({ missing: 2, withdrawn: 1 });
    expect((await curatedAid(catalogue, { aidId: into.aidId })).withdrawnAt).toBeNull();

    await aggregator.day([{ ...hedge, id: "h1" }]);
    expect(await curatedAid(catalogue, merged)).toMatchObject({ status: "merged", withdrawnAt: "2026-11-25" });
    const later = await region.day([{ id: "mur", titre: "Relever les murs en pierre sèche" }]);
    expect(later.counts).toMatchObject({ withdrawn: 1 });
    expect((await curatedAid(catalogue, { aidId: into.aidId })).withdrawnAt).not.toBeNull();
  });

  it("is an aid of its own again after a split, with the values of its feed", async () => {
    const merged = { connector: "agregateur-pont", externalId: "p1" };
    expect(await act(catalogue, merged, (aid) => decideSplit(aid, marie))).toBeNull();
    expect(await curatedAid(catalogue, merged)).toMatchObject({ status: "reviewable", imported: { submissionDeadline: "2027-05-31" } });
  });
});
