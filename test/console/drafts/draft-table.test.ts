import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { draftWithFeed } from "../previews/draft-with-feed.ts";

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
    expect(plain(html)).toMatch(/Titre titre « titre » est un nom habituel sûr/);
    expect(plain(html)).toMatch(/Continuer accepte \d+ champs? sûrs?, et/);
  });

  it("leads on without choices", async () => {
    const { marie, path, draft } = await setUp();
    expect((await marie.post(path, {})).to).toBe(`${draft.path}/mots`);
  });
});
