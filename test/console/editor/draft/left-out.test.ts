import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { workOnce } from "../../../../src/jobs/worker/work-once.ts";
import { loadConnectors } from "../../../../src/registry/load-connectors.ts";
import { checkFixtures } from "../../../../src/survey/write/check-fixtures.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../../support/browser.ts";
import { newCatalogue, testDatabase } from "../../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../../support/console-client.ts";
import { formOnPage } from "../../../support/form-on-page.ts";
import { KeyboardUser } from "../../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../../support/signed-in-browser.ts";
import { biomeOutput } from "../../../survey/biome.ts";
import { unzipInto } from "../connector/unzipped.ts";
import { horizonCounts, horizonShape } from "./horizon-shape.ts";

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");

/** Creates a draft with its feed and returns its address. */
async function createDraft(client: ConsoleClient, file: File): Promise<string> {
  const draft = ((await client.post("/brouillons", { nom: "Commission européenne" })).to ?? "").replace(/\/producteur$/, "");
  const who = { nom: "Commission européenne", nature: "european", territoire: "Europe", licence: "unknown", connecteur: "calls-essai" };
  expect((await client.post(`${draft}/producteur`, who)).to).toBe(`${draft}/flux`);
  await client.post(`${draft}/flux`, { fichier: file });
  return draft;
}

/** Sends the page's form with these values unticked. */
async function untick(client: ConsoleClient, draft: string, unticked: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const path = `${draft}/fiches`;
  const { garde = [], ...form } = formOnPage((await client.get(path)).html, path);
  const kept = [garde].flat().filter((box) => !unticked.includes(box));
  return client.post(path, { ...form, garde: kept, ...more });
}

const closed = JSON.stringify(["status", "Closed"]);

