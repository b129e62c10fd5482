import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { bretagne, seededFrom, words } from "./publishers-at-hand.ts";

const record = { id: "a1", titre: "Planter des haies", texte: "<p>Pour les communes.</p>", lien: "https://example.org/a1" };
const marie = { by: "Marie", now: testNow };
const person = {
  name: "Solveig Tartempion",
  role: "cheffe de projet",
  email: "s.tartempion@exemple.fr",
  phone: "04 75 11 22 33",
  note: "le matin",
};

describe.each(testedDatabases)("the page of a publisher, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    /** Marie of the partnerships, and the page of Bretagne, whose connector has run. */
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

    it("says who it is, how its connectors stand, and that they do not say the licence that was agreed", async () => {
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
      expect(read).toContain(`Le connecteur ${harvest.connector} ne dit pas cette licence`);
      expect(html).toContain(`/connecteurs/${harvest.connector}/definition/producteur`);
      expect(html).toContain(`/verifier?producteur=${publisherId}`);
    });

    it("shows neither contacts nor log nor who said yes to those who only read", async () => {
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

    it("moves it to another stage, which its log tells, and says nothing where it is there already", async () => {
      const { client, path, publisherId, trail } = await atBretagne();
      const moved = await client.act(`${path}/etape`, { etape: "agreed" });
      expect(words(moved.html)).toContain("Le producteur est à l’étape « accord ». Notez la licence convenue");
      expect(words(moved.html)).toContain("De « repéré » à « accord ».");
      await client.post(`${path}/etape`, { etape: "agreed" });
      expect(await catalogue.exchanges.of(publisherId)).toHaveLength(1);
      expect((await client.post(`${path}/etape`, { etape: "conquis" })).status).toBe(422);
      expect(await trail()).toContain("publisher.stage");
    });

    it("keeps what is to be done next; done, it stands in the log and the next is asked for", async () => {
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
      expect(await catalogue.exchanges.of(publisherId)).toMatchObject([{ kind: "note", text: "Fait\u00a0: Rappeler la DSI", by: "Marie" }]);
    });

    it("takes what was said into its log, of today or a day past, and lets who wrote it take it out", async () => {
      const { console, client, path, publisherId, trail } = await atBretagne();
      const said = { echange: "call", "echange-texte": "Solveig Tartempion est d’accord" };
      expect((await client.post(`${path}/journal`, { ...said, "echange-jour": "2026-11-26" })).status).toBe(422);
      const empty = await client.post(`${path}/journal`, { echange: "mail", "echange-jour": "2026-02-30", "echange-texte": "" });
      expect(empty.status).toBe(422);
      expect(empty.html).toContain("Cette date n’existe pas");
      await client.post(`${path}/journal`, { ...said, "echange-jour": "2026-11-25" });
      await client.post(`${path}/journal`, { echange: "meeting", "echange-texte": "Salon des maires", "echange-jour": "2026-11-02" });
      const log = await catalogue.exchanges.of(publisherId);
      expect(log.map(({ kind, at }) => [kind, at.toISOString()])).toEqual([
        ["call", testNow.toISOString()],
        ["meeting", "2026-11-02T11:00:00.000Z"],
      ]);
      const entry = `${path}/journal/${log[0]?.seq}/retirer`;
      const paul = await console.as("bizdev", "Paul");
      expect((await paul.post(entry)).status).toBe(422);
      expect((await client.post(entry)).status).toBe(303);
      expect((await client.post(entry)).status).toBe(404);
      await client.post(`${path}/etape`, { etape: "talking" });
      const [stage] = await catalogue.exchanges.of(publisherId);
      expect((await client.post(`${path}/journal/${stage?.seq}/retirer`)).status).toBe(422);
      expect(await trail()).not.toMatch(/tartempion/i);
    });

    it("keeps one of two words on a contact that come at the same time, and shows it to the other", async () => {
      const { console, client, path, publisherId } = await atBretagne();
      const then = { by: "Marie", now: new Date(testNow.getTime() - 3_600_000) };
      const contactId = await catalogue.contacts.add(publisherId, { ...person, getsLetters: true }, then);
      const paul = await console.as("bizdev", "Paul");
      const said = { nom: person.name, adresse: person.email, lu: then.now.toISOString() };
      const answers = await Promise.all(
        [client, paul].map((one, place) => one.post(`${path}/contacts/${contactId}`, { ...said, fonction: `fonction ${place}` })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
      const [kept] = await catalogue.contacts.of(publisherId);
      expect(words(answers.find(({ status }) => status === 409)?.html ?? "")).toContain(
        `Tel qu’enregistré : ${person.name}, ${kept?.role}`,
      );
    });

    it("keeps contacts: added, changed, removed, and a second save never overwrites the first", async () => {
      const { console, client, path, publisherId, trail } = await atBretagne();
      const typed = { nom: person.name, fonction: person.role, adresse: person.email, telephone: person.phone, note: person.note };
      expect((await client.post(`${path}/contacts/nouveau`, { ...typed, adresse: "", lettres: "oui" })).status).toBe(422);
      const added = await client.act(`${path}/contacts/nouveau`, { ...typed, lettres: "oui" });
      expect(words(added.html)).toContain(
        "Solveig Tartempion cheffe de projet reçoit les lettres s.tartempion@exemple.fr 04 75 11 22 33 le matin",
      );
      const [contact] = await catalogue.contacts.of(publisherId);
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
      expect(await catalogue.contacts.of(publisherId)).toEqual([]);
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
