import { describe, expect, it } from "vitest";
import { decideChange } from "../src/ingest/plan/decide-change.ts";
import type { ConnectorInput } from "../src/kit/definition.ts";

import * as kit from "../src/kit/index.ts";
import { type AidContent, aidFields } from "../src/model/aid/aid.ts";
import type { StoredAid } from "../src/model/plan/plan.ts";
import { checkConnector } from "../src/registry/check-connector.ts";
import { readTermFile } from "../src/registry/terms/read-term-file.ts";
import { rowOf, workbookOf } from "./ingest/decode/excel/handwritten-workbook.ts";
import { madeAid, madeContent, madeEdit, madeRules } from "./support/made-aids.ts";
import { runInMemory } from "./support/run-in-memory.ts";
import { soundConnector } from "./support/sound-connector.ts";

/** A small connector with each kind of field that failed in production. */
const connector = {
  keepWhen: { field: "type", isFilled: true },
  fields: {
    description: kit.html("texte"),
    contact: kit.html("contact"),
    originUrl: kit.url("lien"),
    startDate: kit.date("debut", ["dd/MM/yyyy", "iso"]),
    submissionDeadline: kit.date("fin", ["dd/MM/yyyy", "iso"]),
    targetedAudiences: kit.terms(kit.split("publics", ","), "targetedAudiences"),
    categories: kit.terms("themes", "categories"),
    keywords: kit.list("motsCles"),
  } as ConnectorInput["fields"],
};
const aid = { id: "1", titre: "Une aide", type: "Subvention" };
const run = (...records: Record<string, unknown>[]) =>
  runInMemory(
    records.map((record) => ({ ...aid, ...record })),
    connector,
  );

/** Returns the outcome for a stored aid when the feed has these values. */
function again(incoming: Partial<AidContent>, imported: Partial<AidContent>, edits: StoredAid["edits"] = {}) {
  const stored = {
    aidId: "00000000-0000-5000-8000-000000000000",
    externalId: "1",
    revision: 1,
    status: "reviewable",
    withdrawnAt: null,
    withdrawnBy: null,
    kept: {},
    proposals: {},
    fingerprint: "",
  } as const;
  return decideChange(madeAid("1", incoming), { ...stored, imported: madeContent(imported), edits }, madeRules());
}

describe("the shape of a feed", () => {
  it("2019-05-09, 0a1a956a4: Occitanie's feed contains all its former aids, mostly with an empty type: they are skipped, and counted by reason", async () => {
    const result = await run({}, { id: "2", type: "" }, { id: "3", type: null }, { id: "4", type: " " });
    expect([result.received, result.aids.length, result.skippedBy]).toEqual([4, 1, { "type: (vide)": 3 }]);
  });
  it("2020-06-12, 07cbd6e57: Bpifrance's JSON began with a byte order mark", async () => {
    expect((await runInMemory(`\ufeff${JSON.stringify([aid])}`)).first.name).toBe("Une aide");
  });
  it("2022-10-24, 537b453e9: Île-de-France removed fields from its feed: an absent field is empty, without an issue", async () => {
    const { first, codes } = await run({});
    expect([first.description, first.startDate, first.keywords, codes]).toEqual([null, null, [], []]);
  });
  it("2022-10-31, 217628de8: DREAL's domain expired and returned a squatter's page: the run is unreadable, and reports the page's title", async () => {
    const page = "<!DOCTYPE html><html><head><title>Ce domaine est à vendre</title></head></html>";
    await expect(runInMemory(page)).rejects.toMatchObject({ code: "html-page", params: { title: "Ce domaine est à vendre" } });
  });
  it("2024-07-03, 250b1812: Occitanie's records moved to another key: the run reads them there, or names the missing path", async () => {
    const decode = { format: "json", recordPath: "results" } as const;
    const moved = await runInMemory(JSON.stringify({ data: [aid] }), { decode });
    expect(moved.aids.length).toBe(1);
    const elsewhere = runInMemory(JSON.stringify({ data: [{ title: "A page" }] }), { decode });
    await expect(elsewhere).rejects.toMatchObject({ code: "no-such-path", params: { path: "results" } });
  });
  it("2024-07-03, 250b1812: Occitanie renamed its identifier: every record is rejected, and none gets another aid's identifier", async () => {
    const { aids, rejected } = await runInMemory([
      { uuid: "1", titre: "a" },
      { uuid: "2", titre: "b" },
    ]);
    expect([aids, rejected.map(({ reasons }) => reasons)]).toEqual([[], [["missing-external-id"], ["missing-external-id"]]]);
  });
  it("2024-07-19, fa213e8d: a date of a spreadsheet is a number with a format, not a text", async () => {
    const rows = `${rowOf(1, ["id", "titre", "fin"])}<row r="2"><c r="A2"><v>7</v></c><c r="B2" t="inlineStr"><is><t>Une aide</t></is></c><c r="C2" s="1"><v>45492</v></c></row>`;
    const fields = { submissionDeadline: kit.date("fin", ["iso"]) } as ConnectorInput["fields"];
    const { first } = await runInMemory(workbookOf({ rows, formats: ["dd/mm/yyyy"] }), { decode: { format: "excel" }, fields });
    expect([first.externalId, first.submissionDeadline]).toEqual(["7", "2024-07-19"]);
  });
});

