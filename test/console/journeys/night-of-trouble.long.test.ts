import { once } from "node:events";
import { createServer } from "node:https";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readJobSettings } from "../../../src/jobs/job-settings.ts";
import { requestRun } from "../../../src/jobs/queue/request-run.ts";
import { checkRuns } from "../../../src/jobs/worker/check-runs.ts";
import { doRun } from "../../../src/jobs/worker/do-run.ts";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { publisherSite } from "../../jobs/publisher-site.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { expiredCertificate } from "../../support/test-certificates.ts";
import { until } from "../../support/until.ts";

/** What a person does to decide: presses a button of the card, or opens something. */
type Steps = (press: (button: string | RegExp) => Promise<void>, open: (what: Locator) => Promise<void>) => Promise<void>;

const pictures = process.env.MOISSON_PICTURES;
const things = ["haies", "puits", "ponts", "vergers", "lavoirs", "marchés", "chemins", "cantines", "gymnases", "halles"];
const subjects = ["anciens", "nouveaux", "petits", "grands"].flatMap((kind) => things.map((thing) => `${thing} ${kind}`));
const record = (subject: string, id: number) => ({
  id: `a${id}`,
  titre: `Entretenir les ${subject}`,
  texte: `<p>La région aide les communes à entretenir leurs ${subject}.</p>`,
  publics: "Communes",
});
const records = (prefix: string) => subjects.map((subject, id) => record(`${subject} ${prefix}`, id));
const csv = (title: string) =>
  [`"id";"${title}";"texte"`, ...subjects.map((subject, id) => `"a${id}";"Entretenir les ${subject} du canton";"Pour les communes."`)].join(
    "\n",
  );

