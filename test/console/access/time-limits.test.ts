import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jobSetup } from "../../jobs/job-setup.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { inProcess } from "../../support/queues.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";

describe.skipIf(!hasBrowser)(`limits of time that a person can lift${whyNoBrowser}`, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("warns ten minutes before an unused session ends, and extends it", async () => {
    const console = await startedConsole(catalogue);
    const { context, errors } = await browser.context();
    await signIn(context, console, "read", "Rémi");
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(`${console.url}/plan-du-site`);
    const warning = page.getByRole("alert").filter({ hasText: "déconnecté dans dix minutes" });
    await page.clock.fastForward("03:49:00");
    expect(await warning.count()).toBe(0);
    await page.clock.fastForward("00:01:01");
    await warning.waitFor();
    expect(await seriousOn(page)).toEqual([]);
    const extended = page.waitForResponse(`${console.url}/mode-d-emploi`);
    await new KeyboardUser(page).press("button", "Rester connecté", page.locator("body"));
    expect((await extended).status()).toBe(200);
    await warning.waitFor({ state: "detached" });
    await page.clock.fastForward("03:50:01");
    await warning.waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it("stops and resumes the renewal of a page", async () => {
    const house = await jobSetup(inProcess);
    await house.connector("region-a");
    const console = await startedConsole(house.catalogue, { jobs: { queue: house.queue }, folders: [house.folder] });
    const { runId } = await house.ask("region-a");
    const { context, errors } = await browser.context();
    await signIn(context, console, "ops", "Olga");
    const page = await context.newPage();
    let renewals = 0;
    page.on("request", (request) => {
      if (request.headers()["x-live"] === "1") renewals++;
    });
    await page.clock.install();
    await page.goto(`${console.url}/collectes/${runId}`);
    await page.getByText("La collecte attend son tour").waitFor();
    const renewed = page.waitForRequest((request) => request.headers()["x-live"] === "1");
    await page.clock.fastForward(2_001);
    await (await (await renewed).response())?.finished();
    await page.getByRole("button", { name: "Arrêter l’actualisation" }).click();
    const before = renewals;
    await page.clock.fastForward(60_000);
    expect(await seriousOn(page)).toEqual([]);
    expect(renewals).toBe(before);
    const resumed = page.waitForRequest((request) => request.headers()["x-live"] === "1");
    await page.getByRole("button", { name: "Reprendre l’actualisation" }).click();
    await page.clock.fastForward(1);
    await resumed;
    expect(errors).toEqual([]);
    await context.close();
  });
});
