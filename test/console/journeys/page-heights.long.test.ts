import { describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { fillCatalogue, ordinary } from "./full-catalogue.ts";
import { heaviestPages } from "./heaviest-pages.ts";

/** Limit of a page's height in a window of 1,280 pixels: about three screens. */
const maxHeight = 2500;
/** Lists of which a window of 1,366 pixels shows all columns. */
const lists = ["/collectes", "/plans", "/connecteurs", "/relecture", "/aides", "/mots", "/producteurs", "/journal", "/comptes"];
const hiddenWidth =
  "Math.max(0, ...[...document.querySelectorAll('.moisson-cards .fr-table__content')].map((one) => one.scrollWidth - one.clientWidth))";

describe.skipIf(!hasBrowser)(`the height of every page${whyNoBrowser}`, { timeout: 600_000 }, () => {
  const browser = browserForTests();

  it("is at most three screens for ordinary data, and lists show all of their columns", async () => {
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
    await page.setViewportSize({ width: 1366, height: 768 });
    const cut: string[] = [];
    for (const list of lists) {
      await page.goto(`${console.url}${list}`);
      if (((await page.evaluate(hiddenWidth)) as number) > 0) cut.push(list);
    }
    await catalogue.drop();
    expect(cut).toEqual([]);
    expect(heights.length).toBeGreaterThan(60);
    expect(heights.filter(([, height]) => height > maxHeight).sort(([, a], [, b]) => b - a)).toEqual([]);
  });
});
