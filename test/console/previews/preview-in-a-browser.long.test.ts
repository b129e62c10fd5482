import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { draftWithFeed } from "./draft-with-feed.ts";

const pictures = process.env.MOISSON_TEST_PICTURES;

describe.skipIf(!hasBrowser)(`a shared preview in a browser${whyNoBrowser}`, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("is shared by keyboard, read without an account, links to the guide, and is revoked", async () => {
    const draft = await draftWithFeed(await testConsole(catalogue).as("bizdev"));
    const console = await startedConsole(catalogue);
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    await page.goto(`${console.url}${draft.path}/essai`);
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("button", "Partager cet aperçu");
    const address = await page.getByLabel("Adresse de l’aperçu").inputValue();
    expect(await page.getByLabel("Message").inputValue()).toContain(address);
    expect(await seriousOn(page)).toEqual([]);

    const outside = await browser.context();
    const reader = await outside.context.newPage();
    const readersKeys = new KeyboardUser(reader);
    const picture = async (name: string) => {
      if (pictures !== undefined) await writeFile(path.join(pictures, `${name}.png`), await reader.screenshot({ fullPage: true }));
    };
    await reader.goto(address);
    expect(await seriousOn(reader)).toEqual([]);
    await picture("preview");
    await reader.emulateMedia({ colorScheme: "dark" });
    expect(await seriousOn(reader)).toEqual([]);
    await reader.setViewportSize({ width: 400, height: 800 });
    expect(await reader.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(400);
    await picture("preview-dark-small");
    await reader.emulateMedia({ media: "print", colorScheme: "light" });
    expect(await reader.getByRole("banner").isVisible()).toBe(false);
    await reader.setViewportSize({ width: 800, height: 1000 });
    await picture("preview-print");
    expect((await reader.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe("%PDF-");
    expect(await outside.context.cookies()).toEqual([]);

    await reader.emulateMedia({ media: "screen" });
    await reader.setViewportSize({ width: 1280, height: 900 });
    await readersKeys.press("link", "publier ses aides");
    for (const title of ["Le modèle à remplir", "L’identifiant", "Les dates", "Le schéma national"]) {
      await readersKeys.press("link", title, reader.getByRole("navigation", { name: "Publier ses aides" }));
      await reader.locator("[aria-current=page]", { hasText: title }).waitFor();
      expect(await seriousOn(reader), title).toEqual([]);
      await picture(`guide-${title}`);
    }
    await reader.setViewportSize({ width: 400, height: 800 });
    expect(await reader.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(400);
    await reader.emulateMedia({ colorScheme: "dark" });
    expect(await seriousOn(reader)).toEqual([]);
    await picture("guide-dark-small");

    await keys.press("link", "Revenir au brouillon");
    await page.getByText(/vu le/).waitFor();
    if (pictures !== undefined) await writeFile(path.join(pictures, "preview-step.png"), await page.screenshot({ fullPage: true }));
    await keys.press("button", /Révoquer l’adresse/);
    await page.getByText("L’adresse est révoquée").waitFor();
    expect((await reader.goto(address))?.status()).toBe(410);
    expect([...errors, ...outside.errors.filter((error) => !error.includes("410"))]).toEqual([]);
  }, 180_000);
});
