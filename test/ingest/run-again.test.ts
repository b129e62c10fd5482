import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { guardsOff, newHarvest, smallDefinition } from "../support/harvest.ts";
import { flattened } from "../support/made-aids.ts";

const feed = [
  { id: "1", titre: "Rénover un toit", publics: ["Communes", "Petites villes"], debut: "2026-02-30" },
  { id: "2", titre: "Planter une haie", publics: ["Petites villes"], publie: "oui" },
  { id: "3", titre: "", publie: "oui" },
  { id: "4", titre: "Retirée", publie: "non" },
];
const termFile = (target: string) => `partner_term,our_term,note\nPetites villes,${target},\n`;

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`the same feed again, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("is not read, and the issues of the last run are reported again", async () => {
      const harvest = await newHarvest(catalogue);
      const first = await harvest.day(feed);
      const rows = await harvest.rows();
      const again = await harvest.day(feed);
      expect(again).toMatchObject({
        outcome: "unchanged",
        planId: null,
        counts: { received: 4, skipped: 1, rejected: 1, valid: 2, unchanged: 2, created: 0 },
      });
      expect(findingsOf(again)).toEqual(findingsOf(first));
      expect(first.issues.length).toBeGreaterThan(2);
      expect(await harvest.rows()).toEqual(rows);
      expect(findingsOf(await harvest.day(feed))).toEqual(findingsOf(first));
    });

    it("does not count aids withdrawn by the last run as missing, whether it is read or not", async () => {
      const harvest = await newHarvest(catalogue, { absence: { runs: 1, days: 0 } });
      const [first, second] = [
        { id: "1", titre: "Rénover un toit" },
        { id: "2", titre: "Planter une haie" },
      ];
      await harvest.day([first, second]);
      expect(await harvest.day([first])).toMatchObject({ outcome: "applied", counts: { withdrawn: 1, missing: 1 } });
      expect(await harvest.day([first])).toMatchObject({ outcome: "unchanged", planId: null, counts: { withdrawn: 0, missing: 0 } });
      expect((await harvest.day([first], { force: true })).counts).toMatchObject({ withdrawn: 0, missing: 0 });
    });

    it("is read with --force, and nothing is written", async () => {
      const harvest = await newHarvest(catalogue);
      const first = await harvest.day(feed);
      const rows = await harvest.rows();
      const forced = await harvest.day(feed, { force: true });
      expect(forced).toMatchObject({ outcome: "unchanged", counts: { received: 4, valid: 2, rejected: 1, unchanged: 2 } });
      expect(forced.planId).not.toBeNull();
      expect(findingsOf(forced)).toEqual(findingsOf(first));
      expect(await harvest.rejected(forced)).toHaveLength(1);
      expect(await harvest.rows()).toEqual(rows);
    });

    it("rejected records of a changed feed are stored once, and each run lists them with their places", async () => {
      const rejected = [
        { id: "3", titre: "" },
        { id: "5", titre: "", publics: ["Communes"], debut: "2026-02-30" },
        { id: "1", titre: "Un autre toit" },
        { titre: "Sans identifiant" },
      ];
      const row = ({ id = "", titre, debut = "" }: { id?: string; titre: string; debut?: string }) => `${id};${titre};${debut}`;
      const csv = (list: readonly { id?: string; titre: string }[]) =>
        ["id;titre;debut", ...list.map(row), "9;Trop;;de cellules"].join("\n");
      for (const [format, written] of [
        ["json", JSON.stringify],
        ["csv", csv],
      ] as const) {
        const harvest = await newHarvest(catalogue, { decode: { format }, guards: guardsOff });
        const first = await harvest.day(written([{ id: "1", titre: "Rénover un toit" }, ...rejected]));
        const second = await harvest.day(
          written([{ id: "2", titre: "Planter une haie" }, { id: "1", titre: "Rénover un toit" }, ...rejected]),
        );
        const [before, after] = await Promise.all([harvest.rejected(first), harvest.rejected(second)]);
        const next = (text: string) => text.replaceAll(/(?<=(?:item|row) )\d+/g, (number) => String(Number(number) + 1));
        expect(after).toEqual(JSON.parse(next(JSON.stringify(before))));
        expect(after.length).toBe(format === "csv" ? 5 : 4);
        expect(second.counts).toMatchObject({ rejected: after.length, created: 1, unchanged: 1, missing: 0 });
        expect(second.issues).toEqual(JSON.parse(next(JSON.stringify(first.issues))));
        const { count } = await catalogue.store.row<{ count: number }>(
          sql`select count(*)::int as count from rejected_contents where connector = ${harvest.connector}`,
        );
        expect(count).toBe(after.length);
        const third = await harvest.day(
          written([
            { id: "1", titre: "Rénover un toit" },
            { id: "3", titre: "Corrigée" },
          ]),
        );
        expect(third.counts).toMatchObject({ rejected: format === "csv" ? 1 : 0, created: 1 });
      }
    });

    it("a corrected term file is applied although the feed is unchanged", async () => {
      const harvest = await newHarvest(catalogue);
      const first = await harvest.day(feed);
      expect(first.unmappedTerms).toEqual([{ vocabulary: "targetedAudiences", term: "Petites villes", count: 2 }]);

      await harvest.write(`mappings/${harvest.connector}/targetedAudiences.csv`, termFile("epci"));
      const mended = await harvest.day(feed);
      expect(mended).toMatchObject({ outcome: "applied-with-rejects", counts: { updated: 2 }, unmappedTerms: [] });
      expect((await harvest.aid("1")).targetedAudiences).toEqual(["commune", "epci"]);

      await harvest.write(`mappings/${harvest.connector}/targetedAudiences.csv`, termFile("association"));
      expect((await harvest.day(feed)).counts).toMatchObject({ updated: 2 });
      expect((await harvest.aid("2")).targetedAudiences).toEqual(["association"]);
      expect((await harvest.day(feed)).outcome).toBe("unchanged");
    });

    it("a corrected rule or normaliser is applied although the feed is unchanged", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(feed);
      const { connector } = harvest;
      const mended = smallDefinition(connector, {
        fields: { shortTitle: { kind: "text", of: { kind: "field", path: "publie" } } } as never,
      });
      await harvest.write(`connectors/${connector}.json`, JSON.stringify(mended));
      expect((await harvest.day(feed)).counts).toMatchObject({ updated: 1, unchanged: 1 });
      expect((await harvest.aid("2")).shortTitle).toBe("oui");
      const before = await harvest.exported();
      const read = await harvest.day(feed, {}, { normaliser: "a better one" });
      expect(read).toMatchObject({ outcome: "unchanged", counts: { valid: 2, unchanged: 2 } });
      expect(read.planId, "it was read").not.toBeNull();
      expect(await harvest.exported()).toBe(before);
    });

    it("a stored feed is run again by the beginning of its hash", async () => {
      const harvest = await newHarvest(catalogue);
      const text = JSON.stringify(feed);
      const first = await harvest.day(text);
      expect(first.feed).toMatchObject({ sha256: createHash("sha256").update(text).digest("hex"), bytes: Buffer.byteLength(text) });
      const before = await harvest.exported();
      await harvest.day([{ ...feed[0], titre: "Un autre toit" }]);
      expect(await harvest.exported()).not.toBe(before);

      const hash = first.feed.sha256 ?? "";
      const replayed = await harvest.run({ snapshot: hash.slice(0, 12) });
      expect(replayed).toMatchObject({
        outcome: "applied-with-rejects",
        counts: { received: 4, updated: 1, unchanged: 1 },
        feed: { sha256: hash },
      });
      expect(await harvest.exported()).toBe(before);
      expect(await harvest.run({ snapshot: "0000" })).toMatchObject({
        outcome: "refused",
        error: { code: "snapshot-missing" },
        planId: null,
      });
    });
  });

  describe.skipIf(database.skipped)(`a run that must not write, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("a dry run leaves a plan that can be applied", async () => {
      const harvest = await newHarvest(catalogue);
      const dry = await harvest.day(feed, { dryRun: true });
      expect(dry).toMatchObject({ outcome: "planned", counts: { received: 4, valid: 2, created: 2 } });
      expect(await harvest.exported()).toBe("");
      const planId = dry.planId ?? "";
      expect(await catalogue.plans.find(planId)).toMatchObject({ state: "open", runId: dry.runId, counts: { created: 2 } });

      await catalogue.plans.apply(planId, { token: null, now: new Date(), appliedBy: "a person" });
      const applied = await harvest.exported();
      expect(applied.split("\n")).toHaveLength(2);
      // A run that a person applied counts as the last applied run.
      expect(await harvest.day(feed)).toMatchObject({ outcome: "unchanged", planId: null });
      expect(await harvest.day(feed, { force: true })).toMatchObject({ outcome: "unchanged", counts: { unchanged: 2 } });
      expect(await harvest.exported()).toBe(applied);
    });

    it("with --dry-run a feed that changes nothing ends unchanged, and one that trips a guard ends held", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(feed);
      expect((await harvest.day(feed, { dryRun: true })).outcome).toBe("unchanged");
      expect((await harvest.day(feed, { dryRun: true, force: true })).outcome).toBe("unchanged");
      expect((await harvest.day([], { dryRun: true })).outcome).toBe("held");
      expect((await harvest.day([{ ...feed[0], titre: "Neuf" }], { dryRun: true })).outcome).toBe("planned");
      expect((await harvest.aid("1")).name).toBe("Rénover un toit");
    });

    it("a dry run is not compared with the next run", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(feed, { dryRun: true });
      expect(await harvest.day(feed)).toMatchObject({ outcome: "applied-with-rejects", counts: { created: 2 } });
      await harvest.day([{ ...feed[0], titre: "Neuf" }], { dryRun: true });
      expect(await harvest.day(feed)).toMatchObject({ outcome: "unchanged", planId: null });
      expect(await harvest.day([{ ...feed[0], titre: "Neuf" }])).toMatchObject({ outcome: "applied", counts: { updated: 1, missing: 1 } });
    });

    it("--limit reads only so many records, writes nothing and counts no aid as missing", async () => {
      const harvest = await newHarvest(catalogue);
      const many = Array.from({ length: 40 }, (_, index) => ({ id: `a${index}`, titre: `Aide ${index}` }));
      await harvest.day(many);
      const before = await harvest.exported();
      const limited = await harvest.day(
        many.map((record) => ({ ...record, titre: `${record.titre} bis` })),
        { limit: 3 },
      );
      expect(limited).toMatchObject({ outcome: "planned", counts: { received: 3, valid: 3, updated: 3, missing: 0 } });
      expect(await catalogue.plans.find(limited.planId ?? "")).toMatchObject({ state: "open", counts: { updated: 3, missing: 0 } });
      expect(await flattened(catalogue.plans.changes(limited.planId ?? ""))).toHaveLength(3);
      expect(await harvest.exported()).toBe(before);
      expect(await harvest.day([...many, { id: "new", titre: "Neuve" }], { limit: 40 })).toMatchObject({
        outcome: "unchanged",
        counts: { received: 40 },
      });
    });

    it("a feed without records, or without valid ones, is held and the catalogue is unchanged", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(feed);
      const rows = await harvest.rows();
      const empty = await harvest.day([]);
      expect(empty).toMatchObject({ outcome: "held", guards: [{ code: "nothing-received" }], counts: { received: 0, missing: 2 } });
      expect(await harvest.day([feed[2], feed[3]], { force: true })).toMatchObject({ outcome: "held", guards: [{ code: "none-valid" }] });
      // The newer plan is the one to decide.
      expect(await catalogue.plans.find(empty.planId ?? "")).toMatchObject({ state: "overtaken", guards: [{ code: "nothing-received" }] });
      expect(await harvest.rows()).toEqual(rows);
      // A held run is never the last applied one.
      expect((await harvest.day([])).outcome).toBe("held");
      expect((await harvest.day(feed)).outcome).toBe("unchanged");
    });

    it("a healthy feed's minimum applies to snapshots, not to a file given by hand", async () => {
      const harvest = await newHarvest(catalogue, { expect: { atLeast: 3 } });
      const given = await harvest.day(feed);
      expect(given).toMatchObject({ outcome: "applied-with-rejects", guards: [] });
      const replayed = await harvest.run({ snapshot: given.feed.sha256 ?? "" });
      expect(replayed).toMatchObject({ outcome: "held", guards: [{ code: "fewer-than-expected", found: 2, limit: 3 }] });
    });
  });
}

/** Returns the findings of a report about the feed, whatever the run did. */
function findingsOf({ issues, unmappedTerms, unreadFields, fillRates, skippedBy }: RunReport) {
  return { issues, unmappedTerms, unreadFields, fillRates, skippedBy };
}
