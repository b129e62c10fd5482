import { describe, expect, it } from "vitest";
import { applyActs } from "../../../src/curation/plan-acts.ts";
import { requestRun } from "../../../src/jobs/queue/request-run.ts";
import { newCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { readPage } from "./read-page.ts";

const now = new Date(testNow);

describe.each(testedDatabases)("actions on a run, $title", (database) => {
  it.skipIf(database.skipped)("cancels a waiting run once, and shows who did", async () => {
    const catalogue = await newCatalogue(database);
    const console = testConsole(catalogue);
    const { queue } = console.services.jobs;
    const { runId } = await requestRun(catalogue, queue, { connector: "region-a", options: {}, by: "Paul", now });
    const ops = await console.as("ops", "Marie");
    expect(readPage((await ops.get(`/collectes/${runId}`)).html)).toContain("La collecte attend son tour");
    const done = await ops.act(`/collectes/${runId}/annuler`);
    expect(readPage(done.html)).toContain("La collecte est arrêtée");
    expect(await catalogue.runs.find(runId)).toMatchObject({ state: "ended", outcome: "cancelled" });
    expect(await queue.depth()).toMatchObject({ waiting: 0 });
    expect((await ops.post(`/collectes/${runId}/annuler`)).status).toBe(409);
    expect(await catalogue.audit.list({}, { limit: 5, offset: 0 })).toMatchObject([
      { act: "run.cancel", by: "Marie", subject: `collecte ${runId}` },
    ]);
    expect((await (await console.as("bizdev")).post(`/collectes/${runId}/annuler`)).status).toBe(403);
  });

  it.skipIf(database.skipped)("replays its feed with the current connector, as a run that writes nothing", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await newHarvest(catalogue);
    const report = await harvest.day([{ id: "1", titre: "Aide" }]);
    const ops = await testConsole(catalogue, { folders: [harvest.folder] }).as("ops", "Marie");
    const asked = await ops.post(`/collectes/${report.runId}/rejouer`);
    const runId = /^\/collectes\/([\w-]+)$/.exec(asked.to ?? "")?.[1] ?? "";
    expect(await catalogue.runs.find(runId)).toMatchObject({
      state: "queued",
      askedBy: "Marie",
      options: { snapshot: report.feed.sha256, dryRun: true },
    });
    expect((await ops.post(`/collectes/${report.runId}/rejouer`)).to).toBe(asked.to);
  });

  it.skipIf(database.skipped)("creates a plan that undoes it, and explains a refusal", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await newHarvest(catalogue);
    const report = await harvest.day([{ id: "1", titre: "Aide" }]);
    const before = await harvest.exported();
    const ops = await testConsole(catalogue, { folders: [harvest.folder] }).as("ops", "Marie");
    const address = `/collectes/${report.runId}`;
    expect(readPage((await ops.get(address)).html)).toContain("Défaire cette collecte");
    const prepared = await ops.post(`${address}/defaire`, { note: "flux d’essai" });
    const planId = /^\/plans\/([\w-]+)$/.exec(prepared.to ?? "")?.[1] ?? "";
    expect(await catalogue.plans.find(planId)).toMatchObject({ origin: "undo", state: "open", madeBy: "Marie", runId: report.runId });
    expect(await harvest.exported()).toBe(before);
    const page = await ops.get(address);
    expect(page.html).toContain(`href="${prepared.to}"`);
    expect(readPage(page.html)).not.toContain("Défaire cette collecte");
    // A second request redirects to the open plan.
    expect((await ops.post(`${address}/defaire`)).to).toBe(prepared.to);
    await applyActs(catalogue, planId, { by: "Marie", now }, true);
    expect(await harvest.exported()).toBe("");
    const undone = readPage((await ops.get(address)).html);
    expect(undone).toMatch(/défaite le .* par Marie/);
    const refused = await ops.post(`${address}/defaire`);
    expect(refused.status).toBe(409);
    expect(readPage(refused.html)).toContain("Cette collecte a déjà été défaite");
  });

  it.skipIf(database.skipped)("sets a known issue aside until a day, and shows it again", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await newHarvest(catalogue);
    const report = await harvest.day([{ id: "1", titre: "Aide", debut: "demain" }]);
    const console = testConsole(catalogue, { folders: [harvest.folder] });
    const ops = await console.as("ops", "Marie");
    const address = `/collectes/${report.runId}`;
    const what = { code: "text-for-date", champ: "startDate" };
    const form = await ops.get(`${address}/mettre-de-cote?${new URLSearchParams(what)}`);
    expect(form.status).toBe(200);
    const wrong = await ops.post(`${address}/mettre-de-cote`, { ...what, jusque: "2020-01-01", raison: "" });
    expect(wrong.status).toBe(422);
    expect(readPage(wrong.html)).toContain("2 informations sont à corriger");
    expect(await catalogue.setAsides.list()).toEqual([]);
    const reason = "signalé le 12";
    const done = readPage((await ops.act(`${address}/mettre-de-cote`, { ...what, jusque: "2027-01-31", raison: reason })).html);
    expect(done).toContain("Mise de côté jusqu’au 31 janvier 2027 par Marie : signalé le 12");
    const [aside] = await catalogue.setAsides.list();
    expect(aside).toMatchObject({ issueCode: "text-for-date", field: "startDate", upTo: 1, until: "2027-01-31", by: "Marie", reason });
    await ops.act(`${address}/reprendre-anomalie`, { id: aside?.id ?? "" });
    expect(await catalogue.setAsides.list()).toEqual([]);
    expect((await ops.post(`${address}/mettre-de-cote`, { code: "none", champ: "", jusque: "2027-01-31", raison: "x" })).status).toBe(409);
    expect((await (await console.as("bizdev")).get(`${address}/mettre-de-cote`)).status).toBe(403);
  });
});
