import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, newHarvest, smallDefinition } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";
import { bretagne, seededFrom, words } from "./publisher-fixtures.ts";

const record = { id: "a1", titre: "Planter des haies", texte: "<p>Pour les communes.</p>", lien: "https://example.org/a1" };
const marie = { by: "Marie", now: testNow };
const person = {
  name: "Solveig Tartempion",
  role: "cheffe de projet",
  email: "s.tartempion@exemple.fr",
  phone: "04 75 11 22 33",
  note: "le matin",
};

/** Fixed clocks, one second apart, so that the order of runs is certain. */
function momentAfterMoment() {
  let seconds = 0;
  return () => {
    const now = new Date(testNow.getTime() + ++seconds * 1000);
    return { clock: { now: () => now, fixed: null, elapsed: () => performance.now() } };
  };
}

describe.each(testedDatabases)("the page of a publisher, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    /** Marie (bizdev), and the page of Bretagne, whose connector has run. */
    async function atBretagne() {
      const harvest = await newHarvest(catalogue, { publisher: bretagne, guards: guardsOff });
      await harvest.day([record]);
      const console = testConsole(catalogue, { folders: [harvest.folder] });
      const client = await console.as("bizdev", "Marie");
      await client.get("/producteurs");
      const { publisherId } = await seededFrom(catalogue, "region:53");
      const trail = async () => JSON.stringify(await catalogue.audit.list({}, { limit: 50, offset: 0 }));
      return { harvest, console, client, publisherId, path: `/producteurs/${publisherId}`, trail };
    }

    it("shows its facts and connectors, and warns about connectors with another licence", async () => {
      const { client, path, harvest, publisherId } = await atBretagne();
      const found = (await catalogue.publishers.find(publisherId)) ?? expect.fail();
      await catalogue.publishers.save(
        found,
        { ...found, licence: "openlicence20", agreedOn: "2026-10-01", agreedBy: "Solveig Tartempion" },
        marie,
      );
      const { html } = await client.get(path);
      const read = words(html);
      expect(read).toContain("SIREN 233 500 016");
      expect(read).toContain("Bretagne (région, 53)");
      expect(read).toContain("Accord donné par Solveig Tartempion");
      expect(read).toMatch(/1 connecteur.*appliquée.* 0 1 /);
      expect(read).toContain(`Le connecteur « ${bretagne.name} » ne dit pas cette licence`);
      expect(html).toContain(`/connecteurs/${harvest.connector}/definition/producteur`);
      expect(html).toContain(`/verifier?producteur=${publisherId}`);
    });

    it("shows the result of the last run: plan applied or discarded by a person, run undone", async () => {
      const { harvest, console, client, path } = await atBretagne();
      const more = Array.from({ length: 12 }, (_, place) => ({ ...record, id: `b${place}`, titre: `Aide ${place}`, lien: "" }));
      const later = momentAfterMoment();
      await harvest.day([record, ...more], {}, later());
      // So many missing aids trip the guard.
      await harvest.write(
        `connectors/${harvest.connector}.json`,
        JSON.stringify(smallDefinition(harvest.connector, { publisher: bretagne, guards: { ...guardsOff, gone: 0.1 } })),
      );
      const ops = await console.as("ops", "Olga");
      const last = async () => {
        const said = /<td[^>]*>\s*<span class="fr-badge[^>]*>([^<]*)<\/span>\s*<a href="\/collectes/.exec(
          (await client.get(path)).html,
        )?.[1];
        const list = words((await client.get("/connecteurs")).html);
        const run = words((await client.get("/collectes")).html);
        expect([list.includes(said ?? "?"), run.includes(said ?? "?")]).toEqual([true, true]);
        return said;
      };
      const held = await harvest.day([record], {}, later());
      expect(await last()).toBe("retenue");
      await ops.post(`/plans/${held.planId}/ecarter`, { note: "flux de test" });
      expect(await last()).toBe("retenue, puis écartée");
      const again = await harvest.day([{ ...record, titre: "Planter des arbres" }], {}, later());
      expect(await last()).toBe("retenue");
      await ops.post(`/plans/${again.planId}/appliquer`, { note: "c’est voulu" });
      expect(await last()).toBe("retenue, puis appliquée");
      expect(words((await client.get(`/collectes/${again.runId}`)).html)).toContain("retenue, puis appliquée");
      const undo = await ops.post(`/collectes/${again.runId}/defaire`);
      await ops.post(`${undo.to}/appliquer`, { note: "c’était faux" });
      expect(await last()).toBe("retenue, puis défaite");
    });

    it("hides contacts, log and the signatory from readers", async () => {
      const { console, client, path, publisherId } = await atBretagne();
      const found = (await catalogue.publishers.find(publisherId)) ?? expect.fail();
      const said = {
        licence: "openlicence20",
        agreedBy: "Solveig Tartempion",
        agreementDocument: "message de Tartempion",
        nextAction: "Tartempion",
        nextActionOn: "2026-12-01",
      };
      await catalogue.publishers.save(found, { ...found, ...said, personInCharge: client.personId }, marie);
      await catalogue.contacts.add(publisherId, { ...person, getsLetters: true }, marie);
      await catalogue.exchanges.add(publisherId, { at: testNow, kind: "call", by: "Marie", text: "Appelé Tartempion" });
      expect((await client.get(path)).html).toMatch(/tartempion/i);
      const reader = await console.as("read", "Lecteur");
      const { html, status } = await reader.get(path);
      expect(status).toBe(200);
      expect(html).toContain("Licence ouverte");
      expect(html).not.toMatch(/tartempion|Marie|04 75/i);
      for (const more of ["contacts/nouveau", "modifier"]) expect((await reader.get(`${path}/${more}`)).status).toBe(403);
      expect((await reader.post(`${path}/etape`, { etape: "agreed" })).status).toBe(403);
    });

    it("changes the stage, logs it, and does nothing if it is the same", async () => {
      const { client, path, publisherId, trail } = await atBretagne();
      const moved = await client.act(`${path}/etape`, { etape: "agreed", etait: "spotted" });
      expect(words(moved.html)).toContain("Le producteur est à l’étape « accord ». Notez la licence convenue");
      expect(words(moved.html)).toContain("De « repéré » à « accord ».");
      await client.post(`${path}/etape`, { etape: "agreed" });
      expect(await catalogue.exchanges.list(publisherId)).toHaveLength(1);
      expect((await client.post(`${path}/etape`, { etape: "conquis" })).status).toBe(422);
      expect(await trail()).toContain("publisher.stage");
    });

    it("says what to say at a first contact, and no longer once they talk", async () => {
      const { client } = await atBretagne();
      const path = `/producteurs/${(await seededFrom(catalogue, "department:26")).publisherId}`;
      expect(words((await client.get(path)).html)).toContain("Premier contact : que dire, que demander");
      await client.act(`${path}/etape`, { etape: "talking", etait: "spotted" });
      expect(words((await client.get(path)).html)).not.toContain("Premier contact");
    });

    it("refuses a stage from an outdated page, says what changed, and keeps the choice", async () => {
      const { console, client, path, publisherId } = await atBretagne();
      const paul = await console.as("bizdev", "Paul");
      await paul.post(`${path}/etape`, { etape: "refused", etait: "spotted" });
      const late = await client.post(`${path}/etape`, { etape: "agreed", etait: "spotted" });
      expect(late.status).toBe(409);
      expect(words(late.html)).toContain("Paul a changé l’étape entre-temps");
      expect(words(late.html)).toContain("De « repéré » à « refus ».");
      expect(late.html).toMatch(/name="etait" value="refused"/);
      expect(late.html).toMatch(/<option value="agreed" selected/);
      expect((await catalogue.publishers.find(publisherId))?.stage).toBe("refused");
      expect(await catalogue.publishers.moveTo(publisherId, "agreed", { ...marie, from: "spotted" })).toBe(false);
    });

    it("warns if a publisher that refused or withdrew still has published aids, and if it is online without any", async () => {
      const { harvest, client, path, publisherId } = await atBretagne();
      const said = await client.act(`${path}/etape`, { etape: "online", etait: "spotted" });
      expect(words(said.html)).toContain("Aucune de ses aides n’est pourtant publiée");
      expect(words(said.html)).toContain("« En ligne », sans aide publiée");
      expect(words((await client.get("/producteurs?verifier=empty")).html)).toContain("1 producteur");
      expect(words((await client.get("/couverture")).html)).toContain("1 producteur est « en ligne », sans aide publiée");
      await importPublished(catalogue, harvest.connector, { open: {}, closed: { importShareLicence: "agreement" } });
      while ((await catalogue.search.catchUp()) > 0);
      expect(words((await client.get(path)).html)).not.toContain("sans aide publiée");
      const found = (await catalogue.publishers.find(publisherId)) ?? expect.fail();
      await catalogue.exchanges.add(publisherId, { at: testNow, kind: "agreement", by: "Marie", details: { licence: "openlicence20" } });
      expect(found.licence).toBeNull();
      expect(words((await client.get(path)).html)).toContain("L’accord est retiré, et des aides restent en ligne");
      await client.post(`${path}/etape`, { etape: "refused", etait: "online" });
      const { html } = await client.get(path);
      expect(words(html)).toContain(
        "1 aide sous licence ouverte ou sur une base confirmée sort encore sur le site, dans l’API et dans les fichiers de données ouvertes",
      );
      expect(words(html)).toContain("1 aide sans licence ouverte ni base confirmée est encore sur le site");
      expect(html).toContain(`/connecteurs/${harvest.connector}/definition/collecte?etat=paused#champ-etat`);
      expect(words((await client.get("/producteurs?verifier=stopped")).html)).toContain("refus des aides restent en ligne");
      expect((await client.get("/couverture.csv")).html).toContain("refus, des aides restent en ligne");
    });

    it("stores the next action; completing it logs it and asks for the next", async () => {
      const { client, path, publisherId } = await atBretagne();
      const noted = await client.act(`${path}/action`, { etait: "", action: "Rappeler la DSI", "action-jour": "2026-11-20" });
      expect(words(noted.html)).toContain("Rappeler la DSI – pour le 20 novembre 2026 en retard");
      const late = await client.post(`${path}/action`, { etait: "", action: "Écrire au DGS", "action-jour": "" });
      expect(late.status).toBe(409);
      expect(words(late.html)).toContain("à la place de ce que vous avez saisi : « Rappeler la DSI » pour le 20 novembre 2026");
      expect(late.html).toContain('value="Écrire au DGS"');
      expect(
        (await client.post(`${path}/action`, { etait: "2026-11-20 Rappeler la DSI", action: "", "action-jour": "2026-12-01" })).status,
      ).toBe(422);
      expect((await client.post(`${path}/action/faite`, { etait: "" })).status).toBe(409);
      const done = await client.act(`${path}/action/faite`, { etait: "2026-11-20 Rappeler la DSI" });
      expect(words(done.html)).toContain("Que faire ensuite, et quand ?");
      expect(await catalogue.exchanges.list(publisherId)).toMatchObject([
        { kind: "note", text: "Fait\u00a0: Rappeler la DSI", by: "Marie" },
      ]);
    });

    it("logs a note of today or an earlier day, and lets its author remove it", async () => {
      const { console, client, path, publisherId, trail } = await atBretagne();
      const said = { echange: "call", "echange-texte": "Solveig Tartempion est d’accord" };
      expect((await client.post(`${path}/journal`, { ...said, "echange-jour": "2026-11-26" })).status).toBe(422);
      const empty = await client.post(`${path}/journal`, { echange: "mail", "echange-jour": "2026-02-30", "echange-texte": "" });
      expect(empty.status).toBe(422);
      expect(empty.html).toContain("Cette date n’existe pas");
      await client.post(`${path}/journal`, { ...said, "echange-jour": "2026-11-25" });
      await client.post(`${path}/journal`, { echange: "meeting", "echange-texte": "Salon des maires", "echange-jour": "2026-11-02" });
      const log = await catalogue.exchanges.list(publisherId);
      expect(log.map(({ kind, at }) => [kind, at.toISOString()])).toEqual([
        ["call", testNow.toISOString()],
        ["meeting", "2026-11-02T11:00:00.000Z"],
      ]);
      const entry = `${path}/journal/${log[0]?.seq}/retirer`;
      const paul = await console.as("bizdev", "Paul");
      expect((await paul.post(entry)).status).toBe(422);
      expect((await client.post(entry)).status).toBe(303);
      expect((await client.post(entry)).status).toBe(404);
      await client.post(`${path}/etape`, { etape: "talking", etait: "spotted" });
      const [stage] = await catalogue.exchanges.list(publisherId);
      expect((await client.post(`${path}/journal/${stage?.seq}/retirer`)).status).toBe(422);
      expect(await trail()).not.toMatch(/tartempion/i);
    });

    it("keeps one of two concurrent changes of a contact, and shows it to the other person", async () => {
      const { console, client, path, publisherId } = await atBretagne();
      const then = { by: "Marie", now: new Date(testNow.getTime() - 3_600_000) };
      const contactId = await catalogue.contacts.add(publisherId, { ...person, getsLetters: true }, then);
      const paul = await console.as("bizdev", "Paul");
      const said = { nom: person.name, adresse: person.email, lu: then.now.toISOString() };
      const answers = await Promise.all(
        [client, paul].map((one, place) => one.post(`${path}/contacts/${contactId}`, { ...said, fonction: `fonction ${place}` })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
      const [kept] = await catalogue.contacts.list(publisherId);
      expect(words(answers.find(({ status }) => status === 409)?.html ?? "")).toContain(
        `Tel qu’enregistré : ${person.name}, ${kept?.role}`,
      );
    });

    it("stores a contact and a note once if the form is sent twice", async () => {
      const { client, path, publisherId } = await atBretagne();
      const typed = { nom: "Service des aides", adresse: "aides@exemple.fr" };
      const said = { echange: "call", "echange-jour": "2026-11-02", "echange-texte": "Personne ne répond" };
      const counts = async () => [
        (await catalogue.contacts.list(publisherId)).length,
        (await catalogue.exchanges.list(publisherId)).length,
      ];
      const [contacts = 0, entries = 0] = await counts();
      await Promise.all([1, 2].map(() => client.post(`${path}/contacts/nouveau`, typed)));
      await Promise.all([1, 2].map(() => client.post(`${path}/journal`, said)));
      expect(await counts()).toEqual([contacts + 1, entries + 1]);
      await client.post(`${path}/contacts/nouveau`, { ...typed, fonction: "accueil" });
      await client.post(`${path}/journal`, { ...said, "echange-jour": "2026-11-03" });
      expect(await counts()).toEqual([contacts + 2, entries + 2]);
    });

    it("refuses days with a mistyped year, in the log and as next action", async () => {
      const { client, path } = await atBretagne();
      for (const day of ["0202-11-20", "0000-01-01"]) {
        const said = { echange: "call", "echange-jour": day, "echange-texte": "D’accord" };
        expect((await client.post(`${path}/journal`, said)).status).toBe(422);
        expect((await client.post(`${path}/action`, { action: "Rappeler", "action-jour": day, etait: "" })).status).toBe(422);
      }
    });

    it("refuses contact addresses that cannot receive mail", async () => {
      const { client, path } = await atBretagne();
      for (const adresse of ["a@exemple.fr,b@exemple.fr", "Anne<a@exemple.fr>", "a@exemple", `a@b.${"c".repeat(300)}`])
        expect((await client.post(`${path}/contacts/nouveau`, { nom: "Anne", adresse })).status).toBe(422);
    });

    it("adds, edits and removes contacts, and a second save never overwrites the first", async () => {
      const { console, client, path, publisherId, trail } = await atBretagne();
      const typed = { nom: person.name, fonction: person.role, adresse: person.email, telephone: person.phone, note: person.note };
      expect((await client.post(`${path}/contacts/nouveau`, { ...typed, adresse: "", lettres: "oui" })).status).toBe(422);
      const added = await client.act(`${path}/contacts/nouveau`, { ...typed, lettres: "oui" });
      expect(words(added.html)).toContain(
        "Solveig Tartempion cheffe de projet reçoit les lettres s.tartempion@exemple.fr 04 75 11 22 33 le matin",
      );
      const [contact] = await catalogue.contacts.list(publisherId);
      const own = `${path}/contacts/${contact?.contactId}`;
      const read = /name="lu" value="([^"]+)"/.exec((await client.get(own)).html)?.[1] ?? "";
      const later = testConsole(catalogue, { now: new Date(testNow.getTime() + 60_000) });
      const paul = await later.as("bizdev", "Paul");
      expect((await paul.post(own, { ...typed, fonction: "directrice", lu: read })).status).toBe(303);
      const late = await client.post(own, { ...typed, fonction: "élue", lu: read });
      expect(late.status).toBe(409);
      expect(words(late.html)).toContain("Paul a enregistré ce contact entre-temps");
      expect(late.html).toContain("directrice");
      expect(late.html).toContain('value="élue"');
      expect((await client.post(`${own}/retirer`)).status).toBe(303);
      expect(await catalogue.contacts.list(publisherId)).toEqual([]);
      expect((await client.get(own)).status).toBe(404);
      expect(await trail()).toContain("publisher.remove-contact");
      expect(await trail()).not.toMatch(/tartempion|04 75/i);
      expect(
        (
          await (
            await console.as("bizdev")
          ).get(`/producteurs/${(await seededFrom(catalogue, "region:52")).publisherId}/contacts/${contact?.contactId}`)
        ).status,
      ).toBe(404);
    });
  });
});
