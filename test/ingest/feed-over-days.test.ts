import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";

const toit = { id: "1", titre: "Rénover un toit", texte: "<p>Le toit.</p>", publics: ["Communes"], motsCles: ["toit", "eau"] };
const haie = { id: "2", titre: "Planter une haie", texte: "<p>La haie.</p>", debut: "2026-01-01", fin: "2026-06-30" };
const puits = { id: "3", titre: "Creuser un puits" };

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`a feed over several days, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    it("creates aids, updates only the changed ones, counts missing ones and restores those that return", async () => {
      const harvest = await newHarvest(catalogue);
      const monday = await harvest.day([toit, haie, puits]);
      expect(monday).toMatchObject({
        outcome: "applied",
        counts: { received: 3, valid: 3, created: 3, updated: 0, unchanged: 0, missing: 0 },
      });

      const tuesday = await harvest.day([
        { ...toit, titre: "Rénover une toiture" },
        { ...haie, fin: "2026-07-31", texte: "<p>Une haie.</p>" },
      ]);
      expect(tuesday).toMatchObject({ outcome: "applied", counts: { created: 0, updated: 2, unchanged: 0, missing: 1, withdrawn: 0 } });
      const [toiture, longerHaie, stillThere] = await Promise.all(["1", "2", "3"].map((id) => harvest.aid(id)));
      expect(toiture).toMatchObject({ name: "Rénover une toiture", description: "<p>Le toit.</p>", targetedAudiences: ["commune"] });
      expect(longerHaie).toMatchObject({ description: "<p>Une haie.</p>", submissionDeadline: "2026-07-31", startDate: "2026-01-01" });
      expect(stillThere).toMatchObject({ name: "Creuser un puits", status: "reviewable", withdrawnAt: null });

      const history = await catalogue.history.list(longerHaie?.aidId ?? "");
      expect(history.map(({ revision, kind, fields }) => [revision, kind, Object.keys(fields).sort()])).toEqual([
        [1, "create", []],
        [2, "update", ["description", "submissionDeadline"]],
      ]);
      expect(history[1]?.fields.submissionDeadline).toEqual({
        last: "2026-06-30",
        current: "2026-06-30",
        incoming: "2026-07-31",
        action: "apply",
      });

      const wednesday = await harvest.day([toit, haie, puits, { id: "4", titre: "Isoler un mur" }]);
      expect(wednesday.counts).toMatchObject({ created: 1, updated: 2, unchanged: 1, missing: 0 });
      expect((await harvest.aid("3")).aidId).toBe(stillThere?.aidId);
    });

    it("writes nothing if only the order of terms or records, or the form of a line break, differs", async () => {
      const harvest = await newHarvest(catalogue);
      const texte = "Une ligne<br>une autre";
      await harvest.day([{ ...toit, texte, publics: ["Communes", "Associations", "Région"] }, haie]);
      const rows = await harvest.rows();
      const spelledAnew = await harvest.day([
        { ...haie, note: "ignored" },
        {
          motsCles: ["eau", "toit", "eau"],
          publics: ["région", "COMMUNES", "Associations"],
          texte: "Une ligne<br />une autre",
          titre: " Rénover  un toit",
          id: 1,
        },
      ]);
      expect(spelledAnew).toMatchObject({ outcome: "unchanged", counts: { unchanged: 2, updated: 0, missing: 0 } });
      expect(withoutRecords(await harvest.rows())).toEqual(withoutRecords(rows));
    });

    it("never erases a stored value for an empty or unreadable one", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day([{ ...toit, lien: "https://example.org/toit", fin: "2026-06-30" }]);
      const before = await harvest.exported();
      const emptied = { id: "1", titre: "Rénover un toit", texte: "", publics: [], motsCles: null, fin: "2026-02-30", lien: "htp:/broken" };
      const report = await harvest.day([emptied]);
      expect(report).toMatchObject({ outcome: "unchanged", counts: { valid: 1, unchanged: 1 } });
      expect(report.issues.map(({ code, field }) => [code, field])).toEqual(
        expect.arrayContaining([
          ["impossible-date", "submissionDeadline"],
          ["unreadable-url", "originUrl"],
        ]),
      );
      expect(await harvest.exported()).toBe(before);

      const renamed = await harvest.day([{ ...emptied, titre: "Refaire un toit" }]);
      expect(renamed).toMatchObject({ outcome: "applied", counts: { updated: 1 } });
      expect(await harvest.aid("1")).toMatchObject({
        name: "Refaire un toit",
        submissionDeadline: "2026-06-30",
        keywords: ["eau", "toit"],
      });
      const full = await harvest.day([{ ...toit, titre: "Refaire un toit" }]);
      expect(full.outcome).toBe("unchanged");
    });

    it("drops dates with the deadline if an aid becomes ongoing without dates, but keeps them if the feed has a date", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const ponctuelle = { ...haie, rythme: "Ponctuelle" };
      await harvest.day([ponctuelle, { ...ponctuelle, id: "20" }, { ...ponctuelle, id: "21" }]);
      const { debut: _, fin: __, ...undated } = ponctuelle;
      const report = await harvest.day([
        { ...undated, rythme: "Permanente" },
        { ...undated, id: "20", rythme: "Permanente", debut: "2026-02-02" },
        { ...undated, id: "21" },
      ]);
      expect(report.counts).toMatchObject({ updated: 2, unchanged: 1 });
      expect(await harvest.aid("2")).toMatchObject({ recurrence: "ongoing", startDate: null, submissionDeadline: null });
      expect(await harvest.aid("20")).toMatchObject({ recurrence: "ongoing", startDate: "2026-02-02", submissionDeadline: "2026-06-30" });
      expect(await harvest.aid("21")).toMatchObject({ recurrence: "oneoff", startDate: "2026-01-01", submissionDeadline: "2026-06-30" });
    });

    it("stores a rejected record whole with its reasons, and does not count its aid as missing", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day([toit, haie, puits]);
      const titleless = { ...toit, titre: " ", note: { any: ["thing", 1] } };
      const report = await harvest.day([titleless, { titre: "Sans identifiant" }, { ...haie, publie: "non" }]);
      expect(report).toMatchObject({
        outcome: "held",
        guards: [{ code: "none-valid" }],
        counts: { received: 3, rejected: 2, skipped: 1, valid: 0, missing: 2 },
        skippedBy: { "not published": 1 },
      });
      expect(await harvest.rejected(report)).toMatchObject([
        {
          locator: "item 1",
          externalId: "1",
          record: titleless,
          reasons: [{ stage: "validate", code: "missing-name", severity: "error", field: "name" }],
        },
        { locator: "item 2", externalId: null, record: { titre: "Sans identifiant" }, reasons: [{ code: "missing-external-id" }] },
      ]);
      const mended = await harvest.day([toit, titleless, haie]);
      expect(mended).toMatchObject({ outcome: "unchanged", counts: { received: 3, valid: 2, rejected: 1, unchanged: 2, missing: 1 } });
    });

    it("uses the first of two records with one identifier, in every run", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const twice = [toit, { ...toit, titre: "Un autre toit" }, haie];
      const first = await harvest.day(twice);
      expect(first).toMatchObject({ outcome: "applied-with-rejects", counts: { received: 3, valid: 2, rejected: 1, created: 2 } });
      expect(await harvest.rejected(first)).toMatchObject([
        { locator: "item 2", externalId: "1", record: { titre: "Un autre toit" }, reasons: [{ code: "duplicate-id", value: "1" }] },
      ]);
      const rows = await harvest.rows();
      for (const options of [{}, { force: true }]) {
        expect(await harvest.day(twice, options)).toMatchObject({ outcome: "unchanged", counts: { rejected: 1, unchanged: 2 } });
      }
      expect(await harvest.rows()).toEqual(rows);

      // The first has changed, the second equals the stored aid: the first is used anyway.
      const report = await harvest.day([{ ...toit, titre: "Un toit neuf" }, toit, haie]);
      expect(report.counts).toMatchObject({ updated: 1, rejected: 1, unchanged: 1 });
      expect((await harvest.aid("1")).name).toBe("Un toit neuf");
      // Far apart, in different batches of decoder and catalogue.
      const many = Array.from({ length: 3000 }, (_, index) => ({ id: String(index + 10), titre: `Aide ${index}` }));
      const wide = await harvest.day([toit, haie, ...many, { ...toit, titre: "Encore un toit" }]);
      expect(wide.counts).toMatchObject({ received: 3003, rejected: 1, updated: 1, created: 3000 });
      expect((await harvest.aid("1")).name).toBe("Rénover un toit");
    });

    it("reports an unchanged record at its current position", async () => {
      const harvest = await newHarvest(catalogue);
      const broken = { ...haie, fin: "2026-02-30" };
      await harvest.day([toit, broken]);
      const moved = await harvest.day([puits, puits, toit, broken]);
      const dates = moved.issues.find(({ code }) => code === "impossible-date");
      expect(dates?.examples).toMatchObject([{ locator: "item 4", value: "2026-02-30" }]);
    });
  });
}

/** Removes what an equivalent record may refresh: hash, memo and row version. */
function withoutRecords(rows: readonly unknown[]): unknown[] {
  return rows.map((row) => {
    const { aid, history, history_written } = row as { aid: Record<string, unknown>; history: unknown; history_written: unknown };
    const { record_hash: _, memo: __, ...rest } = aid;
    return { aid: rest, history, history_written };
  });
}
