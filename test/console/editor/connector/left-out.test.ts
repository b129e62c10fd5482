import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadConnectors } from "../../../../src/registry/load-connectors.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../../support/console-client.ts";
import { formOnPage } from "../../../support/form-on-page.ts";
import { guardsOff, newHarvest } from "../../../support/harvest.ts";
import { KeyboardUser } from "../../../support/keyboard-user.ts";
import { testNow } from "../../../support/made-aids.ts";
import { signIn, startedConsole } from "../../../support/signed-in-browser.ts";
import { doRunOf } from "./do-waiting.ts";

const records = ["ouvert", "clos", "clos", "ouvert", "clos", "ouvert"].map((etat, index) => ({
  id: `${index + 1}`,
  titre: `Aide ${index + 1}`,
  texte: `<p>Texte ${index + 1}</p>`,
  publie: index === 5 ? "non" : "oui",
  etat,
}));

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");

const closed = JSON.stringify(["etat", "clos"]);

describe("a connector that excludes records", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  async function setUp(changes: Parameters<typeof newHarvest>[1] = {}) {
    const harvest = await newHarvest(catalogue, { guards: guardsOff, ignored: ["note", "etat"], ...changes });
    const console = testConsole(catalogue, { folders: [harvest.folder] });
    const bizdev = await console.as("bizdev", "Marie");
    const path = `/connecteurs/${harvest.connector}/definition/fiches`;
    return { harvest, console, bizdev, path, base: `/connecteurs/${harvest.connector}`, jobs: console.services.jobs };
  }

  /** Sends the page's form with other boxes ticked. */
  async function tick(client: ConsoleClient, path: string, ticked: (box: string) => boolean, raison = "les appels clos sont du passé") {
    const { garde: _, ...form } = formOnPage((await client.get(path)).html, path);
    return client.post(path, { ...form, garde: [form.offert ?? []].flat().filter(ticked), raison });
  }

  it("chooses them by value, tries that as a plan, saves it as a version, and can restore everything", async () => {
    const { harvest, bizdev, path, base, jobs } = await setUp();
    await harvest.day(records);
    const page = await bizdev.get(path);
    expect(plain(page.html)).toContain("1 fiche sur 6 est laissée de côté, 5 sont gardées.");
    expect(plain(page.html)).toContain("Une valeur que personne n’a encore vue, dans un flux à venir, est gardée");

    const counted = formOnPage(page.html, path);
    const kept = [counted.garde ?? []].flat().filter((box) => box !== closed);
    const before = await bizdev.post(path, { ...counted, garde: kept, compter: "1" });
    expect(plain(before.html)).toContain("4 fiches sur 6 sont laissées de côté, 2 sont gardées.");

    const answer = await tick(bizdev, path, (box) => kept.includes(box));
    expect(answer.to).toMatch(new RegExp(`^${base}/essais/`));
    const run = await doRunOf(jobs, answer.to);
    const trial = plain((await bizdev.get(answer.to ?? "")).html);
    expect(trial).toContain("Comptent : ceux dont le champ « publie » ne vaut pas « non » et le champ « etat » ne vaut pas « clos ».");
    expect(trial).toContain("enregistrements laissés de côté 4");
    await bizdev.act(`${base}/versions`, { essai: run });
    const [version] = await catalogue.connectorVersions.list(harvest.connector);
    expect(version?.changes).toEqual({
      keepWhen: [
        { when: { not: { field: "publie", isOneOf: ["non"] } }, reason: "not published" },
        { when: { not: { field: "etat", isOneOf: ["clos"] } } },
      ],
      ignored: ["note"],
    });
    expect(plain((await bizdev.get(`/collectes/${run}`)).html)).toContain("le champ « etat » vaut « clos » : 3");

    const back = await tick(bizdev, path, (box) => !box.includes("non"), "c’était une erreur");
    await bizdev.act(`${base}/versions`, { essai: await doRunOf(jobs, back.to) });
    expect((await catalogue.connectorVersions.list(harvest.connector))[0]?.changes).toEqual({});
  });

  it("keeps values that first appear in a later feed", async () => {
    const { harvest, bizdev, path, base, jobs } = await setUp();
    await harvest.day(records);
    const answer = await tick(bizdev, path, (box) => box !== closed);
    await bizdev.act(`${base}/versions`, { essai: await doRunOf(jobs, answer.to) });
    const connector = (await jobs.connectors()).find(({ definition }) => definition.id === harvest.connector);
    await harvest.write(`connectors/${harvest.connector}.json`, JSON.stringify(connector?.definition));
    const report = await harvest.day([...records, { id: "7", titre: "Aide 7", texte: "<p>T</p>", etat: "à venir" }]);
    expect(report.counts).toMatchObject({ received: 7, skipped: 3, valid: 4 });
  });

  it("describes a condition that has no checkboxes in words, and leaves it unchanged", async () => {
    const open = {
      any: [
        { field: "etat", isOneOf: ["ouvert"] },
        { field: "etat", isFilled: false },
      ],
    };
    const { harvest, bizdev, path, base, jobs } = await setUp({ keepWhen: [{ when: open, reason: "not open" }], ignored: ["note"] });
    await harvest.day(records);
    const page = await bizdev.get(path);
    expect(plain(page.html)).toContain("Le champ « etat » vaut « ouvert » ou le champ « etat » est vide.");
    expect([formOnPage(page.html, path).offert].flat().join(" ")).not.toContain("etat");
    const answer = await tick(bizdev, path, (box) => !box.includes("non"), "pas publiée");
    await bizdev.act(`${base}/versions`, { essai: await doRunOf(jobs, answer.to) });
    expect((await catalogue.connectorVersions.list(harvest.connector))[0]?.changes.keepWhen).toEqual([
      { when: open, reason: "not open" },
      { when: { not: { field: "publie", isOneOf: ["non"] } } },
    ]);
  });

  it("refuses a form without a change or a reason, or that would exclude everything", async () => {
    const { harvest, bizdev, path } = await setUp();
    await harvest.day(records);
    expect((await tick(bizdev, path, (box) => !box.includes('"non"'))).html).toContain("Rien ne change");
    expect((await tick(bizdev, path, (box) => box !== closed, "")).html).toContain("Dites pourquoi");
    const nothing = await tick(bizdev, path, (box) => !box.includes("etat"));
    expect(nothing.status).toBe(422);
    expect(nothing.html).toContain("Plus aucune fiche ne serait gardée");
    expect(await catalogue.connectorVersions.list(harvest.connector)).toEqual([]);
  });

  it("is not overwritten by an outdated form, which shows both choices", async () => {
    const { harvest, console, bizdev, path, base, jobs } = await setUp();
    await harvest.day(records);
    const { garde: _, ...stale } = formOnPage((await bizdev.get(path)).html, path);
    const boxes = [stale.offert ?? []].flat();
    const paul = await console.as("bizdev", "Paul");
    const theirs = await tick(paul, path, () => true);
    await paul.act(`${base}/versions`, { essai: await doRunOf(jobs, theirs.to) });
    const late = await bizdev.post(path, {
      ...stale,
      garde: boxes.filter((box) => box !== closed && !box.includes("non")),
      raison: "clos",
    });
    expect(late.status).toBe(409);
    expect(plain(late.html)).toContain("Paul a enregistré pendant que vous écriviez");
    const form = formOnPage(late.html, path);
    expect([form.garde ?? []].flat()).toEqual(boxes.filter((box) => box !== closed));
    expect(form).toMatchObject({ version: "1", raison: "clos" });
    expect(await catalogue.connectorVersions.list(harvest.connector)).toHaveLength(1);
  });

  it("can include everything again if it has no file, without leaving a key behind", async () => {
    const { harvest } = await setUp();
    const [ofFile] = await loadConnectors([harvest.folder]);
    const id = `${harvest.connector}-console`;
    const definition = { ...ofFile?.definition, id, keepWhen: [{ when: { not: { field: "etat", isOneOf: ["clos"] } } }], ignored: [] };
    await catalogue.connectorVersions.add(
      { connector: id, definition, changes: {}, terms: {}, why: "nouveau", by: "Marie", at: new Date(testNow) },
      0,
    );
    const bizdev = await testConsole(catalogue).as("bizdev");
    const path = `/connecteurs/${id}/definition/fiches`;
    await tick(bizdev, path, () => true);
    const [newest] = await catalogue.connectorVersions.list(id);
    expect(newest?.version).toBe(2);
    expect(newest?.definition).not.toHaveProperty("keepWhen");
    expect(newest?.definition).toMatchObject({ ignored: ["etat"] });
  });
});

describe.skipIf(!hasBrowser)(`excluded records of a connector, by keyboard${whyNoBrowser}`, () => {
  const browser = browserForTests();

  it("are unticked and tried by keyboard; the pages of records and guards are accessible", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const harvest = await newHarvest(catalogue, { guards: guardsOff, ignored: ["note", "etat"] });
    await harvest.day(records);
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    await page.goto(`${console.url}/connecteurs/${harvest.connector}/definition`);
    await keys.press("link", "Changer les fiches laissées de côté");
    await page.waitForURL(/\/fiches$/);
    expect(await seriousOn(page)).toEqual([]);
    await keys.tick(page.getByRole("checkbox", { name: /^clos/ }));
    await keys.write(page.locator("#champ-raison"), "les appels clos sont du passé");
    await keys.press("button", "Essayer ce changement");
    await page.waitForURL(/\/essais\//);
    expect(await seriousOn(page)).toEqual([]);
    await page.goto(`${console.url}/connecteurs/${harvest.connector}/definition/garde-fous`);
    await keys.unfold(page.locator("summary", { hasText: "Champs qui se vident" }));
    expect(await seriousOn(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
    await catalogue.drop();
  });
});
