import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { newHarvest } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";

const record = (id: number) => ({
  id: `a${id}`,
  titre: `Financer le projet ${id}`,
  texte: `<p>Texte de l’aide ${id}</p>`,
  publics: "Martiens",
});
const all = Array.from({ length: 12 }, (_, id) => record(id));
const at = (day: string) => {
  const now = new Date(`${day}T02:00:00Z`);
  return { clock: { now: () => now, fixed: null, elapsed: () => performance.now() } };
};

const isShown = (page: Page, selector: string) => page.locator(selector).first().isVisible();

describe.skipIf(!hasBrowser)(`narrow screens${whyNoBrowser}`, () => {
  const browser = browserForTests();

  it("no page is wider than a phone; rows are cards, filters are folded, a plan is decided", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const harvest = await newHarvest(catalogue);
    await harvest.day(all, {}, at("2026-11-23"));
    const held = await harvest.day(all.slice(0, 4), {}, at("2026-11-24"));
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    const { context, errors } = await browser.context({ viewport: { width: 390, height: 844 } });
    await signIn(context, console, "ops", "Olga");
    const page = await context.newPage();
    const paths = [
      "/",
      "/nuits",
      "/collectes",
      `/collectes/${held.runId}`,
      `/plans/${held.planId}`,
      "/connecteurs",
      "/relecture",
      "/aides",
      "/mots",
    ];
    for (const path of [...paths, `/connecteurs/${harvest.connector}`, "/producteurs", "/publication"]) {
      await page.goto(`${console.url}${path}`);
      for (const width of [320, 390, 768, 1366]) {
        await page.setViewportSize({ width, height: 844 });
        expect(await page.evaluate("document.documentElement.scrollWidth"), `${path} at ${width}`).toBeLessThanOrEqual(width);
      }
      await page.setViewportSize({ width: 390, height: 844 });
    }

    await page.goto(`${console.url}/collectes`);
    const label = "getComputedStyle(document.querySelector('td[data-label=Connecteur]'), '::before').content";
    expect(await page.evaluate(label)).toBe('"Connecteur"');
    const frame = "getComputedStyle(document.querySelector('.moisson-cards .fr-table__wrapper'), '::after').display";
    await page.locator('.fr-table[data-fr-js-table="true"]').first().waitFor();
    expect(await page.evaluate(frame)).toBe("none");
    expect(await isShown(page, "#champ-connecteur")).toBe(false);
    await page.locator("summary", { hasText: "Filtrer" }).click();
    expect(await isShown(page, "#champ-connecteur")).toBe(true);
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.reload();
    expect(await isShown(page, "#champ-connecteur")).toBe(true);
    expect(await page.evaluate(label)).toBe("none");
    // The filter is reached with Tab, too, although its `details` is closed.
    await new KeyboardUser(page).tabTo(page.locator("#champ-connecteur"));
    expect(await seriousOn(page)).toEqual([]);

    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${console.url}/plans/${held.planId}`);
    await page.getByRole("link", { name: "Écarter le plan…" }).click();
    await page.getByRole("button", { name: /^Écarter/ }).click();
    await page
      .locator(".moisson-done")
      .getByText(/^Écarté.*au catalogue/)
      .waitFor();
    expect(errors).toEqual([]);
    await context.close();
    await catalogue.drop();
  });

  it("shows the whole name of the service above a page without search, on a wide screen", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const console = await startedConsole(catalogue);
    const { context } = await browser.context({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await page.goto(`${console.url}/espace/connexion`);
    const [header, name] = [await page.locator(".fr-header").boundingBox(), await page.locator(".fr-header__service").boundingBox()];
    expect(name?.y).toBeGreaterThanOrEqual(0);
    expect(name?.height).toBeLessThanOrEqual(header?.height ?? 0);
    await context.close();
    await catalogue.drop();
  });

  it("the message of an act leaves the title where it was, on a wide screen", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const harvest = await newHarvest(catalogue);
    await harvest.day(all, {}, at("2026-11-24"));
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    const { context } = await browser.context({ viewport: { width: 1366, height: 768 } });
    await signIn(context, console, "ops", "Olga");
    const page = await context.newPage();
    const top = async () => (await page.locator("h1").boundingBox())?.y;
    await page.goto(`${console.url}/connecteurs/${harvest.connector}`);
    const before = await top();
    await page.getByText("Mettre en pause").first().click();
    await page.getByRole("button", { name: "Mettre en pause" }).click();
    await page.getByRole("status").filter({ hasText: "est en pause" }).waitFor();
    expect(await top()).toBe(before);
    expect(await seriousOn(page)).toEqual([]);
    await context.close();
    await catalogue.drop();
  });

  it("the arrows lead through the nights, which are one stop of the Tab key", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const [first, second] = [await newHarvest(catalogue), await newHarvest(catalogue)];
    for (const day of ["2026-11-22", "2026-11-23", "2026-11-24"]) {
      await first.day(all, {}, at(day));
      await second.day(all, {}, at(day));
    }
    const console = await startedConsole(catalogue, { folders: [first.folder, second.folder] });
    const { context } = await browser.context({ viewport: { width: 1366, height: 768 } });
    await signIn(context, console, "read", "Rémi");
    const page = await context.newPage();
    await page.goto(`${console.url}/nuits`);
    const keys = new KeyboardUser(page);
    await keys.tabTo(page.locator(".moisson-night-grid a").first());
    const focused = () => page.evaluate("document.activeElement.querySelector('title')?.textContent ?? document.activeElement.textContent");
    const row = () =>
      page.evaluate("[...document.querySelectorAll('.moisson-night-grid__row')].findIndex((row) => row.contains(document.activeElement))");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toContain("23 novembre 2026");
    await page.keyboard.press("ArrowDown");
    expect([await focused(), await row()]).toEqual([expect.stringContaining("23 novembre 2026"), 1]);
    await page.keyboard.press("End");
    expect(await focused()).toContain("24 novembre 2026");
    await page.keyboard.press("Tab");
    expect(await row()).toBe(-1);
    await context.close();
    await catalogue.drop();
  });
});
