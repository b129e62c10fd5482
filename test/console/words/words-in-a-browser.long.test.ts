import { describe, expect, it } from "vitest";
import { doRun } from "../../../src/jobs/worker/do-run.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";

describe.skipIf(!hasBrowser)(`words in a browser${whyNoBrowser}`, () => {
  const browser = browserForTests();

  it("are accessible; a word is decided, tried and applied by keyboard", async () => {
    const catalogue = await ownCatalogue();
    const harvest = await newHarvest(catalogue, { guards: guardsOff });
    await harvest.day([{ id: "1", titre: "Aide", texte: "<p>Texte</p>", publics: ["Villages étoilés", "Associations 1901"] }]);
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    const { jobs } = testConsole(catalogue, { folders: [harvest.folder] }).services;
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie D.");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    await page.goto(`${console.url}/mots`);
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("link", /Villages étoilés/);
    await page.getByRole("heading", { level: 1, name: "Villages étoilés" }).waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await keys.tick(page.getByLabel("Communes", { exact: true }));
    // Not the first visible button, which is a suggestion.
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/mots\/essais/);
    for (const { runId, connector } of await catalogue.runs.open()) await doRun(jobs, { runId, connector }, new AbortController().signal);
    await page.getByText("1 aide changerait").waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("button", "Enregistrer et appliquer");
    await page.getByText("1 aide a changé").waitFor();
    expect((await harvest.aid("1")).targetedAudiences).toEqual(["commune"]);
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);
});