describe("one broken record", () => {
  it("W-1: a bad record lost the whole run: the others are kept, and the bad one is reported with its place", async () => {
    const { aids, rejected } = await runInMemory('[{"id":"1","titre":"a"},{"id":"2","titre":nul},{"id":"3","titre":"c"}]');
    expect(aids.map(({ externalId }) => externalId)).toEqual(["1", "3"]);
    expect(rejected).toEqual([{ locator: "item 2", externalId: null, reasons: ["broken-record"] }]);
  });
  it("W-2 and 2024-11-16, b79c7ea1: an empty title made Culture's run fail: the record is rejected, and the run continues", async () => {
    const { aids, rejected } = await run({ titre: null }, { id: "2", titre: " " }, { id: "3", titre: "<p>&nbsp;</p>" }, { id: "4" });
    expect([aids.length, rejected.map(({ reasons }) => reasons)]).toEqual([1, [["missing-name"], ["missing-name"], ["missing-name"]]]);
  });
  it("W-5: an identifier that occurs twice in a feed, once with a blank, made two aids: the first is kept, the other rejected", async () => {
    const { aids, rejected } = await run({ id: "A1" }, { id: " A1 ", titre: "Autre" });
    expect(aids.map(({ externalId, name }) => [externalId, name])).toEqual([["A1", "Une aide"]]);
    expect(rejected).toMatchObject([{ locator: "item 2", externalId: "A1", reasons: ["duplicate-id"] }]);
  });
  it("2024-09-16, 0be08f58: a number as a title is read as text", async () => {
    expect((await run({ titre: 2024 })).first.name).toBe("2024");
  });
  it("2024-05-07, 52995b9a: hashing Île-de-France's identifiers duplicated every aid: identifiers stay as the publisher writes them", async () => {
    const { aids } = await run({ id: "00000003" }, { id: 3 }, { id: "IDF-3/b" });
    expect(aids.map(({ externalId }) => externalId)).toEqual(["00000003", "3", "IDF-3/b"]);
  });
});

