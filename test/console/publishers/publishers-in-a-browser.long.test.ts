import { mkdir } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { bretagne, seededFrom } from "./publisher-fixtures.ts";

const record = { id: "a1", titre: "Planter des haies", texte: "<p>Pour les communes.</p>", lien: "https://example.org/a1" };
/** Folder for screenshots; none are taken if it is not set. */
const pictures = process.env.MOISSON_PICTURES;

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

/** Returns true if nothing overflows a narrow screen. */
const widthLeftOver = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

describe.skipIf(!hasBrowser)(`publishers in a browser${whyNoBrowser}`, { timeout: 120_000 }, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("go through every stage by keyboard", async () => {
    const harvest = await newHarvest(catalogue, { publisher: bretagne, guards: guardsOff });
    await harvest.day([record]);
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    expect((await seededFrom(catalogue, "region:53")).stage).toBe("spotted");
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);

    await page.goto(`${console.url}/producteurs`);
    expect(await seriousOn(page)).toEqual([]);
    await keys.write(page.locator("#champ-texte"), "bretagne region");
    await page.keyboard.press("Enter");
    await page.getByText("1 producteur", { exact: true }).waitFor();
    await picture(page, "list");
    await keys.press("link", "Région Bretagne");
    await page.getByRole("heading", { level: 1, name: "Région Bretagne" }).waitFor();
    expect(await seriousOn(page)).toEqual([]);

    const stage = page.locator("#champ-etape");
    await keys.arrowTo(stage, async () => (await stage.inputValue()) === "contacted");
    await keys.press("button", "Changer l’étape");
    await page.getByText("Le producteur est à l’étape").waitFor();

    await keys.write(page.locator("#champ-action"), "Envoyer la convention");
    await keys.writeDay(page.locator("#champ-action-jour"), "2026-11-20");
    await keys.press("button", "Enregistrer l’action");
    await page.getByText("Envoyer la convention – pour le 20 novembre 2026").waitFor();

    await keys.write(page.locator("#champ-echange-texte"), "La DSI est d’accord.");
    await keys.press("button", "Noter au journal");
    await page.getByText("C’est noté au journal").waitFor();

    await keys.press("link", "Ajouter un contact");
    await page.getByRole("heading", { level: 1, name: "Ajouter un contact" }).waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await picture(page, "contact");
    await keys.write(page.locator("#champ-nom"), "Camille Exemple");
    await keys.write(page.locator("#champ-adresse"), "camille@bretagne.example");
    await keys.tick(page.locator("#champ-lettres-oui"));
    await keys.press("button", "Enregistrer");
    await page.getByText("reçoit les lettres").waitFor();

    await keys.press("link", "Modifier");
    await page.getByRole("heading", { level: 1, name: "Modifier Région Bretagne" }).waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await picture(page, "form");
    const licence = page.locator("#champ-licence");
    await keys.arrowTo(licence, async () => (await licence.inputValue()) === "openlicence20");
    await keys.press("button", "Enregistrer");
    await page.getByText("ne dit pas cette licence").waitFor();
    expect(await seriousOn(page)).toEqual([]);

    expect((await seededFrom(catalogue, "region:53")).licence).toBe("openlicence20");
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const width of [1280, 400]) {
        await page.setViewportSize({ width, height: 900 });
        for (const path of [new URL(page.url()).pathname, "/producteurs"]) {
          const shown = await context.newPage();
          await shown.emulateMedia({ colorScheme: scheme });
          await shown.setViewportSize({ width, height: 900 });
          await shown.goto(`${console.url}${path}`);
          expect(await seriousOn(shown), `${path} ${scheme} ${width}`).toEqual([]);
          expect(await shown.evaluate(widthLeftOver), `${path} ${width}`).toBe(0);
          await picture(shown, `${path === "/producteurs" ? "all" : "page"}-${scheme}-${width}`);
          await shown.close();
        }
      }
    }
    expect(errors).toEqual([]);
  });
});
