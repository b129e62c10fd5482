import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openCatalogue } from "../../../src/catalogue/open-catalogue.ts";
import { readPublicSettings } from "../../../src/console/console-settings.ts";
import { publicRoutes } from "../../../src/console/routes.ts";
import { planMove } from "../../../src/curation/move-connector.ts";
import { applyActs } from "../../../src/curation/plan-acts.ts";
import { makeNightlyOffers } from "../../../src/jobs/tasks/make-nightly-offers.ts";
import { dispositifAide } from "../../../src/kit/platforms/dispositif-aide.ts";
import { newCatalogue, postgresql, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { edit, marie } from "../../support/curate.ts";
import { type Harvest, newHarvest } from "../../support/harvest.ts";
import { flattened, testNow } from "../../support/made-aids.ts";
import { catalogueWithRoles } from "../../support/process-roles.ts";
import { listOfAids, siteHarvest } from "../courtesy/site-of-aids.ts";
import { unzipInto } from "../editor/connector/unzipped.ts";
import { addressOn, partnerOf, words } from "../letters/answered-letters.ts";

/** What the national schema requires, and the site does not say. */
const required = {
  eligibility: "<p>Être une commune</p>",
  aidTypes: ["grant"],
  financers: [{ name: "Région Exemple", siren: null }],
  targetedAudiences: ["commune"],
  perimeters: [{ scale: "region", code: "11", name: "Île-de-France" }],
};

/** Imports three aids of a site, completes two of them, makes a letter, and offers the file. */
async function offered(catalogue: TestCatalogue, host: string) {
  const harvest = await siteHarvest(catalogue, { feed: { url: `https://${host}/aides` } });
  const { connector, folder } = harvest;
  await harvest.day(listOfAids([1, 2, 3]));
  for (const externalId of ["a1", "a2"]) await edit(catalogue, { connector, externalId }, required);
  const publisherId = await partnerOf(catalogue, harvest);
  const console = testConsole(catalogue, { folders: [folder] });
  const bizdev = await console.as("bizdev", "Marie Lettrée");
  const letter = await bizdev.post(`/connecteurs/${connector}/courriers/courtoisie`);
  const offer = await bizdev.post(`/producteurs/${publisherId}/fichier`);
  if (offer.status !== 303) throw new Error(words(offer.html));
  const file = await catalogue.openDataOffers.find(publisherId);
  if (file === null) throw new Error("no file");
  const nobody = await console.as("nobody");
  const registry = () => console.services.jobs.registry();
  return { harvest, console, bizdev, nobody, registry, publisherId, file, page: `${addressOn(letter.html)}/open-data` };
}

const validation = (sha256: string) => ({
  decision: "valider",
  version: sha256,
  nom: "Jeanne Martin",
  fonction: "Directrice des aides",
  accord: "oui",
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-publisher-file-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe("a publisher's aids as its open data", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  it("are offered with a README and a how-to, without people, and with what the schema cannot contain", async () => {
    const { nobody, page, file, bizdev, publisherId } = await offered(catalogue, "offre.example");
    expect([file.aids, file.leftOut, file.slug]).toEqual([2, { "missing-eligibility": 1 }, "region-exemple"]);
    const shown = words((await nobody.get(page)).html);
    expect(shown).toContain("2 aides dans un fichier");
    expect(shown).toContain("1 aide : pas de conditions d'éligibilité");
    const zip = await nobody.get(`${page}/aides.zip`);
    const folder = await temporaryFolder();
    expect(await unzipInto(folder, zip.bytes)).toEqual(["LISEZMOI.txt", "aides.csv", "PUBLIER-SUR-DATA-GOUV.txt"]);
    const csv = Buffer.from((await catalogue.openDataOffers.contents(publisherId, "csv")) ?? []).toString();
    expect(csv).toContain("Financer le projet 2");
    expect(csv).not.toContain("Dupont");
    expect(words((await bizdev.get(`/producteurs/${publisherId}`)).html)).toContain("Pas encore validé : rien n'est publié.");
  });

  it("are published only after a person of the publisher has validated them, and until it revokes this", async () => {
    const { nobody, bizdev, page, file, publisherId, registry, harvest } = await offered(catalogue, "validation.example");
    const daily = `/donnees/${file.slug}/aides.csv`;
    expect((await nobody.get(daily)).status).toBe(404);
    expect(words((await nobody.get(daily)).html)).toContain("rien ne paraît en son nom sans lui");
    // A colleague cannot, nor can a form without consent or for another version.
    expect((await bizdev.post(page, validation(file.sha256))).status).toBe(409);
    expect((await nobody.post(page, { ...validation(file.sha256), accord: "" })).status).toBe(422);
    expect((await nobody.post(page, { ...validation(file.sha256), nom: "" })).status).toBe(422);
    expect((await nobody.post(page, validation("another version"))).status).toBe(409);
    expect((await nobody.get(daily)).status).toBe(404);

    expect((await nobody.post(page, validation(file.sha256))).status).toBe(303);
    const served = await nobody.get(daily);
    const etag = served.headers.get("etag") ?? "";
    expect([served.status, served.headers.get("content-type"), etag]).toEqual([200, "text/csv; charset=utf-8", `"${file.sha256}"`]);
    expect(served.headers.get("x-robots-tag")).toContain("noindex");
    expect((await nobody.get(daily, { "if-none-match": etag })).status).toBe(304);
    expect(words((await bizdev.get(`/producteurs/${publisherId}`)).html)).toContain("par Jeanne Martin (Directrice des aides)");

    // The next night serves the aids of that day, at the same address.
    await edit(catalogue, { connector: harvest.connector, externalId: "a3" }, required);
    const night = { info: () => undefined } as never;
    const clock = { now: () => new Date(testNow), fixed: null, elapsed: () => 0 };
    await makeNightlyOffers({ catalogue, clock, logger: night, registry }, new AbortController().signal);
    const next = await nobody.get(daily, { "if-none-match": etag });
    expect([next.status, next.html]).toEqual([200, expect.stringContaining("Financer le projet 3")]);

    expect((await nobody.post(page, { decision: "revoquer" })).status).toBe(303);
    expect((await nobody.get(daily)).status).toBe(410);
    const log = words((await bizdev.get(`/producteurs/${publisherId}`)).html);
    expect(log).toContain("Fichier open data validé");
    expect(log).toContain("Fichier open data révoqué");
  });

  it("are limited to 120 whole files an hour for a network", async () => {
    const { nobody, page, file } = await offered(catalogue, "limite.example");
    await nobody.post(page, validation(file.sha256));
    const daily = `/donnees/${file.slug}/aides.csv`;
    const statuses = new Set<number>();
    for (let count = 0; count <= 120; count++) statuses.add((await nobody.get(daily)).status);
    expect([...statuses]).toEqual([200, 429]);
    expect((await nobody.get(daily, { "if-none-match": `"${file.sha256}"` })).status).toBe(304);
  });

  it("come back as the publisher's own feed, and move to its connector without a comparison", async () => {
    const { harvest, publisherId } = await offered(catalogue, "retour.example");
    const csv = await catalogue.openDataOffers.contents(publisherId, "csv");
    const own: Harvest = await newHarvest(catalogue, { id: "fichier-du-producteur" });
    const publisher = {
      name: "Région Exemple",
      kind: "region",
      territory: { scale: "region", code: "11" },
      licence: "openlicence20",
    } as const;
    const definition = dispositifAide({ id: own.connector, publisher, feed: { url: "https://data.example.fr/aides.csv" }, format: "csv" });
    await own.write(`connectors/${own.connector}.json`, JSON.stringify(definition));
    await writeFile(join(own.folder, "aides.csv"), csv ?? "");
    await own.run({ file: join(own.folder, "aides.csv"), dryRun: true });
    const connectors = { from: { id: harvest.connector, publisher }, to: { id: own.connector, publisher } };
    const moved = await planMove(catalogue, marie, connectors, { retired: "moved", returned: "returned" });
    if ("refused" in moved) throw new Error(moved.refused.code);
    expect(moved.preview.pairs.map(({ old, match }) => [old.externalId, match.reasons]).sort()).toEqual([
      ["a1", ["same-import-id"]],
      ["a2", ["same-import-id"]],
    ]);
    await applyActs(catalogue, moved.plan.planId, marie, true);
    const report = await own.run({ file: join(own.folder, "aides.csv") });
    expect(report.counts).toMatchObject({ created: 0, ignored: 0 });
    const aids = await flattened(catalogue.aids.curated({ connector: own.connector }));
    expect(aids.map(({ aidId, externalId }) => aidId === externalId)).toEqual([true, true]);
  });
});

describe.skipIf(postgresql.skipped)("validations in the process for people without an account", () => {
  it("need no more rights than its database role has", async () => {
    const { owner, urlOf } = await catalogueWithRoles();
    const { page, file, harvest } = await offered(owner, "roles-fichier.example");
    const catalogue = await openCatalogue({ databaseUrl: urlOf("public"), home: "" });
    try {
      const site = testConsole(catalogue, { settings: readPublicSettings({}), routes: publicRoutes, folders: [harvest.folder] });
      const nobody = await site.as("nobody");
      expect((await nobody.get(page)).status).toBe(200);
      expect((await nobody.get(`${page}/aides.zip`)).status).toBe(200);
      expect((await nobody.post(page, validation(file.sha256))).status).toBe(303);
      expect((await nobody.get(`/donnees/${file.slug}/aides.csv`)).status).toBe(200);
      expect((await nobody.post(page, { decision: "revoquer" })).status).toBe(303);
    } finally {
      await catalogue.close();
    }
  });
});
