import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../../support/catalogues.ts";
import { testConsole } from "../../../support/console-client.ts";
import { formOnPage } from "../../../support/form-on-page.ts";
import { draftWithFeed } from "../../previews/draft-with-feed.ts";

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");

describe("the table of a draft's file", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  async function setUp() {
    const console = testConsole(catalogue);
    const marie = await console.as("bizdev", "Marie");
    const draft = await draftWithFeed(marie);
    return { console, marie, path: `${draft.path}/champs`, draft };
  }

  it("says how certain each field is, and what continuing accepts", async () => {
    const { marie, path } = await setUp();
    const html = (await marie.get(path)).html;
    expect(plain(html)).toMatch(/Titre le champ « titre », sur une ligne sûr « titre » est un nom habituel/);
    expect(plain(html)).toMatch(/Continuer accepte \d+ champs? sûrs?, et/);
  });

  it("saves what the file does not say, and leads on", async () => {
    const { marie, path, draft } = await setUp();
    const html = (await marie.get(path)).html;
    expect(plain(html)).toContain("Ce que le fichier ne dit pas");
    expect(html).toContain('name="manque.mobilizationSteps"');
    const asked = await marie.get(`${path}?manque.mobilizationSteps=op&manque.mobilizationSteps=preop`);
    const shown = await marie.get(asked.to ?? "");
    expect(plain(shown.html)).toContain("Un choix à enregistrer");
    const form = formOnPage(shown.html, path);
    const saved = await marie.post(path, { choix: form.choix ?? "", version: form.version ?? "", suite: "1" });
    expect(saved.to).toBe(`${draft.path}/mots`);
    const [kept] = (await catalogue.drafts.list()).filter(({ draftId }) => draftId === draft.id);
    expect(kept?.answers).toMatchObject({
      changes: { fields: { mobilizationSteps: { kind: "constant", value: ["op", "preop"] } } },
      seen: expect.arrayContaining(["champs"]),
    });
  });

  it("leads on without choices", async () => {
    const { marie, path, draft } = await setUp();
    expect((await marie.post(path, {})).to).toBe(`${draft.path}/mots`);
  });
});
