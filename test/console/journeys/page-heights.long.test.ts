import { describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { kindOf } from "./crawl.ts";
import { fillCatalogue, ordinary } from "./full-catalogue.ts";
import { heaviestPages } from "./heaviest-pages.ts";

/** Limit of a page's height in a window of 1,280 pixels: about three screens. */
const maxHeight = 2500;

/** Routes that are still taller, with the height that they may not exceed. Lower a number when its page gets shorter. */
const taller: Readonly<Record<string, number>> = {
  "/producteurs/:producteur": 3350,
  "/relecture": 2600,
  "/producteurs/:producteur/saisir": 4400,
  "/mode-d-emploi": 2700,
  "/aides/:aide": 2750,
  "/aides/:aide/corriger": 2700,
  "/collectes/:run": 2800,
  "/relecture/:aide": 8000,
  "/brouillons/:brouillon/champs": 4800,
  "/connecteurs/:connecteur/definition": 4800,
};

describe.skipIf(!hasBrowser)(`the height of every page${whyNoBrowser}`, { timeout: 600_000 }, () => {
  const browser = browserForTests();

  it("is at most three screens for ordinary data, but for a few routes", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const { folders, trial } = await fillCatalogue(catalogue, ordinary);
    const addresses = await heaviestPages(catalogue, folders, ["/", trial]);
    const console = await startedConsole(catalogue, { folders });
    const { context } = await browser.context();
    await signIn(context, console, "admin", "Ada");
    const page = await context.newPage();
    const heights: (readonly [address: string, height: number])[] = [];
    for (const address of addresses) {
      await page.goto(`${console.url}${address}`);
      heights.push([address, (await page.evaluate("document.documentElement.scrollHeight")) as number]);
    }
    await catalogue.drop();
    expect(heights.length).toBeGreaterThan(60);
    const limitOf = (address: string) => taller[kindOf(address).split(" ")[0] ?? ""] ?? maxHeight;
    expect(heights.filter(([address, height]) => height > limitOf(address)).sort(([, a], [, b]) => b - a)).toEqual([]);
  });
});
