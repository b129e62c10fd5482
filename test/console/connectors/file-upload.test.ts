import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doRun } from "../../../src/jobs/worker/do-run.ts";
import { defaultRetention } from "../../../src/model/run/retention.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";

const file = (count: number, name = "aides 2026.json") =>
  new File([JSON.stringify(Array.from({ length: count }, (_, id) => ({ id: `a${id}`, titre: `Financer le projet ${id}` })))], name);
const dayInMs = 86_400_000;

describe.each(testedDatabases)("a new version of a file, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    async function brought(harvest: Harvest, fields: Record<string, string | Blob>) {
      const console = testConsole(catalogue, { folders: [harvest.folder] });
      const bizdev = await console.as("bizdev", "Bérénice");
      const answer = await bizdev.post(`/connecteurs/${harvest.connector}/fichier`, fields);
      const runId = answer.to?.replace("/collectes/", "") ?? "";
      const run = async () => {
        await doRun(console.services.jobs, { runId, connector: harvest.connector }, new AbortController().signal);
        return catalogue.runs.find(runId);
      };
      return { answer, run };
    }

    it("starts a run whose plan is not applied automatically", async () => {
      const harvest = await newHarvest(catalogue, { expect: { atLeast: 50 } });
      const { answer, run } = await brought(harvest, { fichier: file(3) });
      expect(answer.status).toBe(303);
      const ended = await run();
      expect(ended).toMatchObject({ outcome: "planned", askedBy: "Bérénice", report: { feed: { file: "aides 2026.json" }, guards: [] } });
      expect(await catalogue.aids.count(harvest.connector)).toBe(0);
    });

    it("is applied if requested and no guard holds it", async () => {
      const harvest = await newHarvest(catalogue);
      expect(await (await brought(harvest, { fichier: file(20), suite: "appliquer" })).run()).toMatchObject({ outcome: "applied" });
      expect(await catalogue.aids.count(harvest.connector)).toBe(20);
      expect(await (await brought(harvest, { fichier: file(2), suite: "appliquer" })).run()).toMatchObject({ outcome: "held" });
    });

    it("is not pruned while its run waits, however old an identical file is", async () => {
      const harvest = await newHarvest(catalogue);
      const { run } = await brought(harvest, { fichier: file(4) });
      // The database keeps entries of the audit trail that are young by its own clock.
      const retention = { ...defaultRetention, audit: 5000 };
      for await (const _ of catalogue.retention.prune(retention, new Date(testNow.getTime() + 4000 * dayInMs)));
      expect(await run()).toMatchObject({ outcome: "planned", report: { counts: { received: 4 } } });
    });

    it("is refused if none was chosen, and if it names a forgotten person", async () => {
      const harvest = await newHarvest(catalogue);
      expect((await brought(harvest, {})).answer.status).toBe(422);
      const feedCleaner = async () => ({ clean: <T>(value: T) => value, isIn: async () => true, origin: { module: "", data: null } });
      const console = testConsole(catalogue, { folders: [harvest.folder], services: { feedCleaner } });
      const page = await (await console.as("bizdev")).post(`/connecteurs/${harvest.connector}/fichier`, { fichier: file(5, "noms.json") });
      expect(page.status).toBe(422);
      expect(page.html).toContain("oubliée");
      expect(await catalogue.runQueue.waiting(harvest.connector)).toEqual([]);
    });
  });
});