describe("dates", () => {
  it.each<[unknown, string | null, string[]]>([
    ["31/02/2024", null, ["impossible-date"]],
    ["2024-13-01", null, ["impossible-date"]],
    ["5/3/24", null, ["unreadable-date"]],
    ["00/00/0000", null, ["impossible-date"]],
    ["toute l'année", null, ["text-for-date"]],
    [" 2024-03-05", "2024-03-05", []],
    ["2024-03-05T12:00:00.000Z", "2024-03-05", []],
  ])("W-11: the shared helper read %j as some other day: %j", async (fin, day, issues) => {
    const { first, codes } = await run({ fin });
    expect([first.submissionDeadline, codes]).toEqual([day, issues]);
  });
  it("2023-03-10, 99b9012ae: '2023-04-03' was read as 4 March; both spellings of one feed are read", async () => {
    const { first } = await run({ debut: "2023-04-03", fin: "03/04/2023" });
    expect([first.startDate, first.submissionDeadline]).toEqual(["2023-04-03", "2023-04-03"]);
  });
  it("2024-03-11, 7caac72b: a key was removed from the record before a second field read it: two fields can read one key", async () => {
    const fields = { startDate: kit.date("jour", ["iso"]), submissionDeadline: kit.date("jour", ["iso"]) } as ConnectorInput["fields"];
    const { first } = await runInMemory([{ ...aid, jour: "2024-03-11" }], { fields });
    expect([first.startDate, first.submissionDeadline]).toEqual(["2024-03-11", "2024-03-11"]);
  });
  it("2024-05-31, 3c5872bc: an unreadable date was stored as false: it is null, and an issue with its value", async () => {
    const { first, issues } = await run({ debut: "au printemps 2024 ?" });
    expect([first.startDate, issues]).toMatchObject([null, [{ code: "unreadable-date", locator: "item 1", value: "au printemps 2024 ?" }]]);
  });
  it("2024-10-10, c9cebc18: a date format of one source was removed for all: each connector declares its own formats", async () => {
    const only = (format: string) => ({ fields: { startDate: kit.date("debut", [format]) } as ConnectorInput["fields"] });
    const feed = [{ ...aid, debut: "10/11/2024" }];
    expect((await runInMemory(feed, only("dd/MM/yyyy"))).first.startDate).toBe("2024-11-10");
    expect((await runInMemory(feed, only("MM/dd/yyyy"))).first.startDate).toBe("2024-10-11");
    expect((await runInMemory(feed, only("iso"))).codes).toEqual(["unreadable-date"]);
  });
  it("2024-11-19, a0d6e231: Pays de la Loire's recurrence contradicts its dates: if the connector says so, the dates count", async () => {
    const recurrence = kit.choose(
      [{ when: { field: "fin", isFilled: true }, use: kit.constant("oneoff") }],
      kit.terms("rythme", "recurrence"),
    );
    const feed = [
      { ...aid, rythme: "Permanente", fin: "2024-12-31" },
      { ...aid, id: "2", rythme: "Permanente", fin: "" },
    ];
    const { aids } = await runInMemory(feed, { fields: { recurrence } as ConnectorInput["fields"] });
    expect(aids.map((one) => one.recurrence)).toEqual(["oneoff", "ongoing"]);
  });
});

describe("texts and links", () => {
  it("2019-05-23, 8f44789f8: Grand Est changed from relative to absolute links: both are read", async () => {
    const publisher = { ...soundConnector().publisher, website: "https://www.grandest.fr" };
    const feed = ["/aides/1", "https://www.grandest.fr/aides/2"].map((lien, index) => ({ ...aid, id: `${index}`, lien }));
    const { aids } = await runInMemory(feed, { publisher, fields: { originUrl: kit.url("lien") } as ConnectorInput["fields"] });
    expect(aids.map(({ originUrl }) => originUrl)).toEqual(["https://www.grandest.fr/aides/1", "https://www.grandest.fr/aides/2"]);
  });
  it("2024-03-01, 02a2e6e3: WelcomEurope's contact lost the blanks between its words: they are kept", async () => {
    const contact = "Direction des aides\nService A et B, 2 rue X";
    expect((await run({ contact })).first.contact).toBe("<p>Direction des aides<br>Service A et B, 2 rue X</p>");
  });
  it("2024-06-10, c132a871: every link of Île-de-France was only a reference: the connector adds it to an address", async () => {
    const originUrl = kit.url(kit.join([kit.literal("https://www.iledefrance.fr/aides/"), "reference"], ""));
    const { first } = await runInMemory([{ ...aid, reference: "aap-2024" }], { fields: { originUrl } as ConnectorInput["fields"] });
    expect(first.originUrl).toBe("https://www.iledefrance.fr/aides/aap-2024");
  });
  it("W-12 and 2024-11-04, 6ca71bd5: http links, accents and blanks made links disappear silently: such links are kept, and a broken one is reported", async () => {
    const links = ["http://www.a.fr/x", "https://www.a.fr/été", "https://www.a.fr/a b", "voir notre site"];
    const { aids, issues } = await run(...links.map((lien, index) => ({ id: `${index}`, lien })));
    expect(aids.map(({ originUrl }) => originUrl)).toEqual([
      "http://www.a.fr/x",
      "https://www.a.fr/%C3%A9t%C3%A9",
      "https://www.a.fr/a%20b",
      null,
    ]);
    expect(issues).toMatchObject([{ code: "unreadable-url", locator: "item 4", value: "voir notre site" }]);
  });
  it("W-23: markup joined by hand was shown uncleaned: every text is cleaned", async () => {
    const { first, codes } = await run({ texte: "<p>a</p><img src=x onerror=alert(1)>", contact: "<script>alert(1)</script>b" });
    expect([first.description, first.contact, codes]).toEqual(["<p>a</p>", "<p>b</p>", ["unsafe-markup", "unsafe-markup"]]);
  });
});

