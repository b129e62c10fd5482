import { describe, expect, it } from "vitest";
import { newCatalogue, ownCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { edit } from "../../support/curate.ts";
import { formOnPage } from "../../support/form-on-page.ts";
import { testNow } from "../../support/made-aids.ts";
import { aidNow, record, waiting } from "../review/waiting-aids.ts";

const ids = ["a", "b", "c", "d"];

async function asked() {
  const catalogue = await ownCatalogue();
  const harvest = await waiting(
    catalogue,
    ids.map((id) => record(id)),
  );
  const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("bizdev", "Marie D.");
  return { catalogue, harvest, client, path: `/questions/${harvest.connector}` };
}

describe.each(testedDatabases)("a question about a source on $title", (database) => {
  it.skipIf(database.skipped)("is answered with one act, for the aids of today and of later runs, and undone with one", async () => {
    const catalogue = await newCatalogue(database);
    const harvest = await waiting(
      catalogue,
      ids.map((id) => record(id)),
    );
    await edit(catalogue, { connector: harvest.connector, externalId: "a" }, { mobilizationSteps: ["postop"] });
    const client = await testConsole(catalogue, { folders: [harvest.folder] }).as("bizdev", "Marie D.");
    const path = `/questions/${harvest.connector}/mobilizationSteps`;
    expect((await client.get("/relecture")).html).toContain(`<a href="/questions/${harvest.connector}/aidTypes">`);
    const page = await client.get(path);
    expect(page.html).toContain("à quelle étape d’un projet servent-elles");
    expect((await client.post(path, { jeton: formOnPage(page.html, path).jeton ?? "", raison: "des travaux" })).status).toBe(422);
    expect((await client.post(path, { valeur: ["preop"], raison: "" })).status).toBe(422);
    const done = await client.act(path, { valeur: ["preop", "op"], raison: "des travaux" });
    expect(done.html).toMatch(/3.aides remplies/);
    expect((await aidNow(catalogue, harvest, "b")).edits.mobilizationSteps).toMatchObject({
      ...{ value: ["preop", "op"], by: "Marie D.", note: "des travaux" },
      suggestion: { confirmed: false },
    });
    // A person's own value stays.
    expect((await aidNow(catalogue, harvest, "a")).edits.mobilizationSteps).toMatchObject({ value: ["postop"] });
    const sample = await client.get("/publications");
    expect(sample.html).toMatch(/3.aides ont changé et montrent une réponse/);
    expect(sample.html).not.toContain("Rénover a<");
    await harvest.day([...ids, "e"].map((id) => record(id)));
    expect((await aidNow(catalogue, harvest, "e")).edits.mobilizationSteps).toMatchObject({ value: ["preop", "op"] });
    expect((await client.get(path)).status).toBe(404);
  });
});

describe("questions about sources", () => {
  it("can leave out aids, and hold for one type of aid", async () => {
    const { catalogue, harvest, client, path } = await asked();
    await edit(catalogue, { connector: harvest.connector, externalId: "a" }, { aidTypes: ["loan"] });
    await edit(catalogue, { connector: harvest.connector, externalId: "b" }, { aidTypes: ["grant"] });
    await edit(catalogue, { connector: harvest.connector, externalId: "c" }, { aidTypes: ["grant"] });
    await client.act(`${path}/destinations`, { valeur: ["investment"], types: "grant", sauf: "c", raison: "des travaux" });
    const filled = await Promise.all(ids.map(async (id) => (await aidNow(catalogue, harvest, id)).edits.destinations?.value ?? null));
    expect(filled).toEqual([null, ["investment"], null, null]);
  });

  it("are shown to everybody, answered by curators, and absent where nothing is missing", async () => {
    const { catalogue, harvest, path } = await asked();
    const reader = await testConsole(catalogue, { folders: [harvest.folder] }).as("read");
    expect((await reader.get("/questions")).html).toContain(`${path}/`);
    expect((await reader.get(`${path}/mobilizationSteps`)).html).not.toContain("Répondre</button>");
    expect((await reader.post(`${path}/mobilizationSteps`, { valeur: ["op"], raison: "x" })).status).toBe(403);
    expect((await reader.get(`${path}/keywords`)).status).toBe(404);
    expect((await reader.get("/questions?territoire=department:974")).html).toContain("Aucune question");
  });

  it("show what an answer would change before it is given, for which nothing needs to be said", async () => {
    const { catalogue, harvest, client, path } = await asked();
    expect((await client.post(`${path}/mobilizationSteps/apercu`, { raison: "" })).status).toBe(422);
    const preview = await client.post(`${path}/mobilizationSteps/apercu`, { valeur: ["preop", "op"], sauf: "b", raison: "" });
    expect(preview.status).toBe(200);
    expect(preview.html).toMatch(/3.aides recevraient une valeur/);
    expect(preview.html).toContain("Rénover a");
    expect(preview.html).not.toContain("Rénover b");
    expect((await aidNow(catalogue, harvest, "a")).edits.mobilizationSteps).toBeUndefined();
    const form = formOnPage(preview.html, `${path}/mobilizationSteps`);
    expect(form).toMatchObject({ valeur: ["preop", "op"], sauf: "b" });
    await client.act(`${path}/mobilizationSteps`, { ...form, raison: "des travaux" });
    const filled = await Promise.all(ids.map(async (id) => (await aidNow(catalogue, harvest, id)).edits.mobilizationSteps?.value ?? null));
    expect(filled).toEqual([["preop", "op"], null, ["preop", "op"], ["preop", "op"]]);
  });
});

describe("an answer about a source", () => {
  const later = new Date(testNow.getTime() + 86_400_000);
  const at = (now: Date) => ({ clock: { now: () => now, fixed: null, elapsed: () => performance.now() } });

  async function given() {
    const { catalogue, harvest, client, path } = await asked();
    await client.act(`${path}/mobilizationSteps`, { valeur: ["preop", "op"], raison: "des travaux" });
    const records = ids.map((id) => record(id, id === "a" ? { texte: "<p>Un suivi de cinq ans par un écologue, après travaux.</p>" } : {}));
    await harvest.day(records, {}, at(later));
    const next = testConsole(catalogue, { folders: [harvest.folder], now: new Date(later.getTime() + 60_000) });
    const [answer] = await catalogue.standingDecisions.answers([harvest.connector]);
    if (answer === undefined) throw new Error("no answer");
    return {
      catalogue,
      harvest,
      client: await next.as("bizdev", "Paul L."),
      reader: await next.as("read"),
      page: `/reponses/${answer.id}`,
      answer,
    };
  }

  it("is asked again after its aids have changed, until somebody confirms it", async () => {
    const { catalogue, harvest, client, reader, page } = await given();
    expect((await client.get(`/questions?connecteur=${harvest.connector}`)).html).toContain(`<a href="${page}">`);
    expect((await client.get("/relecture")).html).toMatch(/1.réponse à revoir/);
    const { html } = await client.get(page);
    expect(html).toMatch(/1.aide a changé de texte, de type ou d’organisme/);
    expect(html).toContain("Rénover a");
    expect(html).not.toContain("Rénover b");
    expect((await reader.get(page)).html).not.toContain("Elle vaut toujours");
    expect((await reader.post(`${page}/confirmer`)).status).toBe(403);
    await client.act(`${page}/confirmer`);
    expect((await client.get(page)).status).toBe(404);
    expect((await client.get("/questions")).html).not.toContain("à revoir");
    expect(await catalogue.standingDecisions.holdingFor(harvest.connector)).toMatchObject([{ by: "Paul L.", note: "des travaux" }]);
  });

  it("is changed, except for aids that it is wrong for, or ended", async () => {
    const { catalogue, harvest, client, page } = await given();
    const form = formOnPage((await client.get(page)).html, page);
    expect(form).toMatchObject({ valeur: ["preop", "op"] });
    const preview = await client.post(`${page}/apercu`, { ...form, valeur: ["preop", "op", "postop"], sauf: "a" });
    expect(preview.html).toMatch(/4.aides recevraient une valeur/);
    await client.act(page, { ...form, valeur: ["preop", "op", "postop"], sauf: "a", raison: "et le suivi" });
    const filled = await Promise.all(
      ["a", "b"].map(async (id) => (await aidNow(catalogue, harvest, id)).edits.mobilizationSteps?.value ?? null),
    );
    expect(filled).toEqual([null, ["preop", "op", "postop"]]);
    const other = await given();
    expect((await other.client.act(`${other.page}/finir`)).html).toContain("C’est fini");
    expect(await other.catalogue.standingDecisions.holdingFor(other.harvest.connector)).toEqual([]);
    expect((await aidNow(other.catalogue, other.harvest, "a")).edits.mobilizationSteps?.value).toEqual(["preop", "op"]);
  });

  it("that another one contradicts is shown with it, and one of them is kept", async () => {
    const { catalogue, harvest, client, page, answer } = await given();
    const { id: _, endedAt: __, endedBy: ___, ...wanted } = answer;
    const other = await catalogue.standingDecisions.add({
      ...wanted,
      value: ["postop"],
      condition: { except: ["b"] },
      by: "Claire",
      note: null,
    });
    const { html } = await client.get(page);
    expect(html).toMatch(/Deux réponses se contredisent pour 3.aides/);
    expect(html).toContain("Garder l’autre");
    expect(html).not.toContain("Elle vaut toujours");
    expect((await client.post(`${page}/garder`, { autre: answer.id, gardee: answer.id })).status).toBe(409);
    await client.act(`${page}/garder`, { autre: other, gardee: other });
    const filled = await Promise.all(
      ["a", "b"].map(async (id) => (await aidNow(catalogue, harvest, id)).edits.mobilizationSteps?.value ?? null),
    );
    expect(filled).toEqual([["postop"], null]);
    expect((await client.get("/questions")).html).not.toContain("à revoir");
  });
});
