import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import { guardMessage } from "../../src/cli/english/guards.ts";
import { decideMerge, decideReject } from "../../src/curation/decide-status.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import { date } from "../../src/kit/rules/date.ts";
import { identifier } from "../../src/kit/rules/identifier.ts";
import { text } from "../../src/kit/rules/texts.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { act, answer, curatedAid, edit, marie, publish } from "../support/curate.ts";
import { type Harvest, newHarvest, smallDefinition } from "../support/harvest.ts";
import { flattened } from "../support/made-aids.ts";

const titles = ["Haies bocagères", "Toitures d'école", "Puits communaux", "Vergers partagés", "Fonds de lecture", "Navettes rurales"];

/** A feed of six open calls, as one publisher writes it. */
const feed = titles.map((titre, index) => ({
  id: `${index + 1}`,
  titre,
  texte: `<p>${titre} : la région finance les travaux.</p>`,
  lien: `https://www.region-exemple.fr/aides/${index + 1}`,
  debut: "2026-01-01",
  fin: `2027-0${index + 1}-30`.replace("02-30", "02-28"),
  rythme: "Ponctuelle",
  publics: ["Communes", "EPCI à fiscalité propre"],
  publie: "oui",
  motsCles: ["travaux"],
}));
type FeedRecord = (typeof feed)[number];

/** The feed of another day: every record changed, or the first only. */
const each = (change: (record: FeedRecord) => Record<string, unknown>) => feed.map((record) => ({ ...record, ...change(record) }));
const firstWith = (change: Record<string, unknown>) => feed.map((record, index) => (index === 0 ? { ...record, ...change } : record));
const without = (id: string) => feed.filter((record) => record.id !== id);

let catalogue: TestCatalogue;
beforeAll(async () => {
  catalogue = await newCatalogue(testDatabase);
});
afterAll(() => catalogue.drop());

/** Returns a connector after its first import. */
async function harvested(changes: Partial<ConnectorInput> = {}): Promise<Harvest> {
  const harvest = await newHarvest(catalogue, changes);
  expect(await harvest.day(feed)).toMatchObject({ outcome: "applied", counts: { created: 6 } });
  return harvest;
}

/** The same, with its first aid published. */
async function published(changes: Partial<ConnectorInput> = {}): Promise<Harvest> {
  const harvest = await harvested(changes);
  await publish(catalogue, first(harvest));
  return harvest;
}

const first = ({ connector }: Harvest) => ({ connector, externalId: "1" });

/** Returns the fields of the first aid with a pending proposal. */
async function proposed(harvest: Harvest): Promise<string[]> {
  return Object.keys((await curatedAid(catalogue, first(harvest))).proposals);
}

/** Rewrites the connector, for better or worse. */
async function rewrite(harvest: Harvest, changes: Partial<ConnectorInput>): Promise<void> {
  await harvest.write(`connectors/${harvest.connector}.json`, JSON.stringify(smallDefinition(harvest.connector, changes)));
}

const rules = (fields: Partial<ConnectorInput["fields"]>) => ({ fields: fields as ConnectorInput["fields"] });
const sentences = ({ guards }: RunReport) => guards.map(guardMessage);

function apply({ planId }: RunReport) {
  return catalogue.plans.apply(planId ?? "", { token: null, now: marie.now, appliedBy: "ops", note: "looked at" });
}

async function aidsOf({ connector }: Harvest): Promise<CuratedAid[]> {
  return flattened(catalogue.aids.curated({ connector }));
}

