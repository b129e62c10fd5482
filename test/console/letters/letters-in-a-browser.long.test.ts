import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";

const records = Array.from({ length: 12 }, (_, id) => ({
  id: `a${id % 11}`,
  titre: id === 3 ? "" : `Financer le projet ${id}`,
  fin: id % 2 === 0 ? "2027-03-31" : `fin ${id}`,
}));

describe.skipIf(!hasBrowser)(`a letter in a browser${whyNoBrowser}`, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("is created by keyboard, read without an account, printed and revoked", async () => {
    const harvest = await newHarvest(catalogue, { guards: guardsOff });
    await harvest.day(records);
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);

    await page.goto(`${console.url}/connecteurs/${harvest.connector}/courriers`);
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("button", "Préparer une lettre");
    const address = await page.getByLabel("Adresse de la lettre").inputValue();
    expect(await page.getByLabel("Message").inputValue()).toContain(address);
    expect(await seriousOn(page)).toEqual([]);

    const outside = await browser.context();
    const reader = await outside.context.newPage();
    await reader.goto(address);
    expect(await seriousOn(reader)).toEqual([]);
    expect(await outside.context.cookies()).toEqual([]);
    const [annex] = await Promise.all([reader.waitForEvent("download"), new KeyboardUser(reader).press("link", /Télécharger l’annexe/)]);
    expect(annex.suggestedFilename()).toMatch(/^annexe-.*\.csv$/);
    await reader.emulateMedia({ media: "print" });
    expect(await reader.getByRole("banner").isVisible()).toBe(false);
    expect(await reader.getByRole("contentinfo").isVisible()).toBe(false);
    expect((await reader.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe("%PDF-");

    await keys.press("link", "Relire la lettre");
    await page.getByRole("button", { name: "Révoquer l’adresse" }).waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("button", /^Révoquer l’adresse/);
    await page.getByText("L’adresse est révoquée").waitFor();
    expect((await reader.goto(address))?.status()).toBe(410);
    expect(errors).toEqual([]);
  });
});
