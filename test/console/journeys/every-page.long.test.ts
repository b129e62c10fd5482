import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, type TestContext, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { keptFromKeyboard } from "../../support/what-has-focus.ts";
import { kindOf } from "./crawl.ts";
import { fillCatalogue } from "./full-catalogue.ts";
import { heaviestPages } from "./heaviest-pages.ts";
import { weighed } from "./page-weight.ts";

/** Limit of a page's weight, without the design system, which browsers cache. */
const maxBytes = 300_000;
const onTheWayIn = ["/connexion", "/entree/inconnu", "/mot-de-passe/inconnu", "/lettre/inconnu", "/accessibilite", "/plan-du-site"];
/** Pages that are walked through with Tab from top to end. */
const walkedThrough = new Set([
  ..."/ /collectes /collectes/:run /plans /plans/:plan /connecteurs /connecteurs/:connecteur /relecture /relecture/:aide /aides /aides/:aide".split(
    " ",
  ),
  ..."/aides/:aide/corriger /mots /mots/decider /brouillons /comptes /journal /producteurs /producteurs/:producteur /couverture /verifier".split(
    " ",
  ),
  ...["lecture", "champs", "mots"].map((step) => `/brouillons/:brouillon/${step}`),
  "/connecteurs/:connecteur/courriers/:lettre",
]);
const notThere = ["/aides/inconnue", "/plans/00000000-0000-4000-8000-000000000000", "/collectes?depuis=hier&page=999", "/nulle-part"];

describe.skipIf(!hasBrowser)(`every page in a browser${whyNoBrowser}`, { timeout: 600_000 }, () => {
  const browser = browserForTests();

  it("is accessible, by keyboard too, light and dark, wide and narrow, weighs little, breaks no policy: full, empty, in error, on the way in", async () => {
    const full = await newCatalogue(testDatabase);
    const { folders, trial } = await fillCatalogue(full);
    const addresses = await heaviestPages(full, folders, ["/", trial]);
    expect(addresses.length).toBeGreaterThan(60);
    const console = await startedConsole(full, { folders });
    const signedIn = await browser.context();
    await signIn(signedIn.context, console, "admin", "Ada");
    const faults = await faultsOn(signedIn, console.url, [...addresses, ...notThere]);
    faults.push(...(await faultsOn(await browser.context(), console.url, onTheWayIn)));
    const walker = await browser.context();
    await signIn(walker.context, console, "admin", "Ada");
    faults.push(...(await faultsByTab(walker, console.url, addresses)));
    await full.drop();

    const empty = await newCatalogue(testDatabase);
    const emptyConsole = await startedConsole(empty);
    const first = await browser.context();
    await signIn(first.context, emptyConsole, "admin", "Ada");
    faults.push(...(await faultsOn(first, emptyConsole.url, await heaviestPages(empty, [], ["/"]))).map((fault) => `empty: ${fault}`));
    await empty.drop();
    expect(faults).toEqual([]);
  });
});

async function faultsOn({ context, errors }: TestContext, url: string, addresses: readonly string[]): Promise<string[]> {
  const page = await context.newPage();
  const weight = weighed(page);
  const faults: string[] = [];
  for (const address of addresses) {
    weight.reset();
    const status = (await page.goto(`${url}${address}`))?.status() ?? 0;
    const bytes = await weight.bytes();
    const found = await looks(page);
    // Chromium reports every 4xx answer as an error.
    const noted = errors.splice(0).filter((error) => !/the server responded with a status of 4\d\d/.test(error));
    if (status >= 500) found.push(`status ${status}`);
    if (bytes > maxBytes) found.push(`${bytes} bytes`);
    faults.push(...[...found, ...noted].map((fault) => `${address}: ${fault}`));
  }
  await context.close();
  return faults;
}

/**
 * Checks that Tab, from the skip link on, reaches every link, button and field visibly and in document order, and leaves the page at the
 * end.
 */
async function faultsByTab({ context }: TestContext, url: string, addresses: readonly string[]): Promise<string[]> {
  const page = await context.newPage();
  const keys = new KeyboardUser(page);
  const faults: string[] = [];
  const left = new Set(walkedThrough);
  for (const address of addresses) {
    const [route = ""] = kindOf(address).split(" ");
    if (!left.delete(route)) continue;
    await page.goto(`${url}${address}`);
    const walk = await keys.walk();
    faults.push(...walk.faults.map((fault) => `${address}: by Tab, ${fault}`));
    if (walk.stops[0] !== "a #contenu Contenu") faults.push(`${address}: begins with ${walk.stops[0]}`);
  }
  await context.close();
  return [...faults, ...[...left].map((route) => `${route}: was not walked through`)];
}

/** Widths of phones, tablets and screens, at which no page may be wider than the window. */
const widths = [320, 390, 600, 768, 1024, 1366, 1920];

/** Returns the widths at which the page reaches beyond the window. */
async function overflows(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const across = (await page.evaluate("document.documentElement.scrollWidth")) as number;
    if (across > width) found.push(`${width} px wide, it reaches to ${across}`);
  }
  return found;
}

/** Checks a wide, light page and a narrow, dark one, then all widths. */
async function looks(page: Page): Promise<string[]> {
  const wide = [...(await seriousOn(page)), ...((await page.evaluate(keptFromKeyboard)) as string[])];
  await page.setViewportSize({ width: 400, height: 800 });
  await page.evaluate("document.documentElement.setAttribute('data-fr-theme', 'dark')");
  const found = [...(await seriousOn(page)), ...((await page.evaluate(keptFromKeyboard)) as string[])];
  const narrow = found.map((fault) => `narrow, dark: ${fault}`);
  const beyond = await overflows(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  return [...wide, ...narrow, ...beyond];
}