describe("work of curators was lost", () => {
  it("2022-03-28, 56e1023c5, updates overwrote corrected texts: the same feed proposes nothing, and a publisher's new text is a proposal", async () => {
    const harvest = await published();
    await edit(catalogue, first(harvest), { description: "<p>Relu par Marie.</p>" });
    expect(await harvest.day(feed, { force: true })).toMatchObject({ outcome: "unchanged", counts: { proposals: 0 } });
    expect(await proposed(harvest)).toEqual([]);
    const rewritten = firstWith({ texte: "<p>Le taux passe à 60 %.</p>" });
    expect((await harvest.day(rewritten)).counts).toMatchObject({ unchanged: 6, proposals: 1 });
    expect((await harvest.aid("1")).description).toBe("<p>Relu par Marie.</p>");
    expect(await proposed(harvest)).toEqual(["description"]);
    expect((await harvest.day(rewritten, { force: true })).counts).toMatchObject({ unchanged: 6, proposals: 0 });
  });

  it("2023-10-19, 7bd6e9c17, a feed without deadlines erased a deadline entered by hand: the deadline is kept", async () => {
    const harvest = await published();
    await edit(catalogue, first(harvest), { submissionDeadline: "2027-12-31" });
    expect(await harvest.day(firstWith({ fin: "" }))).toMatchObject({ outcome: "unchanged", counts: { proposals: 0 } });
    expect((await harvest.aid("1")).submissionDeadline).toBe("2027-12-31");
  });

  it("2024-06-27, 1612c900 and W-6, every import put a renamed aid in review without a reason: an unchanged name is never proposed", async () => {
    const harvest = await published();
    await edit(catalogue, first(harvest), { name: "Planter des haies" });
    const retitled = firstWith({ titre: "Haies bocagères 2027" });
    await harvest.day(retitled);
    await harvest.day(retitled, { force: true });
    expect(await harvest.aid("1")).toMatchObject({ name: "Planter des haies", nameInitial: "Haies bocagères 2027" });
    expect(await proposed(harvest)).toEqual([]);
  });

  it("2024-06-26, 45428018, texts were compared with the edited text: a text that the publisher has not changed is not a change", async () => {
    const harvest = await published();
    await edit(catalogue, first(harvest), { description: "<p>Court.</p>", keywords: ["haie"] });
    expect((await harvest.day(firstWith({ fin: "2027-02-15" }))).counts).toMatchObject({ updated: 1, proposals: 0 });
    expect(await harvest.aid("1")).toMatchObject({ description: "<p>Court.</p>", keywords: ["haie"], submissionDeadline: "2027-02-15" });
  });

  it("2024-11-19, a0d6e231, a corrected recurrence was overwritten every Sunday: it is kept, with one proposal", async () => {
    const harvest = await published();
    await edit(catalogue, first(harvest), { recurrence: "recurring" });
    const permanent = firstWith({ rythme: "Permanente" });
    expect((await harvest.day(permanent)).counts).toMatchObject({ proposals: 1 });
    await answer(catalogue, first(harvest), "refuse");
    expect((await harvest.day(permanent, { force: true })).counts).toMatchObject({ proposals: 0 });
    expect((await harvest.aid("1")).recurrence).toBe("recurring");
  });

  it("2024-11-19, a0d6e231, permanent aids had dates: dates that the feed still contains are kept, and others are removed", async () => {
    const harvest = await published();
    await harvest.day(firstWith({ rythme: "Permanente" }));
    expect((await harvest.aid("1")).submissionDeadline).toBe("2027-01-30");
    await harvest.day(firstWith({ rythme: "Permanente", debut: "", fin: "" }));
    expect(await harvest.aid("1")).toMatchObject({ startDate: null, submissionDeadline: null });
  });

  it("W-3, an unreadable record deleted a waiting review: the proposal still waits, and the aid is not lost", async () => {
    const harvest = await published();
    await harvest.day(firstWith({ texte: "<p>Le taux passe à 60 %.</p>" }));
    expect(await harvest.day(firstWith({ titre: "" }))).toMatchObject({ counts: { rejected: 1, missing: 0 } });
    expect(await proposed(harvest)).toEqual(["description"]);
  });

  it("G1 §3.1, saving a review accepted every proposal: each proposal is answered separately, and a later version replaces it", async () => {
    const harvest = await published();
    await harvest.day(firstWith({ texte: "<p>60 %</p>", motsCles: ["bocage"] }));
    await answer(catalogue, first(harvest), "accept", ["keywords"]);
    await edit(catalogue, first(harvest), { contact: "<p>Paul</p>" });
    expect(await proposed(harvest)).toEqual(["description"]);
    await harvest.day(firstWith({ texte: "<p>70 %</p>", motsCles: ["bocage"] }));
    await answer(catalogue, first(harvest), "accept");
    expect(await harvest.aid("1")).toMatchObject({ description: "<p>70 %</p>", keywords: ["bocage"] });
  });
});

