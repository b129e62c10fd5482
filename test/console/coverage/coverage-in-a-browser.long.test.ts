import { mkdir } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { newHarvest } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { testNow } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { bretagne, seededFrom } from "../publishers/publisher-fixtures.ts";

/** Folder for screenshots; none are taken if it is not set. */
const pictures = process.env.MOISSON_PICTURES;
const marie = { by: "Marie", now: testNow };
const region: Perimeters = [{ scale: "region", code: "53", name: "Bretagne" }];
type Perimeters = { scale: "region"; code: string; name: string }[];

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

/** Returns true if nothing overflows a narrow screen. */
const widthLeftOver = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

describe.skipIf(!hasBrowser)(`coverage in a browser${whyNoBrowser}`, { timeout: 240_000 }, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("is usable by keyboard, from the map to the publishers of a territory, in light, dark, narrow and printed form", async () => {
    const harvest = await newHarvest(catalogue, { publisher: bretagne });
    await importPublished(catalogue, harvest.connector, { a1: { perimeters: region }, a2: { perimeters: region }, a3: {} });
    while ((await catalogue.search.catchUp()) > 0);
    await catalogue.searchMisses.add([{ month: "2026-11-01", keyword: "piscine", territory: "department:26", category: "", count: 7 }]);
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    const stages = {
      "region:52": "talking",
      "region:84": "agreed",
      "region:11": "refused",
      "department:26": "contacted",
      "collectivity:987": "paused",
    } as const;
    for (const [seed, stage] of Object.entries(stages))
      await catalogue.publishers.moveTo((await seededFrom(catalogue, seed)).publisherId, stage, marie);
    for (const code of ["75", "92", "35", "29"])
      await catalogue.publishers.moveTo((await seededFrom(catalogue, `department:${code}`)).publisherId, "online", marie);
    const { context, errors } = await browser.context();
    await signIn(context, console, "read", "Rémi");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);

    await page.goto(`${console.url}/couverture`);
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("link", "Passer la carte");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.closest('.moisson-map') === null")).toBe(true);
    await page.goto(`${console.url}/couverture?montrer=producteurs`);
    await keys.press("link", "Départements");
    await page.getByRole("group", { name: "Carte des départements" }).waitFor();
    await keys.press("link", /^Drôme : en discussion \(contacté\)/);
    await page.getByRole("heading", { level: 1, name: "Producteurs" }).waitFor();
    await page.getByRole("link", { name: "Département de la Drôme" }).waitFor();

    const { publisherId } = await seededFrom(catalogue, "region:53");
    const looks = {
      map: "/couverture",
      publishers: "/couverture?montrer=producteurs",
      departments: "/couverture?carte=departements",
      team: "/chiffres",
      own: `/producteurs/${publisherId}/chiffres`,
    };
    for (const [name, path] of Object.entries(looks)) {
      for (const scheme of ["light", "dark"] as const) {
        for (const width of [1280, 400]) {
          const shown = await context.newPage();
          await shown.emulateMedia({ colorScheme: scheme });
          await shown.setViewportSize({ width, height: 900 });
          await shown.goto(`${console.url}${path}`);
          expect(await seriousOn(shown), `${path} ${scheme} ${width}`).toEqual([]);
          expect(await shown.evaluate(widthLeftOver), `${path} ${width}`).toBe(0);
          if (name === "map" && width === 1280) {
            expect(await shown.evaluate("document.documentElement.scrollHeight")).toBeLessThan(2500);
            expect(await shown.evaluate(rowsHidden)).toBeGreaterThan(98);
          }
          if (name === "map" && width === 400) expect(await shown.evaluate(tableBeforeMap)).toBe(true);
          await picture(shown, `${name}-${scheme}-${width}`);
          await shown.close();
        }
      }
      const onPaper = await context.newPage();
      await onPaper.emulateMedia({ media: "print" });
      await onPaper.setViewportSize({ width: 1030, height: 700 });
      await onPaper.goto(`${console.url}${path}`);
      expect(await onPaper.evaluate(widthLeftOver), `${path} on paper`).toBe(0);
      expect(await onPaper.evaluate(widthCutOff), `${path} on paper`).toBe(0);
      if (name === "map") expect(await onPaper.evaluate(rowsHidden)).toBe(0);
      await picture(onPaper, `${name}-print`);
      await onPaper.close();
    }
    expect(errors).toEqual([]);
  });
});

/** Rows of collapsed tables. */
const rowsHidden = "[...document.querySelectorAll('main tbody tr')].filter((row) => !row.checkVisibility()).length";
/** Returns true if printed tables do not need scrolling. */
const widthCutOff = "Math.max(...[...document.querySelectorAll('.fr-table__content')].map((one) => one.scrollWidth - one.clientWidth))";
/** On a narrow screen. */
const tableBeforeMap =
  "document.querySelector('#territoires').getBoundingClientRect().top < document.querySelector('.moisson-map').getBoundingClientRect().top";
