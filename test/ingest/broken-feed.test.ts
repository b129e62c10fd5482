import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyWithoutFields } from "../../src/curation/apply-plan-part.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import type { RunOptions } from "../../src/ingest/run-inputs.ts";
import { followRenames } from "../../src/jobs/connectors/follow-renames.ts";
import { date } from "../../src/kit/rules/date.ts";
import { html } from "../../src/kit/rules/texts.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { withStoredVersions } from "../../src/registry/stored-versions.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { type Harvest, newHarvest } from "../support/harvest.ts";
import { testNow } from "../support/made-aids.ts";
import { testServices } from "../support/test-services.ts";

const text = "La région finance les travaux de rénovation des bâtiments publics, les études et les diagnostics préalables. ";
const aid = (number: number, changes: Record<string, unknown> = {}) => ({
  id: String(number),
  titre: `Aide numéro ${number}`,
  texte: `<p>${number} ${text.repeat(3)}</p>`,
  fin: `2026-12-${String(10 + number)}`,
  ...changes,
});
const aids = Array.from({ length: 12 }, (_, index) => aid(index + 1));
const renamed = (record: Record<string, unknown>, from: string, to: string) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key === from ? to : key, value]));
const without = (record: Record<string, unknown>, key: string) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
const camille = { by: "Camille", now: testNow };
/** Returns the codes of both lists. The connectors of this file bring the same aids, and may contradict each other. */
const codes = ({ guards, warnings }: RunReport) =>
  [guards, warnings].map((found) => found.flatMap(({ code }) => (code === "sources-contradict" ? [] : [code])));

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`a feed that breaks, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    /** Runs the connector with its newest version. */
    const run = async (harvest: Harvest, options: RunOptions): Promise<RunReport> => {
      const folders = [harvest.folder];
      const { connectors } = await withStoredVersions(await readConnectors(folders), await catalogue.connectorVersions.newest(), folders);
      const connector = connectors.find(({ definition }) => definition.id === harvest.connector);
      if (connector === undefined) throw new Error("no connector");
      return runIngestion(connector, testServices(catalogue), options);
    };
    const planOf = async ({ planId }: RunReport) => {
      const plan = await catalogue.plans.find(planId ?? "");
      if (plan === null || plan.connector === null) throw new Error("no plan");
      return { ...plan, connector: plan.connector };
    };

    it("a renamed field is the first cause, and one act follows it and runs again", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(aids);
      const before = await harvest.exported();
      const held = await harvest.day(aids.map((record) => renamed(record, "titre", "intitule_aide")));
      expect(held.outcome).toBe("held");
      expect(held.guards[0]).toMatchObject({
        code: "path-missing",
        params: { path: "titre", to: "intitule_aide", same: 12, of: 12, was: 12, wasOf: 12, fields: "name" },
      });

      const registry = await readConnectors([harvest.folder]);
      const followed = await followRenames(catalogue, registry, await planOf(held), camille);
      if ("refused" in followed) throw new Error(followed.refused);
      expect(followed).toMatchObject({ connector: harvest.connector, version: 1, renames: [{ from: "titre", to: "intitule_aide" }] });
      expect(await planOf(held)).toMatchObject({ state: "overtaken", closedBy: "Camille" });

      const again = await run(harvest, followed.options);
      expect([again.outcome, ...codes(again)]).toEqual(["unchanged", [], []]);
      expect(again.counts).toMatchObject({ valid: 12, unchanged: 12 });
      expect(await harvest.exported()).toBe(before);
    });

    it("a feed without a record is held because it is empty, and not for each of its paths", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(aids);
      expect(codes(await harvest.day([]))).toEqual([["nothing-received"], []]);
    });

    it("a field without a successor keeps its values until the feed fills it again, while the rest is applied night after night", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(aids);
      const description = (await harvest.aid("1")).description;
      const lacking = (changes: Record<string, unknown> = {}) =>
        aids.map((record, index) => without(index === 0 ? { ...record, ...changes } : record, "texte"));
      const held = await harvest.day(lacking({ fin: "2027-01-15" }));
      expect([held.outcome, held.guards[0]?.code]).toEqual(["held", "path-missing"]);

      const done = await applyWithoutFields(catalogue, await planOf(held), { ...camille, note: "export cassé" }, ["description"]);
      expect(done).toMatchObject({ applied: { updated: 1 } });
      expect(await harvest.aid("1")).toMatchObject({ submissionDeadline: "2027-01-15", description });

      const next = await harvest.day(lacking({ fin: "2027-02-15" }));
      expect([next.outcome, ...codes(next)]).toEqual(["applied", [], ["field-held"]]);
      expect(await harvest.aid("1")).toMatchObject({ submissionDeadline: "2027-02-15", description });

      const back = await harvest.day(aids.map((record, index) => (index === 1 ? { ...record, texte: "<p>Un autre texte.</p>" } : record)));
      expect([back.outcome, ...codes(back)]).toEqual(["applied", [], []]);
      expect((await harvest.aid("2")).description).toBe("<p>Un autre texte.</p>");
      expect(await catalogue.feedDecisions.list(harvest.connector)).toEqual([]);
    });

    it("shortened texts are held back until they are whole again, even if other records change meanwhile", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(aids);
      const before = await harvest.exported();
      const cut = aids.map((record) => ({ ...record, texte: record.texte.slice(0, 90) }));
      const held = await harvest.day(cut);
      expect([held.outcome, ...codes(held)]).toEqual(["held", ["texts-shrunk"], []]);
      await applyWithoutFields(catalogue, await planOf(held), camille, ["description"]);
      expect(await harvest.exported()).toBe(before);

      const other = cut.map((record, index) => (index === 2 ? { ...record, fin: "2027-03-01" } : record));
      const next = await harvest.day(other);
      expect([next.outcome, ...codes(next)]).toEqual(["applied", [], ["texts-shrunk", "field-held"]]);
      const again = await harvest.day(other.map((record, index) => (index === 3 ? { ...record, fin: "2027-03-01" } : record)));
      expect([again.outcome, ...codes(again)]).toEqual(["applied", [], ["texts-shrunk", "field-held"]]);

      const whole = await harvest.day(
        aids.map((record, index) => (index === 4 ? { ...record, texte: `${record.texte}<p>Et plus.</p>` } : record)),
      );
      expect([whole.outcome, ...codes(whole)]).toEqual(["applied", [], []]);
      expect((await harvest.aid("5")).description).toContain("Et plus.");
      expect(await catalogue.feedDecisions.list(harvest.connector)).toEqual([]);
    });

    it("a renamed key with several paths below it is one cause, which one act follows or holds", async () => {
      const nested = (key: string) => aids.map(({ texte, fin, ...record }) => ({ ...record, [key]: { texte, dates: { fin } } }));
      const harvest = await newHarvest(catalogue, {
        fields: { description: html("contenu.texte"), submissionDeadline: date("contenu.dates.fin", ["iso"]) } as never,
      });
      await harvest.day(nested("contenu"));
      const before = await harvest.exported();
      const held = await harvest.day(nested("corps"));
      expect(codes(held)[0]).toEqual(["path-missing", "field-emptied", "field-emptied"]);
      expect(held.guards[0]?.params).toMatchObject({ path: "contenu", to: "corps", fields: "description,submissionDeadline" });

      await applyWithoutFields(catalogue, await planOf(held), camille, ["description", "submissionDeadline"]);
      const next = await harvest.day(
        nested("corps").map((record, index) => (index === 0 ? { ...record, titre: "Aide numéro un" } : record)),
      );
      expect([next.outcome, ...codes(next)]).toEqual([
        "applied",
        [],
        ["path-missing", "field-emptied", "field-emptied", "field-held", "field-held"],
      ]);
      const again = await harvest.day(nested("corps"));
      expect([again.outcome, (await catalogue.feedDecisions.list(harvest.connector)).length]).toEqual(["applied", 2]);
      expect(await harvest.exported()).toBe(before);
      await harvest.day(nested("contenu").map((record, index) => (index === 0 ? { ...record, titre: "Aide numéro un" } : record)));
      expect(await catalogue.feedDecisions.list(harvest.connector)).toEqual([]);
    });

    it("a loosened path warns and no longer holds", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(aids);
      const { connector } = harvest;
      await catalogue.feedDecisions.add({
        connector,
        kind: "loosen",
        subject: "fin",
        paths: [],
        note: "supprimé",
        by: "Camille",
        at: testNow.toISOString(),
      });
      const report = await harvest.day(aids.map((record) => without(record, "fin")));
      expect(codes(report)).toEqual([[], ["path-missing", "field-emptied"]]);
    });
  });
}