describe("publishers' changes were lost", () => {
  it("2024-03-11, 7caac72b, dates were lost: dates follow the publisher at once, also in published aids", async () => {
    const harvest = await published();
    expect((await harvest.day(firstWith({ debut: "2026-12-01", fin: "2027-03-31" }))).counts).toMatchObject({ updated: 1, proposals: 0 });
    expect(await harvest.aid("1")).toMatchObject({ startDate: "2026-12-01", submissionDeadline: "2027-03-31" });
  });

  it("2024-03-11, 1d24ca89 and W-8, audiences were only added: a removal is proposed, and accepting it removes the audience", async () => {
    const harvest = await published();
    await harvest.day(firstWith({ publics: ["Communes"] }));
    expect(await proposed(harvest)).toEqual(["targetedAudiences"]);
    await answer(catalogue, first(harvest), "accept");
    expect((await harvest.aid("1")).targetedAudiences).toEqual(["commune"]);
  });

  it("W-7 and 2024-06-10, 1378e6e3, links were removed before the comparison: links follow at once, and history shows both values", async () => {
    const harvest = await published();
    const moved = each(({ lien }) => ({ lien: lien.replace("/aides/", "/aides-et-appels/") }));
    expect(await harvest.day(moved)).toMatchObject({ outcome: "applied", guards: [], counts: { updated: 6 } });
    const history = await catalogue.history.list((await harvest.aid("1")).aidId);
    expect(history.at(-1)?.fields.originUrl).toMatchObject({ last: feed[0]?.lien, incoming: moved[0]?.lien, action: "apply" });
  });

  it("W-9, changes of aids before their first review were invisible: they are applied, or proposed if the deadline is past", async () => {
    const harvest = await published();
    await harvest.day(firstWith({ fin: "2026-11-01" }));
    const texte = "<p>Le taux passe à 60 %.</p>";
    expect((await harvest.day(each(({ id }) => ({ texte, ...(id === "1" && { fin: "2026-11-01" }) })))).counts).toMatchObject({
      updated: 5,
      proposals: 1,
    });
    expect((await harvest.aid("2")).description).toBe(texte);
    expect(await proposed(harvest)).toEqual(["description"]);
  });

  it("4.3, an integrity error was mistaken for an update: an id of two publishers gives two aids, and each follows its own feed", async () => {
    const [one, other] = [await harvested(), await harvested()];
    const before = await other.rows();
    expect((await one.day(firstWith({ titre: "Haies et talus" }))).counts).toMatchObject({ updated: 1 });
    expect(await other.rows()).toEqual(before);
    expect((await one.aid("1")).aidId).not.toBe((await other.aid("1")).aidId);
  });
});

