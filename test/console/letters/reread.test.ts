import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCatalogue } from "../../../src/catalogue/open-catalogue.ts";
import { readPublicSettings } from "../../../src/console/console-settings.ts";
import { publicRoutes } from "../../../src/console/routes.ts";
import { newCatalogue, postgresql, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { feedServer } from "../../support/feed-server.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { guardsOff, type Harvest, newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { catalogueWithRoles } from "../../support/process-roles.ts";
import { newPublisher } from "../space/publishers-with-aids.ts";
import { doWaitingRuns, madeLetter, partnerOf, pointOf, record, words, wrong } from "./answered-letters.ts";

const better = [
  record(1),
  record(2, { fin: "2027-02-28" }),
  record(3, { fin: "bientôt peut-être" }),
  record(4, { titre: "Un titre" }),
  record(6, { publics: "Vénusiens" }),
  record(7, { lien: "voir le site" }),
];

describe("reading a letter's feed again", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  const served = async () => {
    const server = await feedServer();
    const url = `${server.origin}/aides.json`;
    const harvest = await newHarvest(catalogue, { guards: guardsOff, feed: { url } });
    await harvest.day(wrong);
    const publisherId = await partnerOf(catalogue, harvest);
    return { server, harvest, publisherId, ...(await at(harvest, server.host)) };
  };
  const at = async (harvest: Harvest, ...allowHosts: string[]) => {
    const console = testConsole(catalogue, { folders: [harvest.folder], services: { allowHosts } });
    return { console, ...(await madeLetter(catalogue, console, harvest)) };
  };

  it("is requested by the publisher, shows progress without JavaScript and then the result, and writes nothing", async () => {
    const { server, harvest, console, nobody, address, bizdev, path, publisherId } = await served();
    server.on("/aides.json", { body: better });
    const before = await harvest.rows();
    const letter = await nobody.get(address);
    await nobody.post(`${address}/reponses`, { point: pointOf(letter.html, "bientôt peut-être"), reponse: "corrected" });
    const going = await nobody.act(`${address}/relecture`);
    expect(words(going.html)).toContain("La relecture est en cours");
    expect(going.html).toContain('<noscript><meta http-equiv="refresh"');
    expect(going.html.split("</head>")[0]).not.toContain("http-equiv");
    expect((await nobody.get(address)).html).not.toContain("http-equiv");
    await doWaitingRuns(catalogue, console.services.jobs, harvest.connector);

    const read = words((await nobody.get(`${address}/relecture`)).html);
    expect(read).not.toContain("en cours");
    expect(read).toContain("Vos données ont été relues le");
    expect(read).toMatch(/1 aide n'a pas de titre \(titre\)\. corrigé/);
    expect(read).toMatch(/Vous nous avez dit que c'était corrigé, et nous le lisons encore.*encore 1/);
    expect(read).toContain("nouveau : 1");
    expect(read).toMatch(/La note de vos données est de \d+ sur 100 \(\d+ dans la lettre\)/);
    expect(read).not.toContain(harvest.connector);
    expect(await harvest.rows()).toEqual(before);

    const ours = words((await bizdev.get(path)).html);
    expect(ours).toContain("La collecte à blanc");
    await nobody.get(address);
    const entries = (await catalogue.exchanges.list(publisherId)).filter(({ kind }) => kind === "feed-read-again");
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ by: "producteur", details: { connector: harvest.connector, corrected: 2, added: 1 } });
    const [run] = await catalogue.runs.list({ connector: harvest.connector, limit: 1 });
    expect(run).toMatchObject({ askedBy: "producteur", options: { dryRun: true, force: true }, outcome: "planned" });
    // The connector's later publisher has no entry about it in its log.
    const next = await partnerOf(catalogue, harvest);
    await nobody.get(address);
    expect(await catalogue.exchanges.list(next)).toEqual([]);
  });

  it("is requested in the publisher's space too, for its own letters only", async () => {
    const { server, harvest, console, letterId, publisherId } = await served();
    server.on("/aides.json", { body: better });
    await catalogue.store.rows(sql`update letters set sent_at = now() where id = ${letterId}::uuid`);
    const path = `/espace/courriers/${letterId}`;
    const stranger = await console.asPublisher(await newPublisher(catalogue, "Département Voisin"));
    expect((await stranger.post(`${path}/relecture`)).status).toBe(404);
    expect((await stranger.get(`${path}/relecture`)).status).toBe(404);
    const lea = await console.asPublisher(publisherId);
    expect(formOnPage((await lea.get(path)).html, `${path}/relecture`)).toBeDefined();
    expect(words((await lea.act(`${path}/relecture`)).html)).toContain("La relecture est en cours");
    await doWaitingRuns(catalogue, console.services.jobs, harvest.connector);
    const read = await lea.get(`${path}/relecture`);
    expect(words(read.html)).toContain("Vos données ont été relues le");
    expect(read.html).toContain(`href="${path}"`);
  });

  it("reads an unchanged feed too", async () => {
    const { server, harvest, console, nobody, address } = await served();
    server.on("/aides.json", { body: wrong });
    await nobody.post(`${address}/relecture`);
    await doWaitingRuns(catalogue, console.services.jobs, harvest.connector);
    const read = words((await nobody.get(`${address}/relecture`)).html);
    expect(read).toContain("encore 1");
    expect(read).not.toMatch(/ corrigé |nouveau :/);
  });

  it("runs once in ten minutes per letter, however often it is requested", async () => {
    const { server, harvest, console, nobody, address } = await served();
    server.on("/aides.json", { body: better });
    const answers = await Promise.all([1, 2, 3].map(() => nobody.post(`${address}/relecture`)));
    expect(answers.filter(({ status }) => status === 303).length).toBeGreaterThan(0);
    expect(await catalogue.runQueue.waiting(harvest.connector)).toHaveLength(1);
    await doWaitingRuns(catalogue, console.services.jobs, harvest.connector);
    expect((await nobody.post(`${address}/relecture`)).to).toBe(`${address}/relecture`);
    expect(await catalogue.runQueue.waiting(harvest.connector)).toEqual([]);
    expect(words((await nobody.get(address)).html)).toContain("vous pourrez le demander à nouveau à 04:10");
  });

  it("leaves one plan, however often it is requested", async () => {
    const { server, harvest, address } = await served();
    server.on("/aides.json", { body: better }, { body: better }, { body: better });
    const minutes = (count: number) => new Date(testNow.getTime() + count * 60_000);
    const open = () => catalogue.plans.list({ connector: harvest.connector, isOpen: true });
    const before = (await open()).length;
    for (const at of [0, 11, 22]) {
      const later = testConsole(catalogue, { folders: [harvest.folder], services: { allowHosts: [server.host] }, now: minutes(at) });
      await (await later.as("nobody")).post(`${address}/relecture`);
      await doWaitingRuns(catalogue, later.services.jobs, harvest.connector);
    }
    expect(await open()).toHaveLength(before + 1);
  });

  it("keeps a plan that a guard holds and that waits for a decision", async () => {
    const server = await feedServer();
    const whole = Array.from({ length: 20 }, (_, place) => record(place));
    const harvest = await newHarvest(catalogue, { feed: { url: `${server.origin}/aides.json` } });
    await harvest.day(whole);
    expect((await harvest.day(whole.slice(0, 8))).outcome).toBe("held");
    const [held] = await catalogue.plans.list({ connector: harvest.connector, isOpen: true });
    const { console, nobody, address } = await at(harvest, server.host);
    server.on("/aides.json", { body: whole.slice(0, 7) });
    await nobody.post(`${address}/relecture`);
    await doWaitingRuns(catalogue, console.services.jobs, harvest.connector);
    expect((await catalogue.runs.list({ connector: harvest.connector, limit: 1 }))[0]).toMatchObject({
      askedBy: "producteur",
      outcome: "held",
    });
    expect((await catalogue.plans.find(held?.planId ?? ""))?.state).toBe("open");
  });

  it("says that the publisher's server does not answer", async () => {
    const { server, harvest, console, nobody, address, publisherId } = await served();
    server.on("/aides.json", { status: 404, body: "" });
    await nobody.post(`${address}/relecture`);
    await doWaitingRuns(catalogue, console.services.jobs, harvest.connector);
    expect(words((await nobody.get(`${address}/relecture`)).html)).toContain("votre serveur a refusé notre demande");
    const entry = (await catalogue.exchanges.list(publisherId)).find(({ kind }) => kind === "feed-read-again");
    expect(entry?.details).toMatchObject({ outcome: "refused" });
  });

  it("does not start while another run reads the feed or waits", async () => {
    const { harvest, nobody, address } = await served();
    await catalogue.runQueue.request({ connector: harvest.connector, options: {}, by: "schedule", now: new Date() });
    const page = await nobody.post(`${address}/relecture`);
    expect(page.status).toBe(409);
    expect(words(page.html)).toContain("justement en train d'être lues");
    expect(await catalogue.runQueue.waiting(harvest.connector)).toHaveLength(1);
  });

  it("gives the reason if it is impossible: pause, uploaded file, no address, removed connector", async () => {
    const { harvest, nobody, address } = await served();
    await catalogue.schedule.pause({ connector: harvest.connector, by: "Omar", at: new Date(), reason: "secret interne" });
    const paused = await nobody.get(address);
    expect(words(paused.html)).toContain("La lecture de vos données est en pause de notre côté");
    expect(paused.html).not.toContain("secret interne");
    expect((await nobody.post(`${address}/relecture`)).status).toBe(409);

    const byHand = await newHarvest(catalogue, {
      id: "fichier-apporte",
      guards: guardsOff,
      feed: { urlFrom: "MOISSON_URL_FICHIER_APPORTE" },
      rhythm: { everyDays: 30 },
    });
    await byHand.day(wrong);
    const brought = await at(byHand);
    expect(words((await brought.nobody.get(brought.address)).html)).toContain("envoyez le fichier corrigé en réponse au message");
    expect((await brought.nobody.get(brought.address)).html).not.toContain("Relire maintenant");

    const gone = await newHarvest(catalogue, { guards: guardsOff });
    await gone.day(wrong);
    const lost = await at(gone);
    const elsewhere = await testConsole(catalogue).as("nobody");
    expect(words((await elsewhere.get(lost.address)).html)).toContain("Nous ne lisons plus vos données de cette façon");
  });
});

