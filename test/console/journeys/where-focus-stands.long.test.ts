import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { jobSetup } from "../../jobs/job-setup.ts";
import { browserForTests, hasBrowser, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { inProcess } from "../../support/queues.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { until } from "../../support/until.ts";
import { seededFrom } from "../publishers/publisher-fixtures.ts";

const hasFocus = async (page: Page, role: "status" | "alert", hasText: string) =>
  (await page.getByRole(role).filter({ hasText }).and(page.locator(":focus")).count()) === 1;

describe.skipIf(!hasBrowser)(`where the focus stands${whyNoBrowser}`, { timeout: 90_000 }, () => {
  const browser = browserForTests();

  it("after an act, at what was done; after a form that is refused, at what is wrong, one Tab from the field", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const console = await startedConsole(catalogue);
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    const { publisherId } = await seededFrom(catalogue, "region:53");
    await page.goto(`${console.url}/producteurs/${publisherId}`);
    const stage = page.locator("#champ-etape");
    await keys.arrowTo(stage, async () => (await stage.inputValue()) === "contacted");
    await keys.press("button", "Changer l’étape");
    await page.getByText("Le producteur est à l’étape").waitFor();
    expect(await hasFocus(page, "status", "Le producteur est à l’étape")).toBe(true);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.querySelector('main').contains(document.activeElement)")).toBe(true);

    await keys.write(page.locator("#champ-echange-texte"), "La DSI est d’accord.");
    await keys.press("button", "Noter au journal");
    const noted = page.getByRole("status").filter({ hasText: "C’est noté au journal" });
    await noted.waitFor();
    // The message appears at the top and covers no Tab stop.
    expect((await noted.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.querySelector('#journal').contains(document.activeElement)")).toBe(true);
    await keys.tabTo(page.locator("#champ-etape"), { back: true });

    await page.goto(`${console.url}/verifier`);
    await keys.press("button", "Vérifier");
    await page.getByRole("alert").filter({ hasText: "Choisissez un fichier" }).waitFor();
    expect(await hasFocus(page, "alert", "Choisissez un fichier")).toBe(true);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("champ-fichier");
    expect(errors.filter((error) => !error.includes("422"))).toEqual([]);
    await context.close();
    await catalogue.drop();
  });

  it("in a part that renews itself, where it stood; and in the page that comes once there is nothing to wait for", async () => {
    const house = await jobSetup(inProcess);
    await house.connector("region-a");
    house.site.answer("/region-a.json", { records: [{ id: "1", titre: "Une aide" }] });
    const console = await startedConsole(house.catalogue, { jobs: { queue: house.queue }, folders: [house.folder] });
    const { context, errors } = await browser.context();
    await signIn(context, console, "ops", "Olga");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    const release = house.site.hold();
    await house.ask("region-a");
    await house.worker();
    await until("the feed is asked for", () => house.site.waiting === 1);
    const { runId } = await house.ask("region-a");
    await page.goto(`${console.url}/collectes/${runId}`);
    const link = page.getByRole("link", { name: "Voir la collecte en cours" });
    await keys.tabTo(link);
    // Changes the sentence before the link, as if others were added in front.
    await page.route("**/collectes/*", async (route) => {
      if (!("x-live" in route.request().headers())) return route.fallback();
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("attend son tour", "attend encore son tour") });
    });
    await page.getByText("attend encore son tour").waitFor();
    expect(await link.and(page.locator(":focus")).count()).toBe(1);

    release();
    await page.getByRole("heading", { name: "Ce qui a été reçu" }).waitFor({ timeout: 30_000 });
    expect(await page.evaluate("document.activeElement.id")).toBe("contenu");
    expect(errors).toEqual([]);
    await context.close();
  });

  it("in the menu of a narrow screen while it is open, and where it was opened once it is closed", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const console = await startedConsole(catalogue);
    const { context } = await browser.context();
    await signIn(context, console, "admin", "Ada");
    const page = await context.newPage();
    await page.setViewportSize({ width: 400, height: 800 });
    await page.goto(`${console.url}/collectes`);
    const keys = new KeyboardUser(page);
    await keys.press("button", "Menu", page.getByRole("banner"));
    const menu = page.getByRole("dialog");
    await menu.waitFor();
    for (const tabs of Array(40).keys()) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.querySelector('#menu-fenetre').contains(document.activeElement)"), `${tabs + 1} Tabs`).toBe(
        true,
      );
    }
    await keys.tabTo(menu.getByRole("link", { name: "Comptes" }));
    await page.keyboard.press("Escape");
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("menu-bouton");
    await context.close();
    await catalogue.drop();
  });
});
