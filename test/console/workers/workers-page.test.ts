import { sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";

const words = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

describe.each(testedDatabases)("the page of workers, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    it("says what each worker does, why one takes no run and what to do, and lists the faults of the last days", async () => {
      const catalogue = await newCatalogue(database);
      onTestFinished(() => catalogue.drop());
      const page = async () => words((await (await testConsole(catalogue)).as("read").then((client) => client.get("/travailleurs"))).html);
      expect(await page()).toContain("Aucun exécuteur n’est en marche");
      expect(await page()).toContain("Aucune machine n’a empêché de collecte.");

      const worker = { version: "0.2.0", migration: "0001_machine_faults", sickFor: null };
      await catalogue.workers.hear({ ...worker, name: "serveur-1:10:aaaaaaaa" });
      await catalogue.workers.hear({ ...worker, name: "serveur-2:20:bbbbbbbb", sickFor: "temporary-disk-full" });
      await catalogue.workers.hear({ ...worker, name: "serveur-3:30:cccccccc" });
      await catalogue.workers.askToLeave("9999_newer");
      await catalogue.store.rows(sql`update workers set leave_for = null where name not like 'serveur-3%'`);
      await catalogue.workers.hear({ ...worker, name: "serveur-4:40:dddddddd" });
      await catalogue.store.rows(sql`update workers set heard_at = heard_at - interval '1 hour' where name like 'serveur-4%'`);
      await catalogue.machineFaults.note("temporary-disk-full", "serveur-2", 60);
      await catalogue.machineFaults.endOver();
      const shown = await page();
      expect(shown).toMatch(/serveur-1 processus 10 .*en marche Attend une collecte/);
      expect(shown).toMatch(/serveur-2 .*empêché Le dossier temporaire est plein depuis .*Libérez de la place/);
      expect(shown).toContain("S’arrête pour la mise à jour");
      expect(shown).toMatch(/serveur-4 .*disparu Disparu depuis/);
      expect(shown).toMatch(/en cours Sur serveur-2, le dossier temporaire est plein depuis/);

      await catalogue.store.rows(sql`update workers set heard_at = heard_at - interval '2 days' where name like 'serveur-4%'`);
      await catalogue.workers.prune();
      expect(await page()).not.toContain("serveur-4");
    });
  });
});