describe.skipIf(postgresql.skipped)("reading a letter's feed again in the process for people without an account", () => {
  it("needs no more rights than its database role has, also the second time", async () => {
    const { owner, urlOf } = await catalogueWithRoles();
    const server = await feedServer();
    const harvest = await newHarvest(owner, { guards: guardsOff, feed: { url: `${server.origin}/aides.json` } });
    await harvest.day(wrong);
    await partnerOf(owner, harvest);
    const { address } = await madeLetter(owner, testConsole(owner, { folders: [harvest.folder] }), harvest);
    server.on("/aides.json", { body: better }, { body: better });
    const catalogue = await openCatalogue({ databaseUrl: urlOf("public"), home: "" });
    try {
      for (const minutes of [0, 11]) {
        const now = new Date(testNow.getTime() + minutes * 60_000);
        const services = { allowHosts: [server.host] };
        const folders = [harvest.folder];
        const site = testConsole(catalogue, { settings: readPublicSettings({}), routes: publicRoutes, folders, services, now });
        expect((await (await site.as("nobody")).post(`${address}/relecture`)).status).toBe(303);
        await doWaitingRuns(owner, testConsole(owner, { folders, services, now }).services.jobs, harvest.connector);
      }
    } finally {
      await catalogue.close();
    }
  });
});
