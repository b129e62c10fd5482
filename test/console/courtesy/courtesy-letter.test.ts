import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCatalogue } from "../../../src/catalogue/open-catalogue.ts";
import { readPublicSettings } from "../../../src/console/console-settings.ts";
import { publicRoutes } from "../../../src/console/routes.ts";
import { decidePublish } from "../../../src/curation/decide-status.ts";
import { applyActs, planActs } from "../../../src/curation/plan-acts.ts";
import { undoRun } from "../../../src/curation/undo-run.ts";
import { honourPublisherRequests } from "../../../src/jobs/tasks/honour-publisher-requests.ts";
import { constant } from "../../../src/kit/rules/constant.ts";
import { newCatalogue, postgresql, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../support/console-client.ts";
import { curatedAid, edit, marie } from "../../support/curate.ts";
import type { Harvest } from "../../support/harvest.ts";
import { flattened } from "../../support/made-aids.ts";
import { catalogueWithRoles } from "../../support/process-roles.ts";
import { addressOn, partnerOf, words } from "../letters/answered-letters.ts";
import { listOfAids, siteDefinition, siteHarvest } from "./site-of-aids.ts";

async function courtesyOf(catalogue: TestCatalogue, harvest: Harvest) {
  const console = testConsole(catalogue, { folders: [harvest.folder] });
  const bizdev = await console.as("bizdev", "Marie Lettrée");
  const made = await bizdev.post(`/connecteurs/${harvest.connector}/courriers/courtoisie`);
  const [kept] = await catalogue.letters.list(harvest.connector);
  if (kept === undefined) throw new Error(words(made.html));
  const path = `/connecteurs/${harvest.connector}/courriers/${kept.letterId}`;
  const nobody = await console.as("nobody");
  const work = () => honourPublisherRequests(console.services.jobs);
  return { console, bizdev, made, path, letterId: kept.letterId, address: addressOn(made.html), nobody, work };
}

describe("the courtesy letter before aids from a site are published", () => {
  let catalogue: TestCatalogue;
  let site = 0;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  /** Returns a connector of a site of its own, and its host. */
  async function newSite() {
    const host = `site-${++site}.example`;
    const harvest = await siteHarvest(catalogue, { feed: { url: `https://www.${host}/aides` } });
    await harvest.day(listOfAids([1, 2, 3]));
    return { harvest, host };
  }

  const statusOf = async (connector: string, externalId: string) => (await curatedAid(catalogue, { connector, externalId })).status;

  it.each([
    ["our assumption", "sans date limite annoncée", constant("ongoing")],
    [
      "what the publisher says",
      "toute l’année",
      constant("ongoing", { quote: "Aides ouvertes toute l’année", page: "https://site.example/" }),
    ],
  ] as const)("shows a permanence that is %s as « %s »", async (_, shown, recurrence) => {
    const host = `site-${++site}.example`;
    const { fields, ...rest } = siteDefinition;
    const harvest = await siteHarvest(catalogue, {
      ...rest,
      feed: { url: `https://www.${host}/aides` },
      fields: { ...fields, recurrence },
    } as never);
    await harvest.day(listOfAids([1]));
    const { address, nobody } = await courtesyOf(catalogue, harvest);
    expect((await nobody.get(address)).html.replace(/\s+/g, " ")).toContain(shown);
  });

  it("shows the publisher its aids without people, and names its site", async () => {
    const { harvest, host } = await newSite();
    const { made, address, nobody, path, bizdev } = await courtesyOf(catalogue, harvest);
    expect([made.status, words(made.html)]).toEqual([200, expect.stringContaining(`lu 3 aides sur les pages de ${host}`)]);
    const page = await nobody.get(address);
    expect(words(page.html)).toContain("Le département aide le projet 2.");
    expect(page.html).not.toContain("Dupont");
    expect(page.html).toContain('<meta name="robots" content="noindex');
    expect(words((await bizdev.get(path)).html)).toContain("Aucune demande pour l'instant");
    expect((await nobody.get(`${address}/annexe.csv`)).status).toBe(404);
    expect((await nobody.post(`${address}/reponses`, { point: "lettre", remarque: "Bonjour" })).status).toBe(404);
  });

  it("cautions against publishing before it was sent, and no more afterwards", async () => {
    const { harvest } = await newSite();
    const { connector } = harvest;
    const cautionsOf = async () => {
      const aid = await curatedAid(catalogue, { connector, externalId: "a1" });
      const { cautions } = await planActs(catalogue, marie, { connector, asked: {} }, [[aid]], (one) => decidePublish(one, marie));
      return cautions.map(({ code }) => code);
    };
    const { bizdev, path } = await courtesyOf(catalogue, harvest);
    await complete("a1");
    const { aidId, revision } = await curatedAid(catalogue, { connector, externalId: "a1" });
    const bulk = async () => words((await bizdev.post("/relecture/ensemble", { faire: "publish", aide: `${aidId}.${revision}` })).html);
    expect(await cautionsOf()).toContain("no-courtesy-letter");
    expect(await bulk()).toContain("Lettre de courtoisie à envoyer");
    await bizdev.post(`${path}/envoyee`);
    expect(await cautionsOf()).not.toContain("no-courtesy-letter");
    expect(await bulk()).not.toContain("Lettre de courtoisie à envoyer");

    /** Fills what publication requires. */
    async function complete(externalId: string): Promise<void> {
      await edit(
        catalogue,
        { connector, externalId },
        {
          contact: "<p>La mairie</p>",
          aidTypes: ["technical-engineering"],
          mobilizationSteps: ["preop"],
          categories: ["eau-potable"],
          financerSuggestion: "le département",
          perimeterSuggestion: "le département",
          recurrence: "ongoing",
          targetedAudiences: ["commune"],
        },
      );
    }
  });

  it("takes a correction, which a colleague marks as done", async () => {
    const { harvest } = await newSite();
    await partnerOf(catalogue, harvest);
    const { address, nobody, path, bizdev } = await courtesyOf(catalogue, harvest);
    const asked = await nobody.post(`${address}/demandes`, { demande: "correction", aide: "1", texte: "Le taux est de 30 %." });
    expect([asked.status, asked.to]).toEqual([303, `${address}?demande=correction#demande`]);
    expect(words((await nobody.get(address)).html)).toContain("Financer le projet 2 Le taux est de 30 %.");
    const [request] = await catalogue.publisherRequests.list({ connector: harvest.connector });
    expect(words((await bizdev.get(path)).html)).toContain("Le taux est de 30 %.");
    expect((await bizdev.post(`${path}/demandes/${request?.id}/faite`)).status).toBe(303);
    expect(words((await nobody.get(address)).html)).toContain("faite le");
    const owner = await catalogue.publishers.findByConnector(harvest.connector);
    expect(words((await bizdev.get(`/producteurs/${owner?.publisherId}`)).html)).toContain("Demande du producteur");
  });

  it("removes an aid for good: later runs do not bring it back, and a colleague can undo it", async () => {
    const { harvest } = await newSite();
    const { connector } = harvest;
    const { address, nobody, work } = await courtesyOf(catalogue, harvest);
    const fields = { demande: "retrait", aide: "0", texte: "" };
    expect((await nobody.post(`${address}/demandes`, fields)).status).toBe(303);
    expect((await nobody.post(`${address}/demandes`, fields)).status).toBe(303);
    expect(await work()).toBe(1);
    expect(await work()).toBe(0);
    expect(await statusOf(connector, "a1")).toBe("deleted");
    await harvest.day(listOfAids([1, 2, 3, 4]));
    expect([await statusOf(connector, "a1"), await statusOf(connector, "a4")]).toEqual(["deleted", "reviewable"]);
    const [request] = await catalogue.publisherRequests.list({ connector });
    const plan = await catalogue.plans.find(request?.planId ?? "");
    if (plan === null) throw new Error("no plan");
    const undo = await undoRun(catalogue, marie, plan);
    if ("refused" in undo) throw new Error(undo.refused.code);
    await applyActs(catalogue, undo.planId, marie, true);
    expect(await statusOf(connector, "a1")).toBe("reviewable");
  });

  it("removes an aid that is not in the catalogue yet, as soon as it arrives", async () => {
    const harvest = await siteHarvest(catalogue, { feed: { url: "https://attente.example/aides" }, state: "draft" });
    const { connector } = harvest;
    const held = await harvest.day(listOfAids([1, 2]));
    expect(held.outcome).toBe("held");
    const { address, nobody, work } = await courtesyOf(catalogue, harvest);
    await nobody.post(`${address}/demandes`, { demande: "retrait", aide: "0", texte: "Aide close" });
    expect(await work()).toBe(0);
    await applyActs(catalogue, held.planId ?? "", marie, true);
    expect(await work()).toBe(1);
    expect([await statusOf(connector, "a1"), await statusOf(connector, "a2")]).toEqual(["deleted", "reviewable"]);
  });

  it("stops reading the site at once and for good, whatever the connector, until ops lift the stop", async () => {
    const { harvest, host } = await newSite();
    const { connector } = harvest;
    const { console, address, nobody, work, path } = await courtesyOf(catalogue, harvest);
    expect((await nobody.post(`${address}/demandes`, { demande: "arret" })).status).toBe(422);
    expect((await nobody.post(`${address}/demandes`, { demande: "arret", confirme: "oui", texte: "Merci." })).status).toBe(303);
    // Before a worker has done its part.
    expect(await harvest.day(listOfAids([1]))).toMatchObject({ outcome: "refused", error: { code: "site-refused", params: { host } } });
    expect(await work()).toBe(1);
    const pauses = await catalogue.schedule.pauses();
    expect(pauses.find((pause) => pause.connector === connector)?.reason).toContain(host);
    const aids = await flattened(catalogue.aids.curated({ connector }));
    expect(aids.map(({ withdrawnBy }) => withdrawnBy)).toEqual(["producteur", "producteur", "producteur"]);
    expect(words((await nobody.get(address)).html)).toContain(`Nous ne lisons plus ${host}`);

    // Another connector, another definition, a subdomain.
    const other = await siteHarvest(catalogue, { feed: { url: `https://aides.${host}/liste` } });
    expect((await other.day(listOfAids([1]))).error?.code).toBe("site-refused");
    const near = await siteHarvest(catalogue, { feed: { url: `https://not${host}/liste` } });
    expect((await near.day(listOfAids([1]))).outcome).toBe("applied");
    expect(await catalogue.publisherRequests.refusalOfAddress(`https://${host}/autre.csv`)).toMatchObject({ host });

    const [stop] = await catalogue.publisherRequests.list({ connector });
    const lift = `${path}/demandes/${stop?.id}/lever`;
    const bizdev = await console.as("bizdev");
    expect((await bizdev.post(lift, { raison: "Mme X" })).status).toBe(403);
    const ops = await console.as("ops");
    expect((await ops.post(lift, { raison: "" })).status).toBe(422);
    expect((await ops.post(lift, { raison: "Demandé par mail, le 30/11" })).status).toBe(303);
    expect((await other.day(listOfAids([1]))).outcome).toBe("applied");
  });

  it("refuses forms that name no aid, are too long or come too often, and closes with its address", async () => {
    const { harvest } = await newSite();
    const { address, nobody, bizdev, path } = await courtesyOf(catalogue, harvest);
    const ask = (fields: Record<string, string>) => nobody.post(`${address}/demandes`, fields).then(({ status }) => status);
    expect(await ask({ demande: "retrait", aide: "3" })).toBe(422);
    expect(await ask({ demande: "retrait", aide: "-1" })).toBe(422);
    expect(await ask({ demande: "effacer", aide: "0" })).toBe(422);
    expect(await ask({ demande: "correction", aide: "0", texte: "" })).toBe(422);
    expect(await ask({ demande: "correction", aide: "0", texte: "x".repeat(501) })).toBe(422);
    expect(await catalogue.publisherRequests.list({ connector: harvest.connector })).toEqual([]);
    const statuses = [];
    for (let count = 0; count < 30; count++) statuses.push(await ask({ demande: "effacer" }));
    expect(statuses.at(-1)).toBe(429);
    await bizdev.post(`${path}/revoquer`);
    expect((await nobody.get(address)).status).toBe(410);
    expect(await ask({ demande: "arret", confirme: "oui" })).toBe(410);
  });
});

describe.skipIf(postgresql.skipped)("requests of publishers in the process for people without an account", () => {
  it("need no more rights than its database role has", async () => {
    const { owner, urlOf } = await catalogueWithRoles();
    const harvest = await siteHarvest(owner, { feed: { url: "https://roles.example/aides" } });
    await harvest.day(listOfAids([1, 2]));
    const { address } = await courtesyOf(owner, harvest);
    const catalogue = await openCatalogue({ databaseUrl: urlOf("public"), home: "" });
    try {
      const site = testConsole(catalogue, { settings: readPublicSettings({}), routes: publicRoutes, folders: [harvest.folder] });
      const nobody: ConsoleClient = await site.as("nobody");
      expect((await nobody.get(address)).status).toBe(200);
      expect((await nobody.post(`${address}/demandes`, { demande: "retrait", aide: "0" })).status).toBe(303);
      expect((await nobody.post(`${address}/demandes`, { demande: "arret", confirme: "oui" })).status).toBe(303);
    } finally {
      await catalogue.close();
    }
    expect((await owner.publisherRequests.list()).map(({ kind }) => kind).sort()).toEqual(["removal", "stop"]);
  });
});
