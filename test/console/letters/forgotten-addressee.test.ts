import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { madeLetter, partnerOf, wrong } from "./answered-letters.ts";

describe("the recipients of a letter", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  it("exclude forgotten contacts", async () => {
    const harvest = await newHarvest(catalogue, { guards: guardsOff });
    await harvest.day(wrong);
    const publisherId = await partnerOf(catalogue, harvest);
    const gone = { name: "[effacé]", role: null, email: "[effacé]", phone: null, note: null, getsLetters: true };
    await catalogue.contacts.add(publisherId, gone, { by: "Marie", now: testNow });
    const environment = {
      MOISSON_SMTP_URL: "smtp://127.0.0.1:9",
      MOISSON_DIGEST_FROM: "a@moisson.example",
      MOISSON_DIGEST_TO: "b@moisson.example",
    };
    const console = testConsole(catalogue, { folders: [harvest.folder], services: { environment } });
    const { bizdev, path } = await madeLetter(catalogue, console, harvest);
    const { html } = await bizdev.get(`${path}/envoyer`);
    expect(html).toContain("Jeanne Reçoit, jeanne@region.example");
    expect(html).not.toContain("[effacé]");
  });
});
