import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyPlanPart } from "../../../../src/curation/apply-plan-part.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../../support/catalogues.ts";
import { testConsole } from "../../../support/console-client.ts";
import { guardsOff, newHarvest, smallDefinition } from "../../../support/harvest.ts";
import { testNow } from "../../../support/made-aids.ts";
import { doRunOf } from "./do-waiting.ts";

const records = [1, 2].map((id) => ({ id: `${id}`, titre: `Aide ${id}`, texte: `<p>Texte ${id}</p>`, ouverture: "2026-12-01" }));
const change = { facon: "champ", champ: "ouverture", raison: "la date d’ouverture", version: "0" };

describe.each(testedDatabases)("a change that is tried: $title", (database) => {
  describe.skipIf(database.skipped)("in the console", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    /** Returns a finished trial and its plan. */
    async function tried() {
      const harvest = await newHarvest(catalogue, { guards: guardsOff, ignored: ["note", "ouverture"] });
      await harvest.day(records);
      const console = testConsole(catalogue, { folders: [harvest.folder] });
      const bizdev = await console.as("bizdev", "Marie");
      const ops = await console.as("ops", "Olga");
      const base = `/connecteurs/${harvest.connector}`;
      const { jobs } = console.services;
      const begin = async (form: Readonly<Record<string, string>> = change) => {
        const answer = await bizdev.post(`${base}/definition/champs/startDate`, form);
        const runId = await doRunOf(jobs, answer.to);
        const planId = (await catalogue.runs.find(runId))?.report?.planId ?? "";
        return { trial: answer.to ?? "", runId, planId };
      };
      return { harvest, bizdev, ops, base, begin, ...(await begin()) };
    }
    const startOf = async (harvest: Awaited<ReturnType<typeof tried>>["harvest"]) => (await harvest.aid("1")).startDate;

    it("is applied only after its version is saved; otherwise the next run would revert it", async () => {
      const { harvest, bizdev, ops, base, trial, runId, planId } = await tried();
      for (const client of [bizdev, ops]) {
        const page = await client.get(`/plans/${planId}`);
        expect(page.html).not.toContain(`/plans/${planId}/appliquer`);
        expect(page.html).toContain(trial);
        expect((await client.get(`/plans/${planId}/appliquer`)).status).toBe(409);
        const refused = await client.post(`/plans/${planId}/appliquer`);
        expect(refused.status).toBe(409);
        expect(refused.html).toContain(trial);
      }
      const done = await applyPlanPart(catalogue, planId, { by: "Paul", now: new Date(testNow) }, {});
      expect(done).toMatchObject({ refused: "not-kept" });
      expect(await startOf(harvest)).toBeNull();

      await bizdev.post(`${base}/versions`, { essai: runId });
      expect((await bizdev.get(`/plans/${planId}`)).html).toContain(`/plans/${planId}/appliquer`);
      expect((await bizdev.post(`/plans/${planId}/appliquer`)).status).toBe(303);
      expect(await startOf(harvest)).toBe("2026-12-01");
    });

    it("cannot be saved from an open page once it is abandoned, and its number is not reused", async () => {
      const { harvest, bizdev, base, begin, trial, runId } = await tried();
      await bizdev.post(`${trial}/abandonner`);
      expect((await bizdev.post(`${base}/versions`, { essai: runId })).status).toBe(404);
      const other = await begin({ ...change, facon: "rien", champ: "" });
      // Only a connector's own trial can become its version.
      expect((await bizdev.post(`${base}/versions`, { essai: runId })).status).toBe(404);
      expect((await bizdev.get(trial)).status).toBe(404);
      expect((await bizdev.get(other.trial)).status).toBe(200);
      expect(await catalogue.connectorVersions.list(harvest.connector)).toEqual([]);
    });

    it("cannot be abandoned once it is saved, and its plan stays", async () => {
      const { bizdev, base, trial, runId, planId } = await tried();
      await bizdev.post(`${base}/versions`, { essai: runId });
      expect((await bizdev.post(`${trial}/abandonner`)).status).toBe(409);
      expect((await catalogue.plans.find(planId))?.state).toBe("open");
    });

    it("does not activate a draft connector whose first run nobody has approved", async () => {
      const connector = `agence-brouillon-${database.title.replace(/\W/g, "").toLowerCase()}`;
      const definition = smallDefinition(connector, { state: "draft" });
      const made = { connector, definition: { ...definition }, changes: {}, terms: {}, why: "nouveau", by: "Marie", at: new Date(testNow) };
      await catalogue.connectorVersions.add(made, 0);
      const bizdev = await testConsole(catalogue).as("bizdev");
      const adresse = "url" in definition.feed ? (definition.feed.url ?? "") : "";
      const form = { adresse, rythme: "nuit", heure: "4:00", parce: "x", raison: "y", version: "1" };
      for (const etat of ["active", "paused", "retired"]) {
        const refused = await bizdev.post(`/connecteurs/${connector}/definition/collecte`, { ...form, etat });
        expect(refused.status, etat).toBe(422);
        expect(refused.html).toContain("pas encore appliquée");
      }
      const [newest] = await catalogue.connectorVersions.list(connector);
      expect(newest).toMatchObject({ version: 1, definition: { state: "draft" } });
    });
  });
});
