import { describe, expect, it } from "vitest";
import { newCatalogue, ownCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { edit } from "../../support/curate.ts";
import { formOnPage } from "../../support/form-on-page.ts";
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
});
