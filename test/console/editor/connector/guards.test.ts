import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../../support/catalogues.ts";
import { testConsole } from "../../../support/console-client.ts";
import { formOnPage } from "../../../support/form-on-page.ts";
import { newHarvest } from "../../../support/harvest.ts";
import { testNow } from "../../../support/made-aids.ts";
import { doRunOf } from "./do-waiting.ts";

const records = Array.from({ length: 30 }, (_, index) => ({
  id: `${index + 1}`,
  titre: `Aide ${index + 1}`,
  texte: "<p>Texte</p>",
  fin: index < 6 ? "" : "2027-01-05",
}));

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");

describe("the guards of a connector", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  async function setUp(changes: Parameters<typeof newHarvest>[1] = {}) {
    const harvest = await newHarvest(catalogue, { ignored: ["note"], ...changes });
    const { services, as } = testConsole(catalogue, { folders: [harvest.folder] });
    const base = `/connecteurs/${harvest.connector}`;
    return { harvest, bizdev: await as("bizdev", "Marie"), base, path: `${base}/definition/garde-fous`, jobs: services.jobs };
  }

  it("are numbers: a new limit is tried on the last feed and used by the next run; an empty one restores the default", async () => {
    const { harvest, bizdev, base, path, jobs } = await setUp({ guards: { gone: 0.155 }, expect: { filled: ["titre"] } });
    await harvest.day(records);
    const form = formOnPage((await bizdev.get(path)).html, path);
    expect(form).toMatchObject({ gone: "15,5", newIds: "", minimum: "" });
    const answer = await bizdev.post(path, {
      ...form,
      gone: "20 %",
      newIds: "",
      minimum: "25",
      "rempli-submissionDeadline": "90",
      raison: "un petit producteur",
    });
    const run = await doRunOf(jobs, answer.to);
    const trial = plain((await bizdev.get(answer.to ?? "")).html);
    expect(trial).toContain(
      "Garde-fous : 25 aides valides au moins ; aides disparues du flux : 20 % ; date de clôture : rempli à 90 % au moins.",
    );
    expect(trial).toContain("Un garde-fou retiendrait ce plan");
    expect(trial).toContain("le champ « date de clôture » est vide dans 6");
    await bizdev.act(`${base}/versions`, { essai: run });
    expect((await catalogue.connectorVersions.list(harvest.connector))[0]?.changes).toEqual({
      guards: { gone: 0.2, filled: { submissionDeadline: 0.9 } },
      expect: { filled: ["titre"], atLeast: 25 },
    });
    expect(plain((await bizdev.get(`${base}/definition`)).html)).toContain("25 aides valides au moins ; aides disparues du flux : 20 %");

    const again = formOnPage((await bizdev.get(path)).html, path);
    const back = await bizdev.post(path, { ...again, gone: "15.5", minimum: "", "rempli-submissionDeadline": "", raison: "erreur" });
    await bizdev.act(`${base}/versions`, { essai: await doRunOf(jobs, back.to) });
    expect((await catalogue.connectorVersions.list(harvest.connector))[0]?.changes).toEqual({});
  });

  it("show invalid limits at their fields, and keep the limit of a field that the feed does not fill", async () => {
    const { harvest, bizdev, path, jobs } = await setUp({ guards: { filled: { contact: 0.5 } } });
    await harvest.day(records);
    const form = formOnPage((await bizdev.get(path)).html, path);
    const wrong = await bizdev.post(path, { ...form, gone: "120", rejected: "beaucoup", minimum: "0", linksMoved: "7", raison: "x" });
    expect(wrong.status).toBe(422);
    expect(wrong.html.match(/class="fr-error-text"/g)).toHaveLength(3);
    expect(formOnPage(wrong.html, path)).toMatchObject({ gone: "120", linksMoved: "7", raison: "x" });
    expect((await bizdev.post(path, { ...form, raison: "x" })).html).toContain("Rien ne change");
    expect((await bizdev.post(path, { ...form, gone: "5" })).html).toContain("Dites pourquoi");
    const answer = await bizdev.post(path, { ...form, gone: "5", raison: "x" });
    const run = await catalogue.runs.find(await doRunOf(jobs, answer.to));
    const trial = await catalogue.connectorVersions.trial(harvest.connector, Number(run?.options.trial));
    expect(trial?.changes.guards).toEqual({ gone: 0.05, filled: { contact: 0.5 } });
  });

  it("are not overwritten by an outdated form, which keeps the typed values", async () => {
    const { harvest, bizdev, path } = await setUp();
    await harvest.day(records);
    const form = formOnPage((await bizdev.get(path)).html, path);
    const made = { connector: harvest.connector, definition: null, changes: { guards: { gone: 0.3 } }, terms: {}, why: "x", by: "Paul" };
    await catalogue.connectorVersions.add({ ...made, at: new Date(testNow) }, 0);
    const late = await bizdev.post(path, { ...form, gone: "40", newIds: "50", raison: "x" });
    expect(late.status).toBe(409);
    expect(plain(late.html)).toContain("Aides disparues du flux : 30 %.");
    expect(formOnPage(late.html, path)).toMatchObject({ version: "1", gone: "40", newIds: "50", raison: "x" });
  });

  it("cannot be changed by readers", async () => {
    const { harvest, base, path } = await setUp();
    const read = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
    expect((await read.get(path)).status).toBe(403);
    expect((await read.post(`${base}/definition/fiches`, { raison: "x" })).status).toBe(403);
    expect((await read.get(`${base}/definition`)).html).not.toContain("Changer les garde-fous");
  });
});