describe("good values were overwritten", () => {
  it("W-10, 2024-05-31, 3c5872bc and 2024-11-04, 6ca71bd5, unreadable values became null: they are issues, and the stored value is kept", async () => {
    const harvest = await published();
    const before = await harvest.exported();
    const report = await harvest.day(
      firstWith({ debut: "au printemps", fin: "2027-02-30", lien: "voir notre site", texte: " ", publics: [] }),
    );
    expect(report).toMatchObject({ outcome: "unchanged", counts: { proposals: 0 } });
    expect(report.issues.map(({ code }) => code).sort()).toEqual(["impossible-date", "text-for-date", "unreadable-url"]);
    expect(await harvest.exported()).toBe(before);
  });

  it("2022-10-24, 537b453e9, fields that the feed no longer has erased values: the values are kept", async () => {
    const harvest = await published();
    const before = await harvest.exported();
    await harvest.day(feed.map(({ motsCles: _, debut: __, publics: ___, ...record }) => record));
    expect(await harvest.exported()).toBe(before);
  });

  it("2024-03-08, 89457c2b, the deadline was read from a wrong key: every stored deadline is kept, and the plan is held", async () => {
    const harvest = await harvested();
    await rewrite(harvest, rules({ submissionDeadline: date("date_fin", ["iso"]) }));
    const report = await harvest.day(feed);
    expect(sentences(report)).toEqual(["submissionDeadline: 6 of 6 are empty; on 2026-11-25, 0 of 6 were, for example 1, 2, 3"]);
    await apply(report);
    expect((await harvest.aid("1")).submissionDeadline).toBe("2027-01-30");
  });

  it("2024-02-27, 7b807fe0 and 2024-03-08, 89457c2b, missing dates were read as today and every aid expired: the plan is held", async () => {
    const harvest = await harvested();
    const before = await harvest.exported();
    const report = await harvest.day(each(() => ({ fin: "2026-11-25" })));
    expect(sentences(report)).toEqual(["all 6 deadlines of the feed are past; it closes 6 aids that were open, for example 1, 2, 3"]);
    expect(await harvest.exported()).toBe(before);
  });

  it("2023-03-10, 34e631324, dates moved from d/m/Y to ISO and back: the same day in another format is not a change", async () => {
    const harvest = await harvested();
    await rewrite(
      harvest,
      rules({ submissionDeadline: date("fin", ["iso", "dd/MM/yyyy"]), startDate: date("debut", ["iso", "dd/MM/yyyy"]) }),
    );
    const french = (day: string) => day.split("-").reverse().join("/");
    const report = await harvest.day(each(({ debut, fin }) => ({ debut: french(debut), fin: french(fin) })));
    expect(report).toMatchObject({ outcome: "unchanged", issues: [] });
  });

  it("2024-10-10, c9cebc18, a stricter format turned dates into null: the plan is held with the field and both numbers", async () => {
    const harvest = await harvested();
    await rewrite(harvest, rules({ submissionDeadline: date("fin", ["dd/MM/yyyy"]) }));
    const report = await harvest.day(feed);
    expect(report).toMatchObject({ outcome: "held", guards: [{ code: "field-emptied", field: "submissionDeadline", found: 6 }] });
    expect(report.issues).toMatchObject([{ code: "unreadable-date", count: 6 }]);
  });

  it("2020-07-31, 6a8fc9f75 and 2021-02-25, 49d252bce, the pages of Occitanie and Nouvelle-Aquitaine changed and all texts were lost: the plan is held", async () => {
    const harvest = await published();
    const before = await harvest.exported();
    const report = await harvest.day(feed.map(({ texte: _, ...record }) => record));
    expect(report.outcome).toBe("held");
    expect(sentences(report)).toEqual([
      '"texte" is missing from the feed, which filled it in 6 of 6 records; the connector makes description of it',
      "description: 6 of 6 are empty; on 2026-11-25, 0 of 6 were, for example 1, 2, 3",
    ]);
    expect(await harvest.exported()).toBe(before);
  });

  it("2022-10-31, 217628de8, DREAL's domain was squatted: the plan is held if all links lead to a new host", async () => {
    const harvest = await published();
    const report = await harvest.day(each(({ id }) => ({ lien: `https://casino.example/${id}` })));
    expect(sentences(report)).toEqual([
      "6 of 6 aids link to a host that this publisher never had (100 %; 20 % holds), for example " +
        "1: region-exemple.fr -> casino.example, 2: region-exemple.fr -> casino.example, 3: region-exemple.fr -> casino.example",
    ]);
    expect((await harvest.aid("1")).originUrl).toBe(feed[0]?.lien);
  });
});

describe("every aid was duplicated", () => {
  /** Expects that a feed under new ids is held with this reason, and that applying it keeps each aid. */
  async function expectRecognised(harvest: Harvest, records: readonly unknown[], newId: string): Promise<void> {
    await edit(catalogue, first(harvest), { name: "Planter des haies" });
    const before = await aidsOf(harvest);
    const report = await harvest.day(records);
    expect(report).toMatchObject({ outcome: "held", counts: { created: 0, updated: 6, missing: 0 }, remarks: { "re-identified": 6 } });
    expect(sentences(report)[0]).toContain("6 of 6 aids have identifiers that we do not know (100 %; 30 % holds); 6 of them are known");
    await apply(report);
    const after = await aidsOf(harvest);
    expect(after.map(({ aidId }) => aidId).sort()).toEqual(before.map(({ aidId }) => aidId).sort());
    expect(await harvest.aid(newId)).toMatchObject({ status: "published", name: "Planter des haies" });
    expect(await harvest.day(records, { force: true })).toMatchObject({ outcome: "unchanged", counts: { missing: 0 } });
  }

  it("2023-05-09, c93fb4800, Île-de-France was read with a wrong id field: after the correction, aids are recognised under new ids", async () => {
    const harvest = await published();
    await rewrite(harvest, rules({ externalId: identifier("reference"), name: text("titre") }));
    await expectRecognised(
      harvest,
      each(({ id }) => ({ reference: `REF-${id}` })),
      "REF-1",
    );
  });

  it("2024-05-07, 52995b9a, a rewrite hashed Île-de-France's ids: stored aids are recognised under the hashes", async () => {
    const hashed = (id: string) => createHash("md5").update(id).digest("hex");
    await expectRecognised(
      await published(),
      each(({ id }) => ({ id: hashed(id) })),
      hashed("1"),
    );
  });

  it("2024-07-03, 250b1812, Occitanie's id moved to another key: nothing is written until the connector reads it, and then no aid is new", async () => {
    const harvest = await published();
    const shifted = feed.map(({ id, ...record }) => ({ ...record, recordid: `oc-${id}` }));
    expect(await harvest.day(shifted)).toMatchObject({
      outcome: "held",
      guards: [{ code: "path-missing" }, { code: "none-valid" }],
      counts: { rejected: 6 },
    });
    await rewrite(harvest, rules({ externalId: identifier("recordid"), name: text("titre") }));
    await expectRecognised(harvest, shifted, "oc-1");
  });

  it("2024-07-03, 250b1812, Occitanie's records moved in the feed: they are read there, and a feed without them is unreadable and loses no aid", async () => {
    const harvest = await published({ decode: { format: "json", recordPath: ["", "results"] }, absence: { runs: 1, days: 0 } });
    await rewrite(harvest, { decode: { format: "json", recordPath: "results" }, absence: { runs: 1, days: 0 } });
    expect(await harvest.day(JSON.stringify({ data: feed }))).toMatchObject({ outcome: "unchanged", counts: { missing: 0 } });
    const before = await harvest.rows();
    for (let night = 0; night < 3; night++) {
      const other = JSON.stringify({ data: [{ page: "Aides" }] });
      expect(await harvest.day(other)).toMatchObject({ outcome: "unreadable", error: { code: "no-such-path" } });
    }
    expect(await harvest.rows()).toEqual(before);
    expect(await harvest.day(JSON.stringify({ results: feed }))).toMatchObject({ outcome: "unchanged", counts: { missing: 0 } });
  });
});

