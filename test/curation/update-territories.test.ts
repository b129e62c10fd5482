import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { applyActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { updateTerritories } from "../../src/curation/update-territories.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { perimeters } from "../../src/kit/rules/perimeters.ts";
import { editionName, useEdition } from "../../src/model/territories/edition.ts";
import type { Replacements } from "../../src/model/territories/editions/compare-editions.ts";
import type { PerimeterScale } from "../../src/model/territories/perimeter.ts";
import { packageVersion } from "../../src/model/territories/read-decoupage.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { curatedAid, edit } from "../support/curate.ts";
import { guardsOff, type Harvest, newHarvest } from "../support/harvest.ts";
import { flattened, testNow } from "../support/made-aids.ts";
import { inventedLists } from "../support/territory-editions.ts";

const marie = { by: "marie", now: testNow };
/** Aouste joins Crest, Dommartin leaves Bâgé-Dommartin, and the EPCI of Crest is divided. */
const lists = inventedLists({
  merged: { "26011": "26108" },
  renamed: { "26108": "Crest-Aouste" },
  independent: { "01144": { from: "01025", name: "Dommartin" } },
  dissolved: ["200040509"],
  founded: {
    "200999991": { name: "CC de Crest", members: ["26108", "26183", "26234", "26368", "26019", "26122", "26015"] },
    "200999992": { name: "CC de Saillans", members: ["26289", "26328", "26080", "26296", "26090", "26266"] },
  },
});
const next = { name: "7.0.0", lists };
const feed = [
  { id: "aouste", titre: "Aide aux commerces d'Aouste", ou: "Aouste-sur-Sye" },
  { id: "crest", titre: "Aide aux arbres de Crest", ou: "Crest" },
  { id: "crestois", titre: "Aide au vélo du Crestois", ou: "CC du Crestois et de Pays de Saillans Coeur de Drôme" },
  { id: "bage", titre: "Aide aux haies de Bâgé", ou: "Bâgé-Dommartin" },
  { id: "drome", titre: "Aide aux ponts de la Drôme", ou: "Drôme" },
];
const where = { perimeters: perimeters("ou", { written: "name", scales: ["commune", "epci", "department"] }) };

describe.each(testedDatabases)("a new edition of the territories, $title", ({ skipped, ...database }) => {
  let catalogue: TestCatalogue;
  let harvest: Harvest;
  beforeAll(async () => {
    if (!skipped) catalogue = await newCatalogue({ skipped, ...database });
  });
  beforeEach(async (context) => {
    if (skipped) context.skip();
    harvest = await newHarvest(catalogue, { fields: where as ConnectorInput["fields"], guards: guardsOff });
    await harvest.day(feed);
  });
  afterAll(async () => {
    useEdition(null);
    await catalogue?.drop();
  });

  const update = (decided?: Replacements) => updateTerritories(catalogue, marie, next, decided === undefined ? {} : { decided });
  const territoriesOf = async (id: string) => (await harvest.aid(id)).perimeters.map(({ scale, code, name }) => `${scale}:${code} ${name}`);
  /** Returns the ids of this connector's aids that apply in a territory, by the search of the console. */
  async function foundIn(key: string): Promise<string[]> {
    const [scale, code = ""] = key.split(":");
    await catalogue.search.bringIn({ whole: true });
    const filter = { connectors: [harvest.connector], territories: [{ scale: scale as PerimeterScale, code }] };
    const found = await catalogue.search.list(filter, { limit: 50, offset: 0 });
    return found.map(({ externalId }) => externalId).sort();
  }
  async function applied(decided?: Replacements) {
    const { plan, changes } = await update(decided);
    if (plan === null) throw new Error("no plan");
    await applyActs(catalogue, plan.planId, marie, false);
    await catalogue.territoryEditions.refresh();
    return { plan, changes };
  }
  async function undone(planId: string) {
    const undo = await undoRun(
      catalogue,
      marie,
      (await catalogue.plans.find(planId)) as NonNullable<Awaited<ReturnType<typeof catalogue.plans.find>>>,
    );
    if ("refused" in undo) throw new Error(JSON.stringify(undo.refused));
    await applyActs(catalogue, undo.planId, marie, true);
    await catalogue.territoryEditions.refresh();
  }

  it("changes nothing until its plan is applied, and says which aids and territories it concerns", async () => {
    const { plan, changes } = await update();
    expect(editionName()).toBe(packageVersion());
    expect(await territoriesOf("aouste")).toEqual(["commune:26011 Aouste-sur-Sye"]);
    const ours = await flattened(catalogue.plans.changes(plan?.planId ?? ""));
    expect(
      ours
        .map(({ externalId }) => externalId)
        .filter((id) => feed.some((record) => record.id === id))
        .sort(),
    ).toEqual(expect.arrayContaining(["aouste", "crest", "crestois"]));
    const kindOf = (key: string) =>
      changes.filter(({ territory }) => `${territory.scale}:${territory.code}` === key).map(({ kind }) => kind);
    expect(kindOf("commune:26011")).toEqual(["replaced"]);
    expect(kindOf("commune:26108")).toEqual(["renamed"]);
    expect(kindOf("epci:200040509")).toEqual(["divided"]);
    expect(await catalogue.plans.countRemarks(plan?.planId ?? "")).toEqual({ "territory-changed": expect.any(Number) });
    await catalogue.plans.close(plan?.planId ?? "", "discarded", { now: testNow, by: "marie" });
  });

  it("writes the new territories, and finds each aid by its old and new codes", async () => {
    const { plan } = await applied();
    expect(editionName()).toBe("7.0.0");
    expect(await territoriesOf("aouste")).toEqual(["commune:26108 Crest-Aouste"]);
    expect(await territoriesOf("crestois")).toEqual(["epci:200999991 CC de Crest", "epci:200999992 CC de Saillans"]);
    expect(await territoriesOf("drome")).toEqual(["department:26 Drôme"]);
    for (const code of ["26011", "26108"]) expect(await foundIn(`commune:${code}`)).toEqual(["aouste", "crest", "crestois", "drome"]);
    for (const code of ["200040509", "200999991", "200999992"]) expect(await foundIn(`epci:${code}`)).toEqual(["crestois", "drome"]);
    expect(await foundIn("commune:26289")).toEqual(["crestois", "drome"]);
    await undone(plan.planId);
  });

  it("leaves nothing to the next run, which reads the old names and codes with the new edition", async () => {
    const { plan } = await applied();
    const report = await harvest.day(feed);
    expect(report.counts).toMatchObject({ received: 5, updated: 0, proposals: 0, unchanged: 5 });
    const renamed = await harvest.day(feed.map((record) => (record.id === "aouste" ? { ...record, ou: "Crest-Aouste" } : record)));
    expect(renamed.counts).toMatchObject({ updated: 0, unchanged: 5 });
    await undone(plan.planId);
  });

  it("is undone: the edition before is in use, with its names and codes", async () => {
    const { plan } = await applied();
    await undone(plan.planId);
    expect(editionName()).toBe(packageVersion());
    expect(await territoriesOf("aouste")).toEqual(["commune:26011 Aouste-sur-Sye"]);
    expect(await territoriesOf("crestois")).toEqual(["epci:200040509 CC du Crestois et de Pays de Saillans Coeur de Drôme"]);
    expect(await foundIn("commune:26108")).toEqual(["crest", "crestois", "drome"]);
    expect((await harvest.day(feed)).counts).toMatchObject({ updated: 0, unchanged: 5 });
  });

  it("finds the aids of a plan that was applied in part, also those that still have the old codes", async () => {
    const { plan } = await update();
    const id = plan?.planId ?? "";
    const crest = await harvest.aid("crest");
    await catalogue.plans.apply(id, { token: null, now: testNow, appliedBy: "marie", part: { aids: [crest.aidId] } });
    await catalogue.territoryEditions.refresh();
    expect(editionName()).toBe("7.0.0");
    expect(await territoriesOf("crestois")).toEqual(["epci:200040509 CC du Crestois et de Pays de Saillans Coeur de Drôme"]);
    for (const code of ["200040509", "200999991", "200999992"]) expect(await foundIn(`epci:${code}`)).toEqual(["crestois", "drome"]);
    for (const code of ["26011", "26108"]) expect(await foundIn(`commune:${code}`)).toEqual(["aouste", "crest", "crestois", "drome"]);
    await undone(id);
  });

  it("takes a person's decision about a territory that is gone", async () => {
    const decided = new Map([["epci:200040509", [{ scale: "epci", code: "200999991" } as const]]]);
    const { plan } = await applied(decided);
    expect(await territoriesOf("crestois")).toEqual(["epci:200999991 CC de Crest"]);
    expect((await harvest.day(feed)).counts).toMatchObject({ updated: 0, unchanged: 5 });
    await undone(plan.planId);
  });

  it("translates a curator's value, and keeps it an edit", async () => {
    const drome = { connector: harvest.connector, externalId: "drome" };
    await edit(catalogue, drome, { perimeters: [{ scale: "commune", code: "26011", name: "Aouste-sur-Sye" }] });
    const { plan } = await applied();
    const aid = await curatedAid(catalogue, drome);
    expect(aid.imported.perimeters.map(({ code }) => code)).toEqual(["26"]);
    expect(aid.edits.perimeters?.value).toEqual([{ scale: "commune", code: "26108", name: "Crest-Aouste" }]);
    await undone(plan.planId);
  });

  it("adds a commune that has become independent to the aids of before, as an edit", async () => {
    const bage = { connector: harvest.connector, externalId: "bage" };
    const { plan } = await applied();
    expect(await territoriesOf("bage")).toEqual(["commune:01025 Bâgé-Dommartin", "commune:01144 Dommartin"]);
    expect((await curatedAid(catalogue, bage)).imported.perimeters.map(({ code }) => code)).toEqual(["01025"]);
    for (const code of ["01025", "01144"]) expect(await foundIn(`commune:${code}`)).toEqual(["bage"]);
    await harvest.day([...feed, { id: "new", titre: "Aide nouvelle de Bâgé", ou: "Bâgé-Dommartin" }]);
    expect(await foundIn("commune:01144")).toEqual(["bage"]);
    await undone(plan.planId);
    expect(await territoriesOf("bage")).toEqual(["commune:01025 Bâgé-Dommartin"]);
  });

  it("closes an earlier plan that waits, and makes none for the edition in use", async () => {
    const first = await update();
    const { plan } = await applied();
    expect((await catalogue.plans.find(first.plan?.planId ?? ""))?.state).toBe("overtaken");
    expect(await update()).toMatchObject({ plan: null, isInUse: true });
    await undone(plan.planId);
  });
});
