import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { workOnce } from "../../../src/jobs/worker/work-once.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { words } from "../publishers/publisher-fixtures.ts";

describe.each(testedDatabases)("what people have decided, on the first page, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    const opened = async ({ folder }: Harvest) => {
      const console = testConsole(catalogue, { folders: [folder] });
      const ops = await console.as("ops", "Olga");
      const done = async () => /<h2 id="traite">[\s\S]*?<\/section>/.exec((await ops.get("/")).html)?.[0] ?? "";
      return { console, ops, done };
    };

    it("tells what became of a run that somebody asked for", async () => {
      const harvest = await newHarvest(catalogue);
      const { console, ops, done } = await opened(harvest);
      await ops.post(`/connecteurs/${harvest.connector}/lancer`);
      expect(words(await done())).toContain("Olga a lancé une collecte : Région Exemple – collecte en cours");
      await workOnce(console.services.jobs, {});
      const [run] = await catalogue.runs.list({ connector: harvest.connector, limit: 1 });
      expect(run?.outcome).toBe("unreachable");
      expect(words(await done())).toContain("Région Exemple – serveur du producteur injoignable");
    });

    it("tells a letter that is ready from one that the publisher has", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day([{ id: "a1", titre: "Planter des haies", texte: "<p>Pour les communes.</p>" }]);
      const next = new Date(testNow.getTime() + 6 * 3_600_000);
      const clock = { now: () => next, fixed: null, elapsed: () => performance.now() };
      await harvest.day("<html><body>Maintenance</body></html>", {}, { clock });
      const console = testConsole(catalogue, { folders: [harvest.folder], now: next });
      const bizdev = await console.as("bizdev", "Paul");
      const path = `/connecteurs/${harvest.connector}/courriers`;
      const begun = async () => words(/id="en-cours"[\s\S]*?<\/section>/.exec((await bizdev.get("/")).html)?.[0] ?? "");
      expect(await begun()).toBe("");
      await bizdev.post(path);
      expect(await begun()).toContain("Région Exemple : la lettre au producteur est prête, et pas encore envoyée");
      const [letter] = await catalogue.letters.list(harvest.connector);
      await bizdev.post(`${path}/${letter?.letterId}/envoyee`);
      expect(await begun()).toContain("Région Exemple : le producteur a la lettre");
    });

    it("lists decisions whose plan or run the audit trail does not name", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day([]);
      const { done } = await opened(harvest);
      const at = new Date(testNow.getTime() - 60_000);
      for (const act of ["plan.apply", "plan.discard", "plan.undo", "run.ask", "plan.follow"])
        await catalogue.audit.add({ at, person: randomUUID(), by: "Olga", act, subject: "producteur-1", details: { run: "gone" } });
      expect((await done()).match(/<li>/g)).toHaveLength(5);
    });

    it("leads to the versions of a connector whose words were kept, and folds what is older than ten decisions", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day([]);
      const { ops, done } = await opened(harvest);
      const at = new Date(testNow.getTime() - 60_000);
      const note = (n: number, connectors: readonly string[], act = "words.keep") =>
        catalogue.audit.add({
          at: new Date(at.getTime() - n * 1000),
          person: randomUUID(),
          by: "Olga",
          act,
          subject: "mots",
          details: { connectors: act === "words.keep" ? connectors.map((connector) => ({ connector, is: "applied" })) : connectors },
        });
      await note(1, [harvest.connector]);
      await note(2, [harvest.connector], "words.accept");
      for (let n = 3; n <= 12; n++) await note(n, ["a", "b"]);
      const list = await done();
      expect(list).toContain(`href="/connecteurs/${harvest.connector}/versions"`);
      expect(words(list).match(/Région Exemple/g)).toHaveLength(3);
      expect(words(list)).toContain("Voir 2 décisions plus anciennes");
      expect(list.match(/<li>/g)).toHaveLength(12);
      expect((await ops.get(`/connecteurs/${harvest.connector}/versions`)).status).toBe(200);
    });
  });
});