describe("words and vocabularies", () => {
  it("2020-06-12, e66095ce0: an audience was removed from our list, but a mapping still named it: the term file is refused", () => {
    const rows = "partner_term,our_term,note\nBailleurs,lessor,\n";
    const { problems } = readTermFile(new TextEncoder().encode(rows), "targetedAudiences", "t.csv");
    expect(problems).toMatchObject([{ line: 2, message: '"lessor" is not a term of targetedAudiences' }]);
  });
  it("2024-02-26, c924c5ef: Région Sud writes audiences among its themes: they stay unmapped, and no word is confused with another", async () => {
    const { first, unmappedTerms } = await run({ publics: "Communes , Associations", themes: ["Sport", "Communes"] });
    expect(first.targetedAudiences).toEqual(["commune", "association"]);
    expect(unmappedTerms).toContainEqual({ vocabulary: "categories", term: "Communes", count: 1 });
  });
  it("2024-05-22, 45ef69e1 and W-22: feeds added their own words to our lists: an unknown word is counted, and adds nothing", async () => {
    const { first, unmappedTerms } = await run({ publics: "Licornes" });
    expect([first.targetedAudiences, unmappedTerms]).toEqual([[], [{ vocabulary: "targetedAudiences", term: "Licornes", count: 1 }]]);
  });
  it("2024-11-04, 92314598: Manche's destinations were looked up among the types: loading refuses such a rule", () => {
    const destinations = kit.terms("destinations", "aidTypes") as never;
    expect(checkConnector(soundConnector({ fields: { destinations } as unknown as ConnectorInput["fields"] }))).toMatchObject({
      problems: [{ key: "fields.destinations.vocabulary", didYouMean: "destinations" }],
    });
  });
});

describe("stored aids", () => {
  it("2020-03-02, 97b9cb847: a new column of ours broke every importer: a field without a rule gets its empty value", async () => {
    const { first } = await runInMemory([aid]);
    expect(Object.keys(first).filter((field) => field !== "externalId")).toEqual([...aidFields]);
  });
  it("2022-03-28, 56e1023c5: the next import overwrote a person's edits: the same feed changes nothing", () => {
    expect(again({ description: "<p>a</p>" }, { description: "<p>a</p>" }, { description: madeEdit("<p>corrigé</p>") })).toBe("unchanged");
  });
  it("2024-03-11, 1d24ca89 and W-8: audiences that the publisher removed stayed: they are removed", () => {
    const change = again({ targetedAudiences: ["commune"] }, { targetedAudiences: ["commune", "epci"] });
    expect(change).toMatchObject({ kind: "update", fields: { targetedAudiences: { incoming: ["commune"], action: "apply" } } });
  });
  it("2024-06-27, 1612c900 and W-7: changes of names and links were ignored: they are compared", () => {
    const change = again({ name: "Neuf", originUrl: "https://a.fr/2" }, { name: "Vieux", originUrl: "https://a.fr/1" });
    expect(change).toMatchObject({ fields: { name: { action: "apply" }, originUrl: { action: "apply" } } });
  });
  it("W-6: an aid that a person renamed was flagged at each import: it is unchanged", () => {
    expect(again({ name: "Titre" }, { name: "Titre" }, { name: madeEdit("Meilleur titre") })).toBe("unchanged");
  });
});
