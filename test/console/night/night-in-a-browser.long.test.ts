import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { newHarvest } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { testNow } from "../../support/made-aids.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { manyDecisions } from "./many-decisions.ts";

const records = (count: number) => Array.from({ length: count }, (_, id) => ({ id: `a${id}`, titre: `Financer le projet ${id}` }));

describe.skipIf(!hasBrowser)(`the morning in a browser${whyNoBrowser}`, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("works with the keyboard: opens a held plan, pauses a connector, uploads a new file", async () => {
    const harvest = await newHarvest(catalogue);
    const before = { now: () => new Date(testNow.getTime() - 60_000), fixed: null, elapsed: () => performance.now() };
    await harvest.day(records(20), {}, { clock: before });
    await harvest.day([]);
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    const { context, errors } = await browser.context();
    await signIn(context, console, "ops", "Olga");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);

    await page.goto(`${console.url}/`);
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("link", /^Lire le plan/);
    await page.waitForURL(/\/plans\//);

    await page.goto(`${console.url}/connecteurs`);
    expect(await seriousOn(page)).toEqual([]);
    expect(
      await page.getByRole("img", { name: /^2 dernières collectes : 1 appliquée, 1 retenue ; la plus récente : retenue$/ }).count(),
    ).toBe(1);
    await keys.press("link", "Région Exemple");
    await page.getByRole("heading", { name: "Région Exemple", level: 1 }).waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await keys.unfold(page.locator("summary", { hasText: "Mettre en pause" }));
    await keys.write(page.getByLabel("Raison"), "nouveau serveur");
    await page.keyboard.press("Enter");
    await page.getByText("par Olga : nouveau serveur").waitFor();

    await keys.giveFile(page.getByLabel("Nouvelle version du fichier"), await harvest.feed(records(21)));
    await keys.press("button", "Déposer le fichier");
    await page.getByText("Le fichier est reçu").waitFor();
    expect((await catalogue.runQueue.waiting(harvest.connector)).map(({ options }) => options)).toMatchObject([
      { brought: true, dryRun: true },
    ]);
    expect(errors).toEqual([]);
  });

  it("shows three decisions whole and the others in one line, which opens with the keyboard or from an address", async () => {
    const console = await startedConsole(catalogue, { folders: await manyDecisions(catalogue) });
    const { context, errors } = await browser.context();
    await signIn(context, console, "ops", "Olga");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    await page.goto(console.url);
    expect(await seriousOn(page)).toEqual([]);
    const cards = page.getByRole("article");
    expect(await cards.count()).toBeGreaterThan(11);
    const folded = page.locator(".moisson-card--folded");
    expect(await folded.count()).toBe((await cards.count()) - 3);
    expect(await page.evaluate("document.documentElement.scrollHeight")).toBeLessThanOrEqual(2500);
    for (const one of await folded.all()) expect((await one.boundingBox())?.height).toBeLessThan(60);

    const ofCulture = folded.filter({ hasText: "Région Normandie – culture" });
    await keys.unfold(ofCulture.locator("summary").first());
    expect(await seriousOn(page)).toEqual([]);
    const id = await ofCulture.locator(".moisson-card__content").getAttribute("id");
    await page.goto("about:blank");
    await page.goto(`${console.url}/#${id}`);
    await ofCulture.getByText("Le flux est abîmé").last().waitFor();
    await keys.press("button", /^Mettre en pause : Région Normandie – culture/);
    await page
      .getByText(/en pause/)
      .first()
      .waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });
});