describe.skipIf(!hasBrowser)(`a night of trouble${whyNoBrowser}`, { timeout: 300_000 }, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("is decided from the first page, with two acts at most for each trouble", async () => {
    const site = await publisherSite();
    const insecure = createServer(expiredCertificate, (_, response) => response.end("[]"));
    insecure.listen(0, "127.0.0.1");
    await once(insecure, "listening");
    onTestFinished(() => void insecure.close());
    const tlsPort = (insecure.address() as { port: number }).port;
    const before = { now: () => new Date(testNow.getTime() - 15 * 3_600_000), fixed: null, elapsed: () => performance.now() };
    const folders: string[] = [];
    /** Makes a connector of a publisher, with the feed of the day before already applied. */
    const publisher = async (
      id: string,
      name: string,
      url: string,
      feed: readonly unknown[] | string,
      more: Partial<ConnectorInput> = {},
    ) => {
      const harvest = await newHarvest(catalogue, {
        id,
        publisher: { name, kind: "region", territory: { scale: "region", code: "11" }, licence: "openlicence20" },
        feed: { url },
        ...more,
      });
      await harvest.day(feed, {}, { clock: before });
      folders.push(harvest.folder);
      return harvest;
    };
    await publisher("flux-tronque", "Région Tronquée", `${site.origin}/tronque.json`, records("d’ici"));
    await publisher("colonne", "Région Colonne", `${site.origin}/colonne.csv`, csv("titre"), { decode: { format: "csv" } });
    await publisher("injoignable", "Région Muette", "http://127.0.0.1:9/aides.json", records("muets"));
    await publisher("certificat", "Région Certificat", `https://localhost:${tlsPort}/aides.json`, records("sûrs"));
    // Another publisher uses the same word, and somebody has decided its meaning.
    const decided = await publisher("page-web", "Région Web", `${site.origin}/web.json`, records("du web"));
    await decided.write("mappings/page-web/targetedAudiences.csv", "partner_term,our_term,note\nBourgs étoilés,commune,\n");
    await publisher("mots", "Région Mots", `${site.origin}/mots.json`, records("des mots"));
    await publisher("interrompu", "Région Interrompue", `${site.origin}/interrompu.json`, records("du soir"));

    const settings = readJobSettings({ MOISSON_LOCK_SECONDS: "0.001" });
    const allowHosts = [site.host, "127.0.0.1:9", `localhost:${tlsPort}`];
    const console = await startedConsole(catalogue, { folders, services: { allowHosts }, jobs: { settings } });
    const { jobs } = console;
    /** Does all waiting runs, as a worker. */
    const work = async () => {
      for (const { runId, connector } of await catalogue.runQueue.waiting())
        await doRun(jobs, { runId, connector }, new AbortController().signal);
    };

    site.answer("/tronque.json", { records: records("d’ici").slice(0, 28) });
    site.answer("/web.json", {
      text: "<!doctype html><html><title>Maintenance</title><body>En travaux</body></html>",
      headers: { "content-type": "text/html" },
    });
    site.answer("/colonne.csv", { text: csv("intitule_aide"), headers: { "content-type": "text/csv" } });
    site.answer("/mots.json", {
      records: records("des mots").map((one, place) => (place < 4 ? { ...one, publics: "Bourgs étoilés" } : one)),
    });
    site.answer("/interrompu.json", { records: records("du soir") });
    const ask = (connector: string) => requestRun(catalogue, jobs.queue, { connector, by: "schedule", now: testNow, options: {} });
    for (const id of ["flux-tronque", "page-web", "colonne", "injoignable", "certificat", "mots"]) await ask(id);
    await work();
    // A worker takes the run and is killed, again and again, until no try is left.
    await ask("interrompu");
    for (let losses = 1; losses <= 7; losses++) {
      const [run] = await catalogue.runQueue.waiting("interrompu");
      const terms = { worker: "elsewhere:1:00000000", leaseSeconds: 0, pauseSeconds: 0, host: null, mappingFingerprint: "", now: testNow };
      await until("the run is claimed", async () => (await catalogue.runQueue.claim(run?.runId ?? "", terms)).kind === "claimed");
      await until("the lost run is seen", async () => (await checkRuns(jobs)).abandoned.includes(run?.runId ?? ""));
    }

    const { context, errors } = await browser.context();
    await signIn(context, console, "ops", "Olga");
    const page = await context.newPage();
    await page.setViewportSize({ width: 1366, height: 768 });
    const look = async (step: string) => {
      if (pictures !== undefined) await page.screenshot({ path: `${pictures}/trouble-${step}.png`, fullPage: true });
    };
    const home = () => page.goto(`${console.url}/`);
    const card = (name: string) => page.getByRole("article").filter({ hasText: name });
    const taken: Record<string, { acts: number; ms: number }> = {};
    /** Decides about a card. Every button that is pressed or section that is opened counts as an act. */
    const decide = async (trouble: string, name: string, steps: Steps) => {
      let acts = 0;
      const begun = performance.now();
      const open = async (what: Locator) => {
        acts++;
        await what.click();
      };
      await steps((button) => open(card(name).getByRole("button", { name: button }).first()), open);
      await page.waitForURL((url) => url.pathname === "/");
      await page.getByRole("heading", { level: 1, name: "Dernière nuit" }).waitFor();
      expect(await card(name).count(), trouble).toBe(0);
      taken[trouble] = { acts, ms: Math.round(performance.now() - begun) };
    };

    await home();
    await look("1-morning");
    expect(await seriousOn(page)).toEqual([]);
    expect(await page.getByRole("article").count()).toBe(7);

    await decide("a feed lost 30 %", "Région Tronquée", (press) => press(/^Écarter cette collecte/));
    await decide("a renamed column", "Région Colonne", (press) => press(/^Lire « intitule_aide » au lieu de « titre »/));
    site.answer("/web.json", { records: records("du web") });
    await decide("a web page", "Région Web", (press) => press(/^Relancer la collecte/));
    await decide("a killed worker", "Région Interrompue", (press) => press(/^Relancer la collecte/));
    await decide("an unreachable host", "Région Muette", async (press, open) => {
      const aside = card("Région Muette");
      await open(aside.locator("summary", { hasText: "Remettre ou confier" }));
      await aside.getByLabel("Rappeler le").fill("2026-11-27");
      await aside.getByLabel("Raison").fill("leur panne est annoncée");
      await press(/^Enregistrer/);
    });
    await decide("a certificate", "Région Certificat", async (press) => {
      await press(/^Écrire au producteur/);
      await page.getByText("La lettre est prête").first().waitFor();
      await home();
    });
    await decide("new words", "1 mot à traduire", (press) => press(/^Essayer la traduction sûre/));
    await look("2-in-progress");
    await work();
    await home();
    await decide("the trial of the words", "1 essai", (press) => press(/^Enregistrer et appliquer/));

    await home();
    await page.getByRole("heading", { name: "Rien à décider" }).waitFor();
    await page.getByText("1 décision remise à plus tard").waitFor();
    await look("3-decided");
    expect(await seriousOn(page)).toEqual([]);
    process.stdout.write(`${JSON.stringify(taken)}\n`);
    for (const [trouble, { acts, ms }] of Object.entries(taken)) {
      expect(acts, trouble).toBeLessThanOrEqual(2);
      expect(ms, trouble).toBeLessThan(20_000);
    }
    // What the words changed is applied; the lost aids are all still there; a plan that was applied can be undone from here.
    expect((await catalogue.runs.list({ connector: "interrompu", limit: 1 }))[0]?.outcome).toBe("unchanged");
    expect(await catalogue.search.count({ connectors: ["flux-tronque"], standings: ["review", "live"] })).toBe(40);
    await page.getByRole("listitem").filter({ hasText: "a remis ou confié une décision" }).getByRole("button", { name: "Défaire" }).click();
    await card("Région Muette").waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });
});
