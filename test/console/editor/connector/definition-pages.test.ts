import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followRenames } from "../../../../src/jobs/connectors/follow-renames.ts";
import { terms } from "../../../../src/kit/rules/terms.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../../support/catalogues.ts";
import { testConsole } from "../../../support/console-client.ts";
import { guardsOff, newHarvest, smallDefinition } from "../../../support/harvest.ts";
import { testNow } from "../../../support/made-aids.ts";
import { doRunOf } from "./do-waiting.ts";

const records = ["Aide aux communes", "Prêt à l’innovation", "Fonds vert", "Rénovation des écoles"].map((titre, index) => ({
  id: `${index + 1}`,
  titre,
  texte: `<p>Texte ${index + 1}</p>`,
  fin: `2027-01-0${index + 1}`,
  ouverture: "2026-12-01",
  publics: ["Communes"],
}));

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");

describe.each(testedDatabases)("the definition of a connector: $title", (database) => {
  describe.skipIf(database.skipped)("in the console", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    async function setUp(changes: Parameters<typeof newHarvest>[1] = {}) {
      const harvest = await newHarvest(catalogue, { guards: guardsOff, ignored: ["note", "ouverture"], ...changes });
      const console = testConsole(catalogue, { folders: [harvest.folder] });
      const clients = { bizdev: await console.as("bizdev", "Marie"), read: await console.as("read") };
      return { harvest, console, ...clients, jobs: console.services.jobs, base: `/connecteurs/${harvest.connector}` };
    }
    const versionsOf = (connector: string) => catalogue.connectorVersions.list(connector);

    it("shows the source of each field in French, with an example from the last feed", async () => {
      const { harvest, read, bizdev, base } = await setUp();
      await harvest.day(records);
      const page = await read.get(`${base}/definition`);
      expect(page.status).toBe(200);
      const text = plain(page.html);
      expect(text).toContain("le champ « fin », date écrite comme 2026-11-25");
      expect(text).toContain("1er janvier 2027");
      expect(text).toContain("personne ne l’a changée");
      expect(page.html).not.toMatch(/\/definition\/(champs|producteur|collecte)/);
      const { html } = await bizdev.get(`${base}/definition`);
      for (const part of ["champs/", "producteur", "collecte"]) expect(html).toContain(`${base}/definition/${part}`);
    });

    it("tries a changed field on the last feed, saves it, uses it in the next run, and restores the old version", async () => {
      const { harvest, bizdev, base, jobs } = await setUp();
      await harvest.day(records);
      const form = { facon: "champ", champ: "ouverture", raison: "la date d’ouverture est venue", version: "0" };
      const answer = await bizdev.post(`${base}/definition/champs/startDate`, form);
      expect(answer.to).toMatch(new RegExp(`^${base}/essais/[0-9a-f-]{36}$`));
      expect((await bizdev.get(answer.to ?? "")).html).toContain("data-live");
      const early = await bizdev.post(`${base}/versions`, { essai: answer.to?.slice(-36) ?? "" });
      expect(early.status).toBe(409);

      const runId = await doRunOf(jobs, answer.to);
      expect(await versionsOf(harvest.connector)).toEqual([]);
      const trial = plain((await bizdev.get(answer.to ?? "")).html);
      expect(trial).toContain("Date d’ouverture : le champ « ouverture », date écrite comme 2026-11-25 (c’était : le champ « debut »");
      expect(trial).toContain("4 changements d’aides");
      expect((await harvest.aid("1")).startDate).toBeNull();

      const kept = await bizdev.act(`${base}/versions`, { essai: runId });
      expect(plain(kept.html)).toContain("La version 1 est enregistrée");
      expect(await versionsOf(harvest.connector)).toMatchObject([
        { version: 1, by: "Marie", why: "la date d’ouverture est venue", definition: null },
      ]);
      const twice = await bizdev.post(`${base}/versions`, { essai: runId });
      expect(twice.status).toBe(409);

      const plan = (await catalogue.runs.find(runId))?.report?.planId ?? "";
      await catalogue.plans.apply(plan, { token: null, now: new Date(testNow), appliedBy: "Olga" });
      expect((await harvest.aid("1")).startDate).toBe("2026-12-01");

      const back = await bizdev.post(`${base}/versions/0/reprendre`, { raison: "c’était une erreur", version: "1" });
      await bizdev.act(`${base}/versions`, { essai: await doRunOf(jobs, back.to) });
      expect(await versionsOf(harvest.connector)).toMatchObject([{ version: 2, changes: {} }, { version: 1 }]);
      const list = plain((await bizdev.get(`${base}/versions`)).html);
      expect(list).toContain("c’était une erreur");
      expect(list).toContain("Date d’ouverture : le champ « debut »");
    });

    it("closes the plan of an abandoned trial", async () => {
      const { harvest, bizdev, base, jobs } = await setUp();
      await harvest.day(records);
      const answer = await bizdev.post(`${base}/definition/champs/startDate`, {
        facon: "champ",
        champ: "ouverture",
        raison: "essai",
        version: "0",
      });
      const runId = await doRunOf(jobs, answer.to);
      await bizdev.act(`${answer.to}/abandonner`);
      const plan = (await catalogue.runs.find(runId))?.report?.planId ?? "";
      expect((await catalogue.plans.find(plan))?.state).toBe("discarded");
      expect(await versionsOf(harvest.connector)).toEqual([]);
    });

    it("overwrites nothing from an outdated page, and keeps the typed values of a form without a reason", async () => {
      const { harvest, bizdev, base } = await setUp();
      await harvest.day(records);
      const stale = await bizdev.post(`${base}/definition/champs/startDate`, {
        facon: "champ",
        champ: "ouverture",
        raison: "x",
        version: "4",
      });
      expect(stale.status).toBe(409);
      const silent = await bizdev.post(`${base}/definition/champs/startDate`, { facon: "champ", champ: "ouverture", version: "0" });
      expect(silent.status).toBe(422);
      expect(silent.html).toContain("Dites pourquoi");
      const wrong = await bizdev.post(`${base}/definition/champs/recurrence`, { facon: "rien", raison: "x", version: "0" });
      expect(wrong.to).toMatch(/essais/);
      const never = await bizdev.post(`${base}/definition/champs/name`, { facon: "rien", raison: "x", version: "0" });
      expect(never.status).toBe(422);
    });

    it("shows renamed columns that hold a plan, until somebody follows them", async () => {
      const { harvest, bizdev, base, jobs } = await setUp({ guards: {} });
      await harvest.day(records);
      const held = await harvest.day(records.map(({ fin, ...rest }) => ({ ...rest, date_limite: fin })));
      const page = await bizdev.get(`${base}/definition`);
      expect(plain(page.html)).toContain("« fin » s’appelle sans doute « date_limite » désormais");
      expect(page.html).toContain(`href="/plans/${held.planId}"`);
      const plan = await catalogue.plans.find(held.planId ?? "");
      if (plan === null) throw new Error("no plan");
      await followRenames(catalogue, await jobs.registry(), plan, { by: "Camille", now: testNow });
      expect((await bizdev.get(`${base}/definition`)).html).not.toContain("a changé de forme");
    });

    it("applies a new schedule or state at once; a paused connector shows why", async () => {
      const { harvest, bizdev, base } = await setUp({ feed: { url: "https://example.org/a.json" } });
      const form = {
        adresse: "https://example.org/a.json",
        rythme: "ouvres",
        heure: "5:30",
        etat: "paused",
        parce: "site en travaux",
        raison: "demandé",
        version: "0",
      };
      const silent = await bizdev.post(`${base}/definition/collecte`, { ...form, parce: "" });
      expect(silent.status).toBe(422);
      const kept = await bizdev.act(`${base}/definition/collecte`, form);
      expect(plain(kept.html)).toContain("La version 1 est enregistrée");
      expect(await versionsOf(harvest.connector)).toMatchObject([
        { changes: { schedule: "30 5 * * 1-5", state: "paused", because: "site en travaux" } },
      ]);
      const again = await bizdev.act(`${base}/definition/collecte`, { ...form, rythme: "nuit", etat: "active", parce: "", version: "1" });
      expect(again.status).toBe(200);
      expect(await versionsOf(harvest.connector)).toMatchObject([{ version: 2, changes: {} }, { version: 1 }]);
    });

    it("tries a new address, refuses a private one, and does not store a key", async () => {
      const { bizdev, base, jobs } = await setUp({ feed: { url: "https://example.org/a.json" } });
      const form = { rythme: "nuit", heure: "4:00", etat: "active", raison: "nouveau site", version: "0" };
      const key = await bizdev.post(`${base}/definition/collecte`, { ...form, adresse: "https://marie:secret@example.org/a.json" });
      expect(key.status).toBe(422);
      const answer = await bizdev.post(`${base}/definition/collecte`, { ...form, adresse: "http://127.0.0.1:9/a.json" });
      await doRunOf(jobs, answer.to);
      const page = await bizdev.get(answer.to ?? "");
      expect(plain(page.html)).toContain("L’essai n’a pas abouti");
      expect(page.html).not.toContain("Enregistrer cette version");
      expect((await bizdev.post(`${base}/versions`, { essai: answer.to?.slice(-36) ?? "" })).status).toBe(422);
    });

    it("reports a refused version, and can restore an older one", async () => {
      const { harvest, bizdev, base, jobs } = await setUp();
      await harvest.day(records);
      const made = { connector: harvest.connector, definition: null, terms: {}, why: "x", by: "Paul", at: new Date(testNow) };
      await catalogue.connectorVersions.add({ ...made, changes: { schedule: "0 4 * * *" } }, 0);
      await catalogue.connectorVersions.add({ ...made, changes: { shedule: "0 4 * * *" } }, 1);
      const page = plain((await bizdev.get(`${base}/definition`)).html);
      expect(page).toContain("Cette version est refusée");
      expect(page).toContain("shedule");
      const back = await bizdev.post(`${base}/versions/1/reprendre`, { raison: "réparer", version: "2" });
      await bizdev.act(`${base}/versions`, { essai: await doRunOf(jobs, back.to) });
      expect((await jobs.connectors()).find(({ definition }) => definition.id === harvest.connector)?.definition.schedule).toBe(
        "0 4 * * *",
      );
    });

    it("changes a connector made in the console on the same pages", async () => {
      const console = testConsole(catalogue);
      const bizdev = await console.as("bizdev", "Marie");
      const definition = {
        ...smallDefinition("agence-neuve", { state: "draft" }),
        fields: { ...smallDefinition("agence-neuve").fields, targetedAudiences: terms("publics", "targetedAudiences") },
      };
      const made = {
        connector: "agence-neuve",
        definition: { ...definition },
        changes: {},
        terms: { targetedAudiences: { Mairies: ["commune"] } },
        why: "nouveau",
        by: "Marie",
        at: new Date(testNow),
      };
      await catalogue.connectorVersions.add(made, 0);
      const page = plain((await bizdev.get("/connecteurs/agence-neuve/definition")).html);
      expect(page).toContain("né dans la console");
      expect(page).toContain("Mairies");
      const done = await bizdev.act("/connecteurs/agence-neuve/definition/producteur", {
        nom: "Agence Neuve",
        nature: "agency",
        territoire: "Île-de-France (région, 11)",
        licence: "openlicence20",
        raison: "nom exact",
        version: "1",
      });
      expect(plain(done.html)).toContain("Aucun flux de ce connecteur n’est gardé");
      const [newest] = await versionsOf("agence-neuve");
      expect(newest).toMatchObject({
        version: 2,
        definition: { publisher: { name: "Agence Neuve", kind: "agency" }, state: "draft" },
        terms: made.terms,
      });
    });

    it("lets readers change nothing", async () => {
      const { harvest, read, base } = await setUp();
      await harvest.day(records);
      for (const path of ["definition/champs/name", "definition/producteur", "definition/collecte", "versions/0/reprendre"])
        expect((await read.get(`${base}/${path}`)).status, path).toBe(403);
      expect((await read.post(`${base}/versions`, { essai: "x" })).status).toBe(403);
      expect((await read.get(`${base}/versions`)).status).toBe(200);
    });
  });
});
