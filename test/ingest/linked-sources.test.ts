import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ForgettingServices, forgetPeople } from "../../src/catalogue/forgetting/forget-people.ts";
import { decideSource } from "../../src/curation/decide-source.ts";
import { decideSplit } from "../../src/curation/decide-status.ts";
import { applyActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { readPerson } from "../../src/privacy/person.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { act, answer, curatedAid, edit, marie, publish } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";

const lien = (subject: string) => `https://region.exemple.fr/aides/${subject}`;
const bridge = {
  titre: "Restaurer les ponts anciens",
  lien: lien("ponts"),
  fin: "2027-03-31",
  texte: "Pour les ponts de pierre.",
  rythme: "Ponctuelle",
  publics: ["Communes"],
};
const hedge = { titre: "Planter des haies bocagères", lien: lien("haies"), fin: "2027-05-12" };
const link = { link: true } as const;
const aggregator: ConnectorInput["publisher"] = {
  name: "Agrégateur d’exemple",
  kind: "aggregator",
  territory: { scale: "country", code: "FRA" },
  website: "https://agregateur.exemple.fr",
  licence: "openlicence20",
};

describe.skipIf(testDatabase.skipped)("an aid that two connectors bring", () => {
  let catalogue: TestCatalogue;
  let number = 0;
  let ids = { portal: "", region: "" };
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  beforeEach(() => {
    number++;
    ids = { portal: `portail-${number}`, region: `region-${number}` };
  });
  afterAll(() => catalogue?.close());

  const titled = <Aid extends { titre: string; lien: string }>(aid: Aid) => ({
    ...aid,
    titre: `${aid.titre} du canton ${number}`,
    lien: `${aid.lien}-${number}`,
  });
  const portalOf = (changes: Partial<ConnectorInput> = {}) =>
    newHarvest(catalogue, { id: ids.portal, publisher: aggregator, guards: guardsOff, otherSources: link, ...changes });
  const regionOf = (changes: Partial<ConnectorInput> = {}) =>
    newHarvest(catalogue, { id: ids.region, guards: guardsOff, otherSources: link, ...changes });
  const head = () => curatedAid(catalogue, { connector: ids.portal, externalId: "p1" });
  const undo = async (planId: string | null) => {
    const plan = planId === null ? null : await catalogue.plans.find(planId);
    if (plan === null) throw new Error("no plan");
    const made = await undoRun(catalogue, marie, plan);
    if ("refused" in made) throw new Error(made.refused.code);
    await applyActs(catalogue, made.planId, marie, false);
  };

  it("is linked if both connectors allow it: the older aid stays, and the report says so", async () => {
    await (await portalOf()).day([{ ...titled(bridge), id: "p1" }]);
    const report = await (await regionOf()).day([
      { ...titled(bridge), id: "r1" },
      { ...titled(hedge), id: "r2" },
    ]);
    expect(report.counts).toMatchObject({ created: 2, linked: 1 });
    expect(report.remarks).toEqual({ "linked-elsewhere": 1 });
    const older = await head();
    expect(await curatedAid(catalogue, { mergedInto: older.aidId })).toMatchObject({ connector: ids.region, externalId: "r1" });
    expect(await curatedAid(catalogue, { connector: ids.region, externalId: "r2" })).toMatchObject({ status: "reviewable" });
  });

  it("is not linked if one of them does not allow it", async () => {
    await (await portalOf({ otherSources: { link: false } })).day([{ ...titled(bridge), id: "p1" }]);
    const report = await (await regionOf()).day([{ ...titled(bridge), id: "r1" }]);
    expect(report.remarks).toEqual({ "known-elsewhere": 1 });
    expect(report.counts.linked).toBeUndefined();
    expect(await curatedAid(catalogue, { connector: ids.region, externalId: "r1" })).toMatchObject({
      status: "reviewable",
      mergedInto: null,
    });
  });

  it("is linked to neither of two new records that are certainly the same", async () => {
    const texte = `Le canton ${number} aide les communes qui restaurent un pont ancien, sur la base d’un devis et d’une visite de ses services.`;
    await (await portalOf()).day([{ ...titled(bridge), id: "p1", texte }]);
    const report = await (await regionOf()).day([
      { ...titled(bridge), id: "r1", texte: "Voir le site." },
      { ...titled(hedge), id: "r2", texte, fin: bridge.fin },
    ]);
    expect(report.remarks).toEqual({ "known-elsewhere": 2 });
    expect(report.counts.linked).toBeUndefined();
  });

  it("shows the publisher's values rather than the aggregator's, and the aggregator's where the publisher says nothing", async () => {
    const portal = await portalOf();
    await portal.day([{ ...titled(bridge), id: "p1", fin: "2027-01-04" }]);
    const { texte: _, ...withoutText } = titled(bridge);
    const region = await regionOf();
    const report = await region.day([{ ...withoutText, id: "r1", motsCles: ["pont"] }]);
    expect(report.counts).toMatchObject({ linked: 1 });
    const shown = await portal.aid("p1");
    expect(shown).toMatchObject({ submissionDeadline: "2027-03-31", keywords: ["pont"] });
    expect(shown.description).toContain("ponts de pierre");

    // Both feeds change. The aggregator's date is stored, and not shown.
    await portal.day([{ ...titled(bridge), id: "p1", fin: "2027-02-04", motsCles: ["pierre"] }]);
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-03-31", keywords: ["pont"] });
    await region.day([{ ...withoutText, id: "r1", fin: "2027-06-30", motsCles: ["pont"] }]);
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-06-30" });
    const { aidId, revision, contradictions } = await head();
    expect(contradictions).toEqual([
      {
        field: "submissionDeadline",
        one: { connector: ids.portal, value: "2027-02-04" },
        other: { connector: ids.region, value: "2027-06-30" },
        isSwapped: false,
      },
    ]);
    const history = await catalogue.history.list(aidId);
    expect(history.map(({ kind }) => kind)).toEqual(["create", "combine", "update", "combine"]);
    expect(history.at(-1)?.revision).toBe(revision);
  });

  it("shows its own values again after the undo of the other source's run, or a split", async () => {
    const portal = await portalOf();
    await portal.day([{ ...titled(bridge), id: "p1", fin: "2027-01-04" }]);
    const before = await portal.exported();
    const region = await regionOf();
    const first = await region.day([{ ...titled(bridge), id: "r1" }]);
    const second = await region.day([{ ...titled(bridge), id: "r1", fin: "2027-06-30" }]);
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-06-30" });
    await undo(second.planId);
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-03-31" });
    await undo(first.planId);
    expect(await portal.exported()).toBe(before);
    expect((await head()).contradictions).toBeUndefined();

    await region.day([{ ...titled(bridge), id: "r1" }]);
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-03-31" });
    expect(await act(catalogue, { connector: ids.region, externalId: "r1" }, (aid) => decideSplit(aid, marie))).toBeNull();
    expect(await portal.exported()).toBe(before);
  });

  it("reverts a run of its own feed although another source rules the field", async () => {
    const portal = await portalOf();
    await portal.day([{ ...titled(bridge), id: "p1", fin: "2027-01-04" }]);
    await (await regionOf()).day([{ ...titled(bridge), id: "r1", motsCles: ["pont"] }]);
    const changed = await portal.day([{ ...titled(bridge), id: "p1", fin: "2027-02-04" }]);
    expect(await head()).toMatchObject({ imported: { keywords: ["pont"] }, own: { submissionDeadline: "2027-02-04", keywords: [] } });
    await undo(changed.planId);
    expect(await head()).toMatchObject({ imported: { submissionDeadline: "2027-03-31" }, own: { submissionDeadline: "2027-01-04" } });
  });

  it("takes a reviewed field of a published aid only after a curator has accepted it", async () => {
    const portal = await portalOf();
    await portal.day([{ ...titled(bridge), id: "p1" }]);
    const region = await regionOf();
    await region.day([{ ...titled(bridge), id: "r1", texte: "Pour les ponts de bois." }]);
    expect((await portal.aid("p1")).description).toContain("bois");
    await publish(catalogue, { connector: ids.portal, externalId: "p1" });
    await region.day([{ ...titled(bridge), id: "r1", texte: "Pour les ponts de fer.", fin: "2027-08-31" }]);
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-08-31" });
    expect((await portal.aid("p1")).description).toContain("bois");
    expect(Object.keys((await head()).proposals)).toEqual(["description"]);
    expect(await answer(catalogue, { connector: ids.portal, externalId: "p1" }, "accept")).toBeNull();
    expect((await portal.aid("p1")).description).toContain("fer");
  });

  it("shows the source that a person chooses for a field, and a person's edit above all", async () => {
    const portal = await portalOf();
    await portal.day([{ ...titled(bridge), id: "p1", fin: "2027-01-04" }]);
    const region = await regionOf();
    await region.day([{ ...titled(bridge), id: "r1" }]);
    const { aidId } = await head();
    const choose = (connector: string | null) =>
      act(catalogue, { aidId }, (aid) =>
        decideSource(aid, { field: "submissionDeadline", connector, connectors: [ids.portal, ids.region] }, marie),
      );
    expect(await choose(ids.portal)).toBeNull();
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-01-04" });
    expect(await choose("nobody")).toMatchObject({ code: "not-a-source" });
    await edit(catalogue, { aidId }, { submissionDeadline: "2027-12-24" });
    await region.day([{ ...titled(bridge), id: "r1", fin: "2027-07-14" }]);
    expect(await choose(null)).toBeNull();
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-12-24" });
    await edit(catalogue, { aidId }, {}, ["submissionDeadline"]);
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-07-14" });
  });

  it("shows its own values again once the other source has left its feed", async () => {
    const portal = await portalOf();
    await portal.day([{ ...titled(bridge), id: "p1", fin: "2027-01-04" }]);
    const region = await regionOf({ absence: { runs: 1, days: 0 } });
    await region.day([
      { ...titled(bridge), id: "r1" },
      { ...titled(hedge), id: "r2" },
    ]);
    await region.day([{ ...titled(hedge), id: "r2" }]);
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-01-04", withdrawnAt: null });
  });

  it("is reported if a changed feed contradicts the other source, linked or not, and held if day and month are swapped", async () => {
    const subjects = [
      "toitures",
      "vergers",
      "puits",
      "moulins",
      "lavoirs",
      "ruchers",
      "serres",
      "quais",
      "halles",
      "fours",
      "digues",
      "phares",
    ];
    const months = subjects.map((_, place) => String(place + 1).padStart(2, "0"));
    const feed = (prefix: string, of: (month: string, day: string) => string, isLinked: boolean) =>
      subjects.map((subject, place) => {
        const days = of(months[place] ?? "", months[(place + 3) % 12] ?? "");
        const titre = `${isLinked ? "Financer" : "Acheter"} des ${subject} communaux`;
        return { id: `${prefix}${place}`, titre, lien: lien(`${subject}-${isLinked}`), debut: days, fin: `2027${days.slice(4)}` };
      });
    const right = (month: string, day: string) => `2026-${month}-${day}`;
    const wrong = (month: string, day: string) => `2026-${day}-${month}`;
    for (const isLinked of [true, false]) {
      const [portal, region] = [await portalOf({ otherSources: { link: isLinked } }), await regionOf()];
      await portal.day(feed("p", right, isLinked));
      const first = await region.day(feed("r", right, isLinked));
      expect(first.counts.linked ?? 0).toBe(isLinked ? 12 : 0);
      const moved = feed("r", right, isLinked);
      // The matcher takes a date that is further away for another edition, unless the aids are linked.
      const fin = isLinked ? "2027-09-30" : "2027-02-20";
      const one = await region.day([{ ...moved[0], fin }, ...moved.slice(1)]);
      expect(one.warnings.map(({ code, found, params }) => [code, found, params?.of])).toEqual([["sources-contradict", 1, 1]]);
      expect(one.remarks).toEqual({ "contradicts-elsewhere": 1 });
      const swapped = await region.day(feed("r", wrong, isLinked));
      expect(swapped.guards.map(({ code, found }) => [code, found])).toContainEqual(["dates-swapped-elsewhere", 12]);
      number++;
      ids = { portal: `portail-${number}`, region: `region-${number}` };
    }
  });

  it("keeps no person that was forgotten in a value of another source", async () => {
    const portal = await portalOf();
    await portal.day([{ ...titled(bridge), id: "p1" }]);
    const region = await regionOf();
    await region.day([{ ...titled(bridge), id: "r1", texte: "Écrire à Solveig Tartempion." }]);
    expect((await portal.aid("p1")).description).toContain("Tartempion");
    const who = readPerson("Solveig Tartempion");
    if (who === null) throw new Error("nobody");
    const people = { by: "marie", now: marie.now, note: "erased" };
    const reader = {
      contents: async function* (part: { open(): AsyncIterable<Uint8Array> }) {
        yield part.open();
      },
      records: () => null,
    };
    await forgetPeople([who], { catalogue, key: "a key of the tests", reader } as ForgettingServices, people);
    expect((await portal.aid("p1")).description).toBe("<p>Écrire à [effacé].</p>");
    const everything =
      await catalogue.store.rows(sql`select to_jsonb(aids) as row from aids union all select to_jsonb(contents) from contents
      union all select to_jsonb(aid_history) from aid_history`);
    expect(JSON.stringify(everything)).not.toContain("Tartempion");
  });

  it("shows the values of the source that still brings it, a week after it has left its own feed", async () => {
    const portal = await portalOf({ publisher: { ...aggregator, kind: "region" }, absence: { runs: 1, days: 0 } });
    await portal.day([
      { ...titled(bridge), id: "p1" },
      { ...titled(hedge), id: "p2" },
    ]);
    const region = await regionOf();
    await region.day([{ ...titled(bridge), id: "r1" }]);
    await portal.day([{ ...titled(hedge), id: "p2" }]);
    const on = (days: number) => ({
      clock: { now: () => new Date(marie.now.getTime() + days * 86_400_000), fixed: null, elapsed: () => 0 },
    });
    await region.day([{ ...titled(bridge), id: "r1", fin: "2027-04-30" }], {}, on(3));
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-03-31", withdrawnAt: null });
    await region.day([{ ...titled(bridge), id: "r1", fin: "2027-05-31" }], {}, on(8));
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-05-31", withdrawnAt: null });
    // It returns to its own feed.
    await portal.day(
      [
        { ...titled(bridge), id: "p1" },
        { ...titled(hedge), id: "p2", fin: "2027-06-12" },
      ],
      {},
      on(9),
    );
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-03-31" });
  });

  it("follows a new declaration of its connectors from the next applied plan on", async () => {
    const portal = await portalOf({ publisher: { ...aggregator, kind: "region" } });
    await portal.day([{ ...titled(bridge), id: "p1", fin: "2027-01-04" }]);
    const region = await regionOf();
    await region.day([{ ...titled(bridge), id: "r1" }]);
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-01-04" });
    const file = `connectors/${region.connector}.json`;
    const definition = JSON.parse(await readFile(`${region.folder}/${file}`, "utf8"));
    const rules = { [ids.portal]: ["submissionDeadline"] };
    await region.write(file, JSON.stringify({ ...definition, otherSources: { link: true, rules } }));
    await region.day([
      { ...titled(bridge), id: "r1" },
      { ...titled(hedge), id: "r2" },
    ]);
    expect(await portal.aid("p1")).toMatchObject({ submissionDeadline: "2027-03-31" });
  });
});
