import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../../support/browser.ts";
import { newCatalogue, testedDatabases } from "../../../support/catalogues.ts";
import { KeyboardUser } from "../../../support/keyboard-user.ts";
import { importPublished } from "../../../support/published-aids.ts";
import { startedApi } from "../../../support/started-api.ts";

/** Folder of the pictures, or undefined for none. */
const pictures = process.env.MOISSON_PICTURES;

describe.each(testedDatabases)(`the search page in a browser, $title${whyNoBrowser}`, (database) => {
  describe.skipIf(database.skipped || !hasBrowser)("", () => {
    const browser = browserForTests();

    it("is used by keyboard, and axe finds nothing, on a desktop and a phone, in light and dark", async () => {
      const catalogue = await newCatalogue(database);
      const loire = [{ scale: "basin" as const, code: "04", name: "Loire-Bretagne" }];
      await importPublished(catalogue, "agence", {
        roof: {
          name: "Toiture des bâtiments scolaires",
          submissionDeadline: "2027-03-01",
          recurrence: "oneoff",
          subventionRateUpperBound: 50,
          eligibility:
            "<p>Communes de plus de 20 000 habitants.</p><p>Les travaux ne doivent pas commencer avant le dépôt de la demande.</p>",
          applicationUrl: "https://exemple.fr/demande",
        },
        water: { name: "Toiture végétalisée des écoles", perimeters: loire },
      });
      while ((await catalogue.search.catchUp()) > 0);
      const api = await startedApi(catalogue, { hasSearchPage: true });
      const { context, errors } = await browser.context();
      const page = await context.newPage();
      const person = new KeyboardUser(page);
      await page.goto(`${api.url}/recherche/`);
      expect(await seriousOn(page)).toEqual([]);
      await person.write(page.getByLabel("Votre commune"), "Mende");
      await person.write(page.getByLabel("Votre projet"), "toit de l’école");
      await person.press("button", "Chercher");
      await page.getByRole("heading", { name: /2 aides ouvertes pour Mende/ }).waitFor({ timeout: 20_000 });
      for (const [width, height] of [
        [1366, 768],
        [390, 844],
      ] as const)
        for (const colorScheme of ["light", "dark"] as const) {
          await page.setViewportSize({ width, height });
          await page.emulateMedia({ colorScheme });
          expect(await seriousOn(page)).toEqual([]);
          expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
          if (pictures !== undefined) {
            await mkdir(pictures, { recursive: true });
            await page.screenshot({ path: join(pictures, `search-${width}-${colorScheme}.png`), fullPage: true });
          }
        }
      const water = page.getByRole("article").filter({ hasText: "végétalisée" });
      expect(await water.textContent()).toContain("réservée au bassin Loire-Bretagne");
      await person.tick(page.getByRole("checkbox").first());
      await person.press("button", /Voir ma sélection/);
      await page
        .getByRole("heading", { name: /sélection/i })
        .first()
        .waitFor();
      expect(await seriousOn(page)).toEqual([]);
      expect(errors).toEqual([]);
      await catalogue.drop();
    });
  });
});
