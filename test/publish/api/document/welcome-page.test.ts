import { describe, expect, it, onTestFinished } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../../support/browser.ts";
import { ownCatalogue } from "../../../support/catalogues.ts";
import { signIn, startedConsole } from "../../../support/signed-in-browser.ts";
import { startedApi } from "../../../support/started-api.ts";

const browser = browserForTests();

describe.skipIf(!hasBrowser)(`from the key to the API in a browser${whyNoBrowser}`, () => {
  it("an admin creates a key by keyboard; the API page is readable and its policy blocks nothing in it", async () => {
    const catalogue = await ownCatalogue();
    const { context, errors } = await browser.context();
    onTestFinished(() => context.close());
    const console = await startedConsole(catalogue);
    await signIn(context, console, "admin", "Alix Admin");
    const page = await context.newPage();
    await page.goto(`${console.url}/comptes`);
    await page.getByRole("link", { name: "Clés de l’API" }).press("Enter");
    await page.getByLabel("Pour qui").fill("Ville de Nantes");
    await page.getByLabel("Requêtes par minute").press("Enter");
    const key = await page.getByLabel("Clé à transmettre").inputValue();
    expect(await seriousOn(page)).toEqual([]);
    await page.getByRole("link", { name: "Retourner aux clés" }).press("Enter");
    await page.getByRole("button", { name: "Révoquer la clé de Ville de Nantes" }).waitFor();
    expect(await seriousOn(page)).toEqual([]);

    const api = await startedApi(catalogue);
    const exchange = () => fetch(`${api.url}/api/connexion/`, { method: "POST", headers: { "x-auth-token": key } });
    expect((await exchange()).status).toBe(200);
    await page.getByRole("button", { name: "Révoquer la clé de Ville de Nantes" }).press("Enter");
    await page.getByText("est révoquée : elle ne sert plus").waitFor();
    expect(await seriousOn(page)).toEqual([]);
    expect((await exchange()).status).toBe(401);

    await page.goto(`${api.url}/api/`);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("API des aides publiques");
    // The stylesheet is applied.
    expect(await page.locator("main").evaluate("(main) => getComputedStyle(main).maxWidth")).not.toBe("none");
    expect(await seriousOn(page)).toEqual([]);
    await page.getByRole("link", { name: "Document OpenAPI" }).press("Enter");
    await page.waitForURL(`${api.url}/api/openapi.json`);
    expect(errors.filter((error) => !error.includes("favicon"))).toEqual([]);
  });
});
