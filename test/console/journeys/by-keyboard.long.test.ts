import { describe, expect, it } from "vitest";
import { workOnce } from "../../../src/jobs/worker/work-once.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { newHarvest } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";

const feed = [
  "id;titre;texte;fin;public;lien;ouverture",
  "A1;Rénover une salle des fêtes;<p>Pour les <b>communes</b>.</p>;31/12/2027;Petites communes;https://www.example.org/a1;01/02/2027",
  "A2;Planter des haies;<p>Pour tous.</p>;01/02/2028;Associations locales;https://www.example.org/a2;02/03/2027",
].join("\n");

describe.skipIf(!hasBrowser)(`without a mouse${whyNoBrowser}`, { timeout: 240_000 }, () => {
  const browser = browserForTests();

  it("a publisher is brought in, from a file to a held first run", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const console = await startedConsole(catalogue);
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    const step = (name: string) => page.waitForURL(new RegExp(`/${name}(#.*)?$`));
    await page.goto(`${console.url}/brouillons`);
    await keys.write(page.locator("#champ-nom"), "Région Bretagne");
    await page.keyboard.press("Enter");
    await step("producteur");
    await keys.arrowTo(
      page.locator("#champ-licence"),
      async () => (await page.locator("#champ-licence").inputValue()) === "openlicence20",
      "ArrowUp",
    );
    await keys.write(page.locator("#champ-connecteur"), "region-bretagne-essai");
    await page.keyboard.press("Enter");
    await step("flux");
    await keys.giveFile(page.locator("#champ-fichier"), { name: "aides.csv", mimeType: "text/csv", buffer: Buffer.from(feed) });
    await keys.press("button", "Regarder");
    await step("lecture");
    await keys.press("button", "C’est bien cela, continuer");
    await step("externalId");
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("button", "Enregistrer et continuer");
    await step("champs");
    await keys.unfold(page.locator("summary", { hasText: "champs remplis" }));
    await keys.press("link", "Changer Publics visés");
    await page.waitForURL(/targetedAudiences$/);
    const nothing = page.locator("#facon-rien");
    await keys.arrowTo(page.locator("#facon-proposition-0"), () => nothing.isChecked());
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("button", "Enregistrer");
    await step("champs");
    await keys.press("button", "C’est bien cela, continuer");
    await step("mots");
    await keys.press("button", "Enregistrer et continuer");
    await step("essai");
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("button", "Créer le connecteur et lancer sa première collecte");
    await page.waitForURL(/\/collectes\//);
    await workOnce(console.jobs, {});
    await page.reload();
    await keys.tabTo(page.locator('main a[href^="/plans/"]').first());
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Pourquoi ce plan attend" }).waitFor();
    expect(await catalogue.aids.count()).toBe(0);
    expect(errors).toEqual([]);
    await context.close();
    await catalogue.drop();
  });

  it("an aid is found from any page, by a part of its title, by its identifier, and what never came is said to be", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const harvest = await newHarvest(catalogue);
    await harvest.day([
      { id: "7812", titre: "Rénover les écoles rurales", texte: "<p>Pour les communes.</p>" },
      { id: "", titre: "Sans identifiant" },
    ]);
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    const { context, errors } = await browser.context();
    await signIn(context, console, "read", "Rachid");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    const ask = async (text: string) => {
      await page.goto(`${console.url}/plans`);
      await keys.write(page.locator("#recherche-aide"), text);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: "Où est mon aide ?" }).waitFor();
      expect(await seriousOn(page)).toEqual([]);
    };
    for (const text of ["ecoles rurales", "7812"]) {
      await ask(text);
      await page.locator("main").getByText("Rénover les écoles rurales").first().waitFor();
    }
    await keys.tabTo(page.locator('main a[href^="/aides/"]').first());
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Rénover les écoles rurales" }).waitFor();
    await ask("Sans identifiant");
    expect(await page.locator("main").textContent()).toMatch(/rejeté/i);
    await ask("une aide qui n’est jamais venue");
    expect(errors).toEqual([]);
    await context.close();
    await catalogue.drop();
  });

  it("somebody is invited, given another role, and what was done is read in the journal", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const console = await startedConsole(catalogue);
    const { context, errors } = await browser.context();
    await signIn(context, console, "admin", "Ada");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    await page.goto(`${console.url}/comptes`);
    await keys.tabTo(page.locator('main a[href="/comptes/nouveau"]').first());
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Inviter quelqu’un" }).waitFor();
    await keys.write(page.getByLabel("Adresse électronique"), "claire@exemple.fr");
    await keys.write(page.getByLabel("Prénom et nom"), "Claire Martin");
    const role = page.locator("#champ-role");
    await keys.arrowTo(role, async () => (await role.inputValue()) === "bizdev");
    await keys.press("button", "Créer le compte");
    await page.getByRole("heading", { level: 1, name: "Le compte est prêt" }).waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await page.goto(`${console.url}/comptes`);
    await keys.press("link", "Claire Martin");
    await page.getByRole("heading", { level: 1, name: "Claire Martin" }).waitFor();
    await keys.arrowTo(role, async () => (await role.inputValue()) === "ops");
    await keys.press("button", "Changer le rôle");
    await page.locator("[role=status]").waitFor();
    expect(await catalogue.people.findByEmail("claire@exemple.fr")).toMatchObject({ role: "ops" });
    await keys.press("link", "ce qui a été fait sur ce compte");
    await page.getByRole("heading", { level: 1, name: "Journal" }).waitFor();
    expect(await page.locator("tbody tr").count()).toBe(2);
    expect(errors).toEqual([]);
    await context.close();
    await catalogue.drop();
  });

  it("the first stop leads past the menu", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const console = await startedConsole(catalogue);
    const { context } = await browser.context();
    await signIn(context, console, "admin", "Ada");
    const page = await context.newPage();
    await page.goto(`${console.url}/collectes`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("contenu");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.querySelector('main').contains(document.activeElement)")).toBe(true);
    await context.close();
    await catalogue.drop();
  });
});