describe("aids that were deleted, merged or missing", () => {
  it("3.1 §4 and 3.2, deleted and merged aids gave errors or were updated silently: they are counted and not changed, also under a new id", async () => {
    const harvest = await published();
    await act(catalogue, first(harvest), (aid) => decideReject(aid, marie));
    const into = await curatedAid(catalogue, { connector: harvest.connector, externalId: "3" });
    await act(catalogue, { connector: harvest.connector, externalId: "2" }, (aid) => decideMerge(aid, into, marie));
    const before = await harvest.exported();
    const texte = "<p>Le taux passe à 60 %.</p>";
    const changed = each(({ id }) => (id === "1" || id === "2" ? { texte, fin: "2027-09-30" } : {}));
    expect(await harvest.day(changed)).toMatchObject({ outcome: "unchanged", counts: { ignored: 2, created: 0, unchanged: 4 } });
    expect(await harvest.exported()).toBe(before);
    const renamed = await harvest.day(firstWith({ id: "2027-1" }));
    expect(renamed).toMatchObject({ counts: { ignored: 2, created: 0 }, remarks: { "renamed-rejected": 1 } });
    expect((await aidsOf(harvest)).map(({ externalId, status }) => [externalId, status]).slice(0, 2)).toEqual([
      ["2", "merged"],
      ["2027-1", "deleted"],
    ]);
  });

  it("3.2 and 2024-06-26, 45428018, nobody could see that an aid had left the feed: it is counted, withdrawn after the grace period, and returns with its edits", async () => {
    const harvest = await published({ absence: { runs: 2, days: 0 } });
    await edit(catalogue, first(harvest), { name: "Planter des haies" });
    expect((await harvest.day(without("1"))).counts).toMatchObject({ missing: 1, withdrawn: 0 });
    expect((await harvest.day(without("1"), { force: true })).counts).toMatchObject({ missing: 1, withdrawn: 1 });
    expect(await harvest.aid("1")).toMatchObject({ status: "published", withdrawnAt: "2026-11-25" });
    expect((await harvest.day(firstWith({ fin: "2027-03-31" }))).counts).toMatchObject({ restored: 1 });
    expect(await harvest.aid("1")).toMatchObject({
      status: "published",
      withdrawnAt: null,
      name: "Planter des haies",
      submissionDeadline: "2027-03-31",
    });
  });

  it("W-17, a truncated list was read as complete: a run with half of the aids is held, and no other aid becomes absent", async () => {
    const harvest = await harvested({ absence: { runs: 1, days: 0 } });
    const report = await harvest.day(feed.slice(0, 2));
    expect(sentences(report)).toEqual(["4 of 6 aids are no longer in the feed (67 %; 10 % holds), for example 3, 4, 5"]);
    expect(await harvest.day(feed)).toMatchObject({ outcome: "unchanged", counts: { missing: 0, withdrawn: 0 } });
  });
});
