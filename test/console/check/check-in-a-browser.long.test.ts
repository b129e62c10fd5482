import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { startedConsole } from "../../support/signed-in-browser.ts";
import { faultyBytes } from "./faulty-file.ts";

const pictures = process.env.MOISSON_TEST_PICTURES;

describe.skipIf(!hasBrowser)(`a file is checked in a browser${whyNoBrowser}`, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("with the keyboard: shows progress, offers the annex, and is accessible in narrow, dark and printed form", async () => {
    const console = await startedConsole(catalogue, { settings: { contact: "contact@service.example" } });
    const { context, errors } = await browser.context();
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    const picture = async (name: string) => {
      if (pictures !== undefined) await writeFile(path.join(pictures, `${name}.png`), await page.screenshot({ fullPage: true }));
    };
    await page.goto(`${console.url}/verifier`);
    expect(await seriousOn(page)).toEqual([]);
    await picture("check-form");
    await keys.press("button", "Vérifier");
    await page.getByRole("alert").getByRole("link", { name: "Choisissez un fichier" }).waitFor();
    expect(await seriousOn(page)).toEqual([]);
    errors.length = 0;
    const file = { name: "aides.csv", mimeType: "text/csv", buffer: Buffer.from(faultyBytes()) };
    await keys.giveFile(page.getByLabel("Votre fichier"), file);
    await keys.write(page.getByLabel("Nom de votre organisme"), "Département de la Drôme");
    await page.evaluate(
      'document.addEventListener("submit", () => { sessionStorage.said = document.querySelector("[data-works]").textContent; })',
    );
    await keys.press("button", "Vérifier");
    await page.getByRole("heading", { name: "Résultat de la vérification" }).waitFor({ timeout: 60_000 });
    expect(await page.evaluate("sessionStorage.said")).toContain("La vérification est en cours");
    expect(await seriousOn(page)).toEqual([]);
    await picture("check-result");
    const [annex] = await Promise.all([page.waitForEvent("download"), keys.press("link", /Télécharger l’annexe/)]);
    expect(annex.suggestedFilename()).toMatch(/^annexe-.*\.csv$/);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await seriousOn(page)).toEqual([]);
    await picture("check-result-dark");
    await page.setViewportSize({ width: 400, height: 800 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(400);
    await picture("check-result-small");
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    expect(await page.getByRole("link", { name: "Vérifier un autre fichier" }).isVisible()).toBe(false);
    const printed = await page.pdf({ preferCSSPageSize: true });
    if (pictures !== undefined) await writeFile(path.join(pictures, "check.pdf"), printed);
    expect(printed.subarray(0, 5).toString()).toBe("%PDF-");
    expect(await context.cookies()).toEqual([]);
    expect(errors).toEqual([]);
  }, 120_000);

  it("also without scripts", async () => {
    const console = await startedConsole(catalogue);
    const { context } = await browser.context();
    await context.route("**/*.js", (route) => route.abort());
    const page = await context.newPage();
    await page.goto(`${console.url}/verifier`);
    await page.getByLabel("Votre fichier").setInputFiles({ name: "aides.csv", mimeType: "text/csv", buffer: Buffer.from(faultyBytes()) });
    await page.getByRole("button", { name: "Vérifier" }).click();
    await page.getByRole("heading", { name: "Résultat de la vérification" }).waitFor({ timeout: 60_000 });
  }, 120_000);
});
