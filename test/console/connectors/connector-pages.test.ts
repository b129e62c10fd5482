import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, ownCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";

const record = (id: number) => ({ id: `a${id}`, titre: `Financer le projet ${id}`, texte: `<p>Texte de l’aide ${id}</p>` });

/** Returns the visible text, without markup. */
function words(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&nbsp;|[\u00a0\u202f]/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, " ");
}

describe.each(testedDatabases)("connectors, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());
    const consoleOf = ({ folder }: Harvest) => testConsole(catalogue, { folders: [folder] });

    it("are listed with their state, filtered by the URL", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day([record(1)]);
      await harvest.write("connectors/casse.json", "{");
      const reader = await consoleOf(harvest).as("read");
      const all = words((await reader.get("/connecteurs")).html);
      expect(all).toContain("Région Exemple");
      expect(all).toContain("refusé");
      const refused = words((await reader.get("/connecteurs?etat=refused")).html);
      expect(refused).toContain("1 connecteur");
      expect(refused).toContain("casse");
      const csv = await reader.get("/connecteurs.csv?resultat=applied");
      expect(csv.html).toContain(`;${harvest.connector};`);
      expect(csv.html).not.toContain("casse");
    });

    it("are not filtered while there are none", async () => {
      const reader = await testConsole(catalogue, { folders: [] }).as("read");
      expect((await reader.get("/connecteurs?texte=inconnu")).html).toContain('name="texte"');
      const empty = await ownCatalogue();
      const page = (await (await testConsole(empty).as("read")).get("/connecteurs")).html;
      expect(page).toContain("Il n’y a pas encore de connecteur.");
      expect(page).not.toContain('name="texte"');
    });

    it("show the problems of a refused definition", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.write("connectors/casse.json", JSON.stringify({ id: "casse" }));
      const page = await (await consoleOf(harvest).as("read")).get("/connecteurs/casse");
      expect(page.status).toBe(200);
      expect(words(page.html)).toContain("Sa définition est refusée");
      expect(words(page.html)).toContain("Clé publisher");
    });

    it("link only to pages that exist, with a definition, without, or with a refused one", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day([record(1)]);
      await harvest.write("connectors/casse.json", JSON.stringify({ id: "casse" }));
      const linksFrom = async (folders: readonly string[], connector: string) => {
        const admin = await testConsole(catalogue, { folders }).as("admin");
        const { html } = await admin.get(`/connecteurs/${connector}`);
        const [around = ""] = /<nav aria-label="Autour de ce connecteur"[\s\S]*?<\/nav>/.exec(html) ?? [];
        const links = [...around.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => href);
        for (const href of links) expect((await admin.get(href)).status, href).toBe(200);
        return links;
      };
      const versions = `/connecteurs/${harvest.connector}/versions`;
      expect(await linksFrom([harvest.folder], harvest.connector)).toContain(versions);
      expect(await linksFrom([harvest.folder], "casse")).not.toContain("/connecteurs/casse/versions");
      expect(await linksFrom([], harvest.connector)).not.toContain(versions);
    });

    it("have a page with publisher, feed, schedule and runs, without secrets", async () => {
      const harvest = await newHarvest(catalogue, {
        feed: { url: "https://region.example/aides.json?api_key=chut" },
        schedule: "15 4 * * 1,4",
      });
      await harvest.day([record(1), record(2)]);
      const { html, status } = await (await consoleOf(harvest).as("read")).get(`/connecteurs/${harvest.connector}`);
      expect(status).toBe(200);
      expect(html).not.toContain("chut");
      expect(words(html)).toContain("https://region.example/aides.json?api_key=***");
      expect(words(html)).toContain("Chaque lundi et jeudi à 4 h 15 (heure de Paris).");
      expect(words(html)).toContain("2 à relire");
      expect(html).not.toContain("Déposer le fichier");
      expect(html).not.toContain("Lancer maintenant");
    });

    it("are paused with a reason, and resumed, with the person's name", async () => {
      const harvest = await newHarvest(catalogue);
      const ops = await consoleOf(harvest).as("ops", "Olga");
      const path = `/connecteurs/${harvest.connector}`;
      const paused = words((await ops.act(`${path}/pause`, { raison: "nouveau serveur" })).html);
      expect(paused).toMatch(/En pause depuis le .* par Olga : nouveau serveur\./);
      expect((await ops.post(`${path}/pause`)).status).toBe(409);
      expect(await catalogue.schedule.pauses()).toMatchObject([{ connector: harvest.connector, by: "Olga", reason: "nouveau serveur" }]);
      expect(words((await ops.act(`${path}/reprendre`)).html)).toContain("n’est plus en pause");
      expect(await catalogue.schedule.pauses()).toEqual([]);
      expect((await ops.post(`${path}/reprendre`)).status).toBe(409);
      const audit = await catalogue.audit.list({ subject: `connecteur ${harvest.connector}` }, { limit: 10, offset: 0 });
      expect(audit.map(({ act, by }) => [act, by])).toEqual([
        ["connector.resume", "Olga"],
        ["connector.pause", "Olga"],
      ]);
    });

    it("are all paused and resumed together; a run requested meanwhile waits", async () => {
      const harvest = await newHarvest(catalogue);
      const ops = await consoleOf(harvest).as("ops", "Olga");
      expect(words((await ops.act("/pause", { raison: "mise à jour" })).html)).toContain("à la demande de Olga : mise à jour");
      const asked = words((await ops.act(`/connecteurs/${harvest.connector}/lancer`, { options: ["essai", "force"] })).html);
      expect(asked).toContain("L’essai de Région Exemple est demandé. Tout est en pause : elle commencera après la reprise.");
      expect((await catalogue.runQueue.waiting(harvest.connector)).map(({ options }) => options)).toEqual([{ dryRun: true, force: true }]);
      expect(words((await ops.act("/reprise")).html)).toContain("Les collectes reprennent");
      expect(await catalogue.schedule.pauses()).toEqual([]);
    });

    it("cannot be run by curators", async () => {
      const harvest = await newHarvest(catalogue);
      const bizdev = await consoleOf(harvest).as("bizdev");
      for (const act of ["lancer", "pause", "reprendre"])
        expect((await bizdev.post(`/connecteurs/${harvest.connector}/${act}`)).status).toBe(403);
    });
  });
});
