import { describe, expect, it } from "vitest";
import { readPublicSettings } from "../../../src/console/console-settings.ts";
import { publicRoutes } from "../../../src/console/routes.ts";
import { takePublisherFiles } from "../../../src/jobs/tasks/take-publisher-files.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { doWaitingRuns, record, words } from "../letters/answered-letters.ts";
import { publisherWithAids } from "./publishers-with-aids.ts";

const fileOf = (records: readonly unknown[]) => new File([JSON.stringify(records)], "aides.json");

async function opened() {
  const catalogue = await ownCatalogue();
  const own = await publisherWithAids(catalogue, "Région Exemple", "Toiture");
  const other = await publisherWithAids(catalogue, "Département Voisin", "Chaudière");
  const folders = [own.harvest.folder, other.harvest.folder];
  const site = testConsole(catalogue, { folders, settings: readPublicSettings({}), routes: publicRoutes });
  const lea = await site.asPublisher(own.publisherId, "l.martin@region.example");
  const staff = testConsole(catalogue, { folders });
  return { catalogue, own, other, lea, staff, bizdev: await staff.as("bizdev") };
}

describe("a file that a publisher uploads", () => {
  it("becomes a plan that waits for a colleague, who applies it", async () => {
    const { catalogue, own, lea, staff, bizdev } = await opened();
    const { connector } = own.harvest;
    const fichier = fileOf([record(1, { titre: "Toiture refaite" }), record(2), record(3), record(4, { titre: "Toiture nouvelle" })]);
    const done = await lea.act(`/espace/flux/${connector}/fichier`, { fichier });
    expect(words(done.html)).toContain("Votre fichier est reçu.");
    expect(words(done.html)).toContain("en cours de lecture");
    await takePublisherFiles(staff.services.jobs, new AbortController().signal);
    await doWaitingRuns(catalogue, staff.services.jobs, connector);
    expect(words((await lea.get("/espace/flux")).html)).toContain("lu, nous le relisons");
    expect(words((await bizdev.get("/")).html)).toContain("Fichier déposé : « aides.json »");
    const [file] = await catalogue.publisherFiles.toDecide(5);
    expect((await bizdev.post(`/plans/${file?.planId}/appliquer`)).status).toBe(303);
    expect(words((await lea.get("/espace/flux")).html)).toContain("repris");
    expect((await own.harvest.aid("a4")).name).toBe("Toiture nouvelle");
    expect(await catalogue.publisherFiles.waiting()).toEqual([]);
  });

  it("is refused for the feed of another publisher, if it is empty, or if it names a forgotten person", async () => {
    const { catalogue, own, other, lea, staff } = await opened();
    const to = (connector: string) => `/espace/flux/${connector}/fichier`;
    expect((await lea.post(to(other.harvest.connector), { fichier: fileOf([]) })).status).toBe(404);
    expect((await lea.post(to("inconnu"), { fichier: fileOf([]) })).status).toBe(404);
    expect((await lea.post(to(own.harvest.connector), {})).status).toBe(422);
    expect((await lea.post(to(own.harvest.connector), { fichier: fileOf([]) })).status).toBe(303);
    const { jobs } = staff.services;
    const cleaner = { isIn: async () => true } as never;
    const services = { ...jobs.services, feedCleaner: async () => cleaner };
    await takePublisherFiles({ ...jobs, services }, new AbortController().signal);
    expect(words((await lea.get("/espace/flux")).html)).toContain("une personne qui a demandé à être oubliée");
    expect(await catalogue.runQueue.waiting(own.harvest.connector)).toEqual([]);
  });

  it("does not delay later files if a worker fails to take it, and is taken at the next tick", async () => {
    const { catalogue, own, lea, staff } = await opened();
    const path = `/espace/flux/${own.harvest.connector}/fichier`;
    for (const id of [1, 2]) await lea.act(path, { fichier: fileOf([record(id)]) });
    const [first] = await catalogue.publisherFiles.waiting();
    const { jobs } = staff.services;
    let calls = 0;
    const feedCleaner = async () => {
      if (calls++ === 0) throw new Error("the catalogue has no key");
      return null;
    };
    const take = () => takePublisherFiles({ ...jobs, services: { ...jobs.services, feedCleaner } }, new AbortController().signal);
    await expect(take()).rejects.toThrow("no key");
    expect(await catalogue.publisherFiles.waiting()).toEqual([first]);
    await take();
    expect(await catalogue.publisherFiles.waiting()).toEqual([]);
  });
});
