import { describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { newEnteredFile, wholeEntry } from "./entered-file.ts";

describe.skipIf(!hasBrowser)(`the form for one aid in a browser${whyNoBrowser}`, { timeout: 180_000 }, () => {
  const browser = browserForTests();

  it("shows the aid and what is missing while a person types, is accessible by keyboard, and fits every screen", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const file = await newEnteredFile(catalogue, "Agence des haies");
    await file.enter({ ...wholeEntry, "aide.contact": "" });
    const console = await startedConsole(catalogue);
    const { context, errors } = await browser.context({ viewport: { width: 1366, height: 768 } });
    await signIn(context, console, "bizdev", "Bérénice");
    const page = await context.newPage();
    await page.goto(`${console.url}${file.path}`);
    await page.getByLabel("Titre (obligatoire)").fill("Restaurer les mares");
    await page.locator("#apercu h3", { hasText: "Restaurer les mares" }).waitFor();
    const state = page.locator("#apercu-etat");
    const missing = async () => Number(/(\d+)/.exec((await state.textContent()) ?? "")?.[1]);
    const before = await missing();
    await page.locator("label[for=champ-aide-aidTypes-technical-engineering]").click();
    await page.locator("#apercu-etat", { hasText: `${before - 1} information` }).waitFor();
    await page.locator("#rempli-1", { hasText: "1 champ sur 3 rempli" }).waitFor();
    await page.locator("summary", { hasText: "Quand" }).click();
    await page.getByLabel("Date d’ouverture").fill("2027-01-04");
    await page.locator("#apercu", { hasText: "4 janvier 2027" }).waitFor();
    await page.locator("#apercu a", { hasText: "une description" }).click();
    expect(new URL(page.url()).hash).toBe("#champ-aide-description");
    for (const address of [file.path, `${file.path}?aide=00042`, "/saisir?nom=haies"]) {
      await page.goto(`${console.url}${address}`);
      for (const width of [320, 390, 768, 1366]) {
        await page.setViewportSize({ width, height: 844 });
        expect(await page.evaluate("document.documentElement.scrollWidth"), `${address} at ${width}`).toBeLessThanOrEqual(width);
      }
      expect(await seriousOn(page), address).toEqual([]);
      const walk = await new KeyboardUser(page).walk();
      expect(walk.faults, address).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(`${console.url}${file.path}`);
    await page.getByLabel("Titre (obligatoire)").fill("x".repeat(200));
    await page.getByRole("button", { name: "Enregistrer" }).click();
    await page.getByText("Une information est à corriger").waitFor();
    expect(await seriousOn(page)).toEqual([]);
    expect(errors.filter((error) => !/status of 422/.test(error))).toEqual([]);
    await context.close();
    await catalogue.drop();
  });
});