describe("a new publisher's draft that excludes records", () => {
  it("excludes the closed calls of a workbook from the preview, the first run and the zip", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const console = testConsole(catalogue);
    const bizdev = await console.as("bizdev", "Marie");
    const draft = await createDraft(bizdev, await horizonShape());
    const { closed: out, all } = horizonCounts;

    const reading = plain((await bizdev.get(`${draft}/lecture`)).html);
    expect(reading).toContain("« status » : Closed (5), Open (3), Forthcoming (1)");
    expect(reading).toContain(`Aucune fiche n’est laissée de côté : les ${all} sont gardées.`);
    expect(plain((await bizdev.get(`${draft}/fiches`)).html)).toContain(
      "Une valeur que personne n’a encore vue, dans un flux à venir, est gardée",
    );

    const counted = await untick(bizdev, draft, [closed], { compter: "1" });
    expect(plain(counted.html)).toContain(`${out} fiches sur ${all} sont laissées de côté, 4 sont gardées.`);
    expect((await catalogue.drafts.list())[0]?.answers.changes).toEqual({});

    const saved = await untick(bizdev, draft, [closed]);
    expect(saved.to).toBe(`${draft}/lecture#fiches`);
    expect((await catalogue.drafts.list())[0]?.answers.changes).toMatchObject({
      keepWhen: [{ when: { not: { field: "status", isOneOf: ["Closed"] } } }],
    });
    expect(plain((await bizdev.get(`${draft}/lecture`)).html)).toContain(`${out} fiches sur ${all} sont laissées de côté`);
    expect(plain((await bizdev.get(`${draft}/essai`)).html)).toContain("laissés de côté 5 rejetés 0 aides 4");

    const made = await bizdev.post(`${draft}/essai`, {});
    await workOnce(console.services.jobs, {});
    const run = await catalogue.runs.find((made.to ?? "").replace("/collectes/", ""));
    expect(run?.report?.counts).toMatchObject({ received: all, skipped: out, valid: 4 });
    expect(run?.report?.unreadFields).not.toContain("status");
    expect(plain((await bizdev.get(made.to ?? "")).html)).toContain("le champ « status » vaut « Closed » : 5");

    const folder = await mkdtemp(join(tmpdir(), "moisson-left-out-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await unzipInto(folder, (await bizdev.get("/connecteurs/calls-essai/fichiers.zip")).bytes);
    const [loaded] = await loadConnectors([folder]);
    expect(loaded?.definition.keepWhen).toEqual([{ when: { not: { field: "status", isOneOf: ["Closed"] } } }]);
    expect(loaded?.definition.ignored).not.toContain("status");
    expect(loaded && (await checkFixtures(loaded)).problems).toEqual([]);
    expect(await biomeOutput(folder, "connectors")).toContain("No fixes applied");
  });

  it("cannot exclude all records, and keeps the choice in the form", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const bizdev = await testConsole(catalogue).as("bizdev");
    const draft = await createDraft(bizdev, await horizonShape());
    const all = ["Closed", "Open", "Forthcoming"].map((value) => JSON.stringify(["status", value]));
    const refused = await untick(bizdev, draft, all);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain("Plus aucune fiche ne serait gardée");
    expect([formOnPage(refused.html, `${draft}/fiches`).garde].flat().join(" ")).not.toContain("status");
  });

  it("shows a conflict to the second of two people, and keeps the choice in the form", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const console = testConsole(catalogue);
    const bizdev = await console.as("bizdev", "Marie");
    const draft = await createDraft(bizdev, await horizonShape());
    const { version = "" } = formOnPage((await bizdev.get(`${draft}/fiches`)).html, `${draft}/fiches`);
    await untick(await console.as("bizdev", "Paul"), draft, [JSON.stringify(["callYear", "2027"])]);
    const late = await untick(bizdev, draft, [closed], { version: String(version) });
    expect(late.status).toBe(409);
    expect(plain(late.html)).toContain("Paul a enregistré pendant que vous écriviez");
    expect([formOnPage(late.html, `${draft}/fiches`).garde].flat()).not.toContain(closed);
    expect((await catalogue.drafts.list())[0]?.answers.changes).toMatchObject({
      keepWhen: [{ when: { not: { field: "callYear", isOneOf: ["2027"] } } }],
    });
  });

  it("excludes what the publisher marks as drafts, until a person ticks them", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const bizdev = await testConsole(catalogue).as("bizdev");
    const rows = Array.from({ length: 8 }, (_, index) => `A${index};Aide ${index};${index < 3 ? "Brouillon" : "Publié"}`);
    const draft = await createDraft(bizdev, new File([["id;titre;statut", ...rows].join("\n")], "aides.csv"));
    const path = `${draft}/fiches`;
    const page = await bizdev.get(path);
    expect(plain(page.html)).toContain("3 fiches sur 8 sont laissées de côté");
    const form = formOnPage(page.html, path);
    await bizdev.post(path, { ...form, garde: [form.offert ?? []].flat() });
    expect(plain((await bizdev.get(`${draft}/essai`)).html)).toContain("laissés de côté 0");
    expect((await bizdev.get(`${draft}/champs`)).html).toContain("statut");
  });

  it("resets the choice if the next feed lacks the field", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const bizdev = await testConsole(catalogue).as("bizdev");
    const draft = await createDraft(bizdev, await horizonShape());
    await untick(bizdev, draft, [closed]);
    await bizdev.post(`${draft}/flux`, { fichier: new File(["id;titre\nA1;Planter des haies\nA2;Rénover une école"], "aides.csv") });
    expect(plain((await bizdev.get(`${draft}/lecture`)).html)).toContain("Aucune fiche n’est laissée de côté : les 2 sont gardées.");
  });
});

describe.skipIf(!hasBrowser)(`excluded records of a draft, by keyboard${whyNoBrowser}`, () => {
  const browser = browserForTests();

  it("are unticked by keyboard, on an accessible page", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const console = await startedConsole(catalogue);
    const draft = await createDraft(await testConsole(catalogue).as("bizdev"), await horizonShape());
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    await page.goto(`${console.url}${draft}/lecture`);
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("link", "Choisir les fiches à laisser de côté");
    await page.waitForURL(/\/fiches$/);
    expect(await seriousOn(page)).toEqual([]);
    await keys.tick(page.getByRole("checkbox", { name: /^Closed/ }));
    await keys.press("button", "Enregistrer");
    await page.waitForURL(/\/lecture#fiches$/);
    await page.getByText("5 fiches sur 9 sont laissées de côté").first().waitFor();
    expect(errors).toEqual([]);
    await context.close();
    await catalogue.drop();
  });
});
