import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { newHarvest, smallDefinition } from "../../support/harvest.ts";
import { doRunOf } from "../editor/connector/do-waiting.ts";

const record = (id: number) => ({
  id: `a${id}`,
  titre: `Financer le projet ${id}`,
  texte: `<p>Texte de l’aide ${id}</p>`,
  publics: "Communes",
});
const records = (count: number) => Array.from({ length: count }, (_, index) => record(index));

/** Returns the text of the page, without markup. */
function words(html: string): string {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&nbsp;|[\u00a0\u202f]/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, " ");
}

describe.each(testedDatabases)("the last night, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    it("reports that all is well, and what was done", async () => {
      const harvest = await newHarvest(catalogue, { state: "active" });
      await harvest.day(records(3));
      const page = await (await testConsole(catalogue, { folders: [harvest.folder] }).as("read")).get("/");
      expect(page.status).toBe(200);
      expect(words(page.html)).toMatch(/Tout va bien \d+ collectes? terminées?, et rien n’attend de décision\./);
      expect(words(page.html)).toContain("3 nouvelles aides à relire");
      expect(page.html).not.toContain(">Lancer<");
    });

    it("is not well with rejects, warnings or repairs: names them on a card and in a list", async () => {
      const harvest = await newHarvest(catalogue, { state: "active" });
      const same = records(6).map((one) => ({ ...one, texte: "<p>Le même texte pour toutes les aides de ce flux.</p>" }));
      await harvest.day([...same, same[0], { id: "sans-titre" }]);
      const rejecting = await newHarvest(catalogue, { state: "active" });
      const { runId } = await rejecting.day([...records(3), { id: "sans-titre" }]);
      const reader = await testConsole(catalogue, { folders: [harvest.folder, rejecting.folder] }).as("read");
      const { html } = await reader.get("/");
      const page = words(html);
      expect(page).not.toContain("Tout va bien");
      expect(page).toMatch(/À décider \(2\) à regarder .* 6 des 6 aides/);
      expect(page).toContain("L’enregistrement est la copie exacte d’un autre du même flux ; il n’est lu qu’une fois (1 enregistrement).");
      expect(page).toContain("1 collecte avec des rejets ou des réparations");
      expect(html).toContain(`<a href="/collectes/${runId}/rejets">1 enregistrement rejeté sur`);
      const table = (await reader.get("/connecteurs")).html;
      expect(words(table)).toMatch(/Reçus Rejetés Créées/);
      expect(table).toMatch(/fr-badge--new[^">]*">appliquée, avec des rejets et des avertissements</);
      expect(table).toMatch(/fr-badge--new[^">]*">appliquée, avec des rejets</);
      const history = words((await reader.get(`/connecteurs/${harvest.connector}`)).html);
      expect(history).toContain("appliquée, avec des rejets et des avertissements 1 avertissement et 1 réparation");
    });

    it("refuses to postpone a decision about nothing, or to assign it to nobody", async () => {
      const harvest = await newHarvest(catalogue);
      const bizdev = await testConsole(catalogue, { folders: [harvest.folder] }).as("bizdev");
      const later = { carte: "held", "qui-est-ce": "Région", jusque: "2099-01-04", raison: "attend", personne: "" };
      const statusOf = async (form: Readonly<Record<string, string>>) => (await bizdev.post("/decisions/remettre", form)).status;
      expect(await statusOf({ ...later, connecteur: "nowhere" })).toBe(422);
      expect(await statusOf({ ...later, connecteur: harvest.connector, personne: "toString" })).toBe(422);
      expect(await catalogue.setAsides.list()).toEqual([]);
      expect(await statusOf({ ...later, connecteur: harvest.connector })).toBe(303);
    });

    it("says quietly which connectors never ran, and shows a card for a silent one", async () => {
      const harvest = await newHarvest(catalogue, { state: "active", schedule: "30 4 1 * *" });
      await harvest.day(records(3).map((one) => ({ ...one, fin: "2026-10-01" })));
      const ids = Array.from({ length: 25 }, (_, index) => `neuf-${index}`);
      for (const id of ids) {
        const definition = smallDefinition(id, {
          state: "active",
          schedule: "30 4 1 * *",
          feed: { url: `https://example.org/${id}.json` },
        });
        await harvest.write(`connectors/${id}.json`, JSON.stringify(definition));
      }
      const noon = new Date("2026-11-25T11:00:00Z");
      const { html } = await (await testConsole(catalogue, { folders: [harvest.folder], now: noon }).as("read")).get("/");
      const [folded = ""] = /<details[^>]*id="a-configurer">[\s\S]*?<\/details>/.exec(html) ?? [];
      expect(words(folded)).toContain("25 connecteurs prêts, jamais collectés");
      for (const id of ids) expect(folded).toContain(`href="/connecteurs/${id}"`);
      expect(words(html)).toMatch(/silencieux Région Exemple/);
    });

    it("warns that the clock of a machine was ahead", async () => {
      const harvest = await newHarvest(catalogue, { state: "active" });
      await harvest.day(records(3));
      const now = new Date("2026-11-25T11:00:00Z");
      await catalogue.schedule.claim(harvest.connector, new Date("2026-11-27T11:00:00Z"));
      await catalogue.schedule.correctFutureDueTimes(now);
      const { html } = await (await testConsole(catalogue, { folders: [harvest.folder], now }).as("read")).get("/");
      expect(words(html)).toContain(
        "1 échéance était notée comme faite jusqu’au vendredi 27 novembre à 12 h 00 au plus. Ces échéances ont compté comme non faites",
      );
    });

    it("shows a held run with the guard's finding and a link to its plan", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(records(20));
      const held = await harvest.day([]);
      expect(held.outcome).toBe("held");
      const ops = await testConsole(catalogue, { folders: [harvest.folder] }).as("ops");
      const { html } = await ops.get("/");
      expect(words(html)).toContain("À décider (1) retenue Région Exemple");
      expect(words(html)).toContain("Le flux ne contient aucun enregistrement");
      expect(html).toContain(`href="/plans/${held.planId}"`);
      expect(html).toContain(`formaction="/plans/${held.planId}/ecarter"`);
    });

    it("names the aids that a feed lost, says when they would be withdrawn, and that they stay if the plan is discarded", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(records(20));
      const held = await harvest.day(records(8));
      const ops = await testConsole(catalogue, { folders: [harvest.folder] }).as("ops");
      const first = words((await ops.get("/")).html);
      expect(first).toContain("12 aides sur 20 ne sont plus dans le flux (60 %, pour un seuil de 10 %).");
      expect(first).toMatch(/12 aides restent au catalogue pour l’instant ; elles seront retirées (au plus tôt )?le \d/);
      expect(first).toContain("Financer le projet 10 ");
      expect(first).not.toContain("Aucune collecte n’était attendue");
      const page = (await ops.get(`/plans/${held.planId}`)).html;
      expect(words(page)).toContain("Seuil : 10 % d’aides perdues, au moins 5, soit 15 restantes ;");
      // The recommended act is the same as on the card.
      expect(page).toContain(`class="fr-btn" href="/plans/${held.planId}/ecarter"`);
      expect(page).toContain(`class="fr-btn fr-btn--secondary" href="/plans/${held.planId}/appliquer"`);
      expect(words((await ops.get(`/plans/${held.planId}/ecarter`)).html)).toContain("Les 12 aides restent au catalogue.");
      const next = await ops.act(`/plans/${held.planId}/ecarter`, { retour: "/" });
      expect(words(next.html)).toContain("Écarté : les 12 aides restent au catalogue.");
    });

    it("reports why a feed was not read, and lets ops run it again", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day("<html><title>Maintenance</title></html>");
      const console = testConsole(catalogue, { folders: [harvest.folder] });
      const ops = await console.as("ops", "Olga");
      expect(words((await ops.get("/")).html)).toContain("Une page web est arrivée à la place du flux : « Maintenance ».");
      const next = await ops.act(`/connecteurs/${harvest.connector}/lancer`, { retour: "/" });
      expect(words(next.html)).toContain("La collecte de Région Exemple est demandée : son résultat paraîtra ici dans quelques minutes.");
      const [waiting] = await catalogue.runQueue.waiting(harvest.connector);
      expect(waiting).toMatchObject({ askedBy: "Olga", options: {} });
    });

    it("warns that no worker processes the waiting runs", async () => {
      const harvest = await newHarvest(catalogue);
      const ops = await testConsole(catalogue, { folders: [harvest.folder], now: new Date() }).as("ops");
      await ops.post(`/connecteurs/${harvest.connector}/lancer`);
      expect(words((await ops.get("/")).html)).not.toContain("n’avancent pas");
      await catalogue.store.rows(
        sql`update runs set asked_at = now() - interval '10 minutes 50 seconds' where connector = ${harvest.connector}`,
      );
      const warning = "Les collectes demandées n’avancent pas depuis 10 minutes : prévenez l’équipe technique";
      expect(words((await ops.get("/")).html)).toContain(warning);
      // The message of an act is about the act only.
      const next = await ops.act(`/connecteurs/${harvest.connector}/lancer`);
      const [, message = "", rest = ""] = /moisson-done(.*?)<\/div>(.*)/s.exec(next.html) ?? [];
      expect(words(message)).toContain("déjà en attente, son résultat paraîtra ici");
      expect(words(message)).not.toContain("n’avancent pas");
      expect(words(rest)).toContain(warning);
    });

    it("says that a failed run is tried again at once when a person asks for it", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(records(3));
      const ops = await testConsole(catalogue, { folders: [harvest.folder], now: new Date() }).as("ops");
      await ops.post(`/connecteurs/${harvest.connector}/lancer`);
      const [first] = await catalogue.runs.list({ connector: harvest.connector, limit: 1 });
      await catalogue.store.rows(sql`
        update runs set tries_again = (select id from runs where id <> ${first?.runId}::uuid limit 1), try = 2, not_before = now() + interval '20 minutes'
        where state = 'queued'`);
      const next = await ops.act(`/connecteurs/${harvest.connector}/lancer`);
      expect(words(next.html)).toContain("est demandée : le nouvel essai prévu part maintenant.");
    });

    it("says which word a trial translates, how, and why no aid changes", async () => {
      const other = await newHarvest(catalogue);
      await other.write(`mappings/${other.connector}/targetedAudiences.csv`, "partner_term,our_term,note\nBourgs étoilés,commune,\n");
      const harvest = await newHarvest(catalogue);
      await harvest.day(records(12));
      await harvest.day(records(12).map((one, place) => (place < 4 ? { ...one, publics: "Bourgs étoilés" } : one)));
      const console = testConsole(catalogue, { folders: [harvest.folder, other.folder] });
      const ops = await console.as("ops");
      expect(words((await ops.get("/")).html)).toContain(
        "Nos listes ne connaissent pas encore « Bourgs étoilés » (4 aides, traduction sûre : Communes).",
      );
      await ops.act("/mots/accepter", { mot: `targetedAudiences|commune|${encodeURIComponent("Bourgs étoilés")}` });
      expect((await ops.get("/")).html).toContain("data-live");
      const [run] = await catalogue.runQueue.waiting(harvest.connector);
      await doRunOf(console.services.jobs, run?.runId ?? null);
      const tried = await ops.get("/");
      expect(words(tried.html)).toContain(
        "« Bourgs étoilés » = Communes. Aucune aide ne changerait aujourd’hui : celles qui portent ce mot ont déjà cette valeur, gardée d’avant.",
      );
      const kept = await ops.act("/mots/essais", { essai: `${harvest.connector} ${run?.runId}` });
      expect(words(kept.html)).toContain("Décisions enregistrées pour 1 producteur.");
      expect(words(kept.html)).not.toContain("encore rien changé");
    });

    it("asks for the file of a manual connector, and reports no other problem", async () => {
      const harvest = await newHarvest(catalogue, {
        id: "mairie-exemple",
        feed: { urlFrom: "MOISSON_URL_MAIRIE_EXEMPLE" },
        rhythm: { everyDays: 30 },
      });
      const page = async (now: Date) =>
        words((await (await testConsole(catalogue, { folders: [harvest.folder], now }).as("bizdev")).get("/")).html);
      const today = new Date("2026-11-25T09:00:00Z");
      expect(await page(today)).toContain("Un fichier est attendu tous les 30 jours, et aucun n’a encore été reçu.");
      await harvest.day(records(3));
      expect(await page(today)).not.toContain("fichier attendu");
      const later = await page(new Date("2027-01-10T09:00:00Z"));
      expect(later).toContain("À décider (1) fichier attendu");
      expect(later).toContain("le dernier a été reçu le 25 novembre 2026");
    });
  });
});
