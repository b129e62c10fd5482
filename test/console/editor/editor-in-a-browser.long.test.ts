import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";

const pictures = process.env.MOISSON_TEST_PICTURES;

/** Aids of a department. The column "cloture" is not read; the column "fin" is empty. */
const records = ["Fonds d’aide aux communes", "Prêt à l’innovation", "Rénovation des écoles", "Aide aux forages"].map((titre, index) => ({
  id: `A-${index + 1}`,
  titre,
  texte: `<p>Le Département finance ${titre.toLowerCase()} pour les projets de son territoire.</p>`,
  lien: `https://www.departement.example/aides/${index + 1}`,
  fin: "",
  cloture: `2027-0${index + 3}-15`,
  rythme: "Ponctuelle",
  publics: ["Communes"],
  service: index === 3 ? "" : "Service des collectivités, 01 02 03 04 05",
  code_interne: `x${index}`,
  geo: { departement: "Creuse", code: "23" },
  publie: index === 1 ? "non" : "oui",
}));

describe.skipIf(!hasBrowser)(`the file as the page${whyNoBrowser}`, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  async function setUp({ javaScriptEnabled = true } = {}) {
    const harvest = await newHarvest(catalogue, { guards: guardsOff, ignored: ["code_interne", "geo", "service", "cloture"] });
    await harvest.day(records);
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    const { context, errors } = await browser.context({ javaScriptEnabled });
    await signIn(context, console, "bizdev", "Marie");
    const page = await context.newPage();
    await page.goto(`${console.url}/connecteurs/${harvest.connector}/definition`);
    return { harvest, console, context, errors, page };
  }
  const picture = async (page: Page, name: string) => {
    if (pictures === undefined) return;
    for (const [kind, width, height] of [
      ["wide", 1366, 768],
      ["narrow", 390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const theme of ["light", "dark"]) {
        await page.evaluate(`document.documentElement.setAttribute('data-fr-theme', '${theme}')`);
        await page.evaluate("document.getElementById('editeur').scrollIntoView()");
        await writeFile(path.join(pictures, `${name}-${kind}-${theme}.png`), await page.screenshot({ fullPage: kind === "narrow" }));
      }
    }
    await page.evaluate("document.documentElement.setAttribute('data-fr-theme', 'light')");
    await page.setViewportSize({ width: 1280, height: 900 });
  };

  it("shows the choice in the aid before it is saved; undo, redo, reload and the back button lose nothing", async () => {
    const { harvest, page, errors } = await setUp();
    const result = page.locator("#resultat");
    expect(await page.locator("#tableau tbody tr").count()).toBe(4);
    await picture(page, "1-opened");
    expect(await seriousOn(page)).toEqual([]);

    await page.getByRole("link", { name: /^cloture/ }).click();
    await page.locator("#choix").waitFor();
    await picture(page, "2-column");
    await page.getByRole("link", { name: "C’est la date de clôture" }).click();
    await result.getByText("15 mars 2027").waitFor();
    expect(await result.locator(".moisson-changed").count()).toBe(1);
    await result.getByText("Vos choix changent ici : date de clôture.").waitFor();
    await picture(page, "3-chosen");
    expect(await seriousOn(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await seriousOn(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    await page.setViewportSize({ width: 1280, height: 900 });

    await page.keyboard.press("Control+z");
    await page.locator(".moisson-changed").waitFor({ state: "detached" });
    await page.keyboard.press("Control+y");
    await result.getByText("15 mars 2027").waitFor();
    await page.getByRole("link", { name: /^service/ }).click();
    await page.getByRole("link", { name: "C’est le contact : à qui s’adresser", exact: true }).click();
    await result.getByText("Service des collectivités").waitFor();
    await page.goBack();
    await result.getByText("Service des collectivités").waitFor({ state: "detached" });
    await page.goForward();
    await result.getByText("Service des collectivités").waitFor();
    await page.reload();
    await result.getByText("Service des collectivités").waitFor();
    await result.getByText("15 mars 2027").waitFor();

    await page.getByLabel("Pourquoi ce changement").fill("le producteur a renommé ses colonnes");
    await page.getByRole("button", { name: "Essayer ces choix" }).click();
    await page.waitForURL(/\/essais\//);
    const trial = await catalogue.connectorVersions.trial(harvest.connector, 1);
    expect(trial).toMatchObject({
      changes: {
        fields: {
          submissionDeadline: { kind: "date", of: { kind: "field", path: "cloture" } },
          contact: { of: { kind: "field", path: "service" } },
        },
        ignored: ["code_interne", "geo"],
      },
    });
    expect(errors).toEqual([]);
  });

  it("is used by keyboard alone: arrows, Enter and Escape", async () => {
    const { page } = await setUp();
    const keys = new KeyboardUser(page);
    const column = (name: RegExp) => page.locator("#tableau").getByRole("link", { name });
    const hasFocus = (name: RegExp) => column(name).and(page.locator(":focus")).waitFor();
    await keys.tabTo(column(/^id/));
    for (const _ of [1, 2, 3, 4, 5]) await page.keyboard.press("ArrowRight");
    await hasFocus(/^cloture/);
    await page.keyboard.press("Enter");
    await page.locator("#choix-titre:focus").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("#choix").waitFor({ state: "detached" });
    await hasFocus(/^cloture/);

    await page.keyboard.press("Enter");
    await page.locator("#choix-titre:focus").waitFor();
    await keys.press("link", "C’est la date de clôture");
    await page.locator("#resultat").getByText("15 mars 2027").waitFor();
    await hasFocus(/^cloture/);
    await keys.press("link", "Suivante");
    await page.locator("#resultat").getByText("Cet enregistrement est laissé de côté").waitFor();
    await page.locator("#fiche-suivante:focus").waitFor();
    await page.keyboard.press("Enter");
    await page.locator("#resultat").getByText("15 mai 2027").waitFor();

    await keys.press("link", "où est-ce ? contact");
    await page.locator("#choix-titre:focus").waitFor();
    await keys.press("link", "service", page.locator("#choix"));
    await page.locator("#resultat").getByText("Service des collectivités").waitFor();
    await page.locator("#annuler").focus();
    await page.keyboard.press("Control+z");
    await page.locator("#resultat").getByText("Service des collectivités").waitFor({ state: "detached" });
    await page.locator("#retablir").waitFor();
  });

  it("makes the table one stop of the Tab key, in which the arrows move", async () => {
    const { page } = await setUp();
    const inTable = () => page.evaluate("document.querySelector('#tableau').contains(document.activeElement)");
    const focused = () => page.evaluate("document.activeElement.id");
    await new KeyboardUser(page).tabTo(page.locator("#colonne-0"));
    await page.keyboard.press("Tab");
    expect(await inTable()).toBe(false);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("colonne-1");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("enregistrement-1");
    await page.keyboard.press("Enter");
    await page.locator("#resultat").getByText("Ligne 2 sur 4").waitFor();
    expect(await focused()).toBe("enregistrement-1");
    await page.keyboard.press("Tab");
    expect(await inTable()).toBe(false);
    await page.keyboard.press("Shift+Tab");
    expect(await focused()).toBe("enregistrement-1");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toBe("colonne-0");
    expect(await seriousOn(page)).toEqual([]);
  });

  it("works without script, with links and forms", async () => {
    const { harvest, page } = await setUp({ javaScriptEnabled: false });
    await page.getByRole("link", { name: /^cloture/ }).click();
    await page.getByRole("link", { name: "C’est la date de clôture" }).click();
    expect(await page.locator("#resultat").textContent()).toContain("15 mars 2027");
    await page.getByRole("link", { name: "où est-ce ? état d’avancement du projet" }).click();
    await page.getByText("Aucune colonne ne le dit").click();
    await page.locator("#choix").getByText("Réflexion / conception", { exact: true }).click();
    await page.getByRole("button", { name: "Prendre cette valeur" }).click();
    expect(await page.locator("#resultat").textContent()).toContain("Réflexion / conception");
    await page.getByRole("link", { name: "Annuler" }).click();
    expect(await page.locator("#resultat").textContent()).not.toContain("Réflexion / conception");
    await page.getByRole("link", { name: "Rétablir" }).click();
    expect(await page.locator("#resultat").textContent()).toContain("Réflexion / conception");

    await page.getByLabel("Pourquoi ce changement").fill("renommé");
    await page.getByRole("button", { name: "Essayer ces choix" }).click();
    expect(page.url()).toContain("/essais/");
    expect(await catalogue.connectorVersions.trial(harvest.connector, 1)).toMatchObject({
      changes: { fields: { mobilizationSteps: { kind: "constant", value: ["preop"] } } },
    });
  });

  it("shows what a colleague saved meanwhile, and keeps the choices", async () => {
    const { harvest, page } = await setUp();
    await page.getByRole("link", { name: /^cloture/ }).click();
    await page.getByRole("link", { name: "C’est la date de clôture" }).click();
    await page.locator("#resultat").getByText("15 mars 2027").waitFor();
    const theirs = { connector: harvest.connector, definition: null, terms: {}, why: "erreur", by: "Paul", at: new Date() };
    await catalogue.connectorVersions.add({ ...theirs, changes: { fields: { submissionDeadline: null } } }, 0);
    await page.getByLabel("Pourquoi ce changement").fill("renommé");
    await page.getByRole("button", { name: "Essayer ces choix" }).click();
    await page.getByText("Paul a enregistré pendant que vous écriviez").waitFor();
    await page.getByText("De rien : il est laissé vide.").waitFor();
    await page.locator("#resultat").getByText("15 mars 2027").waitFor();
    expect(await page.getByLabel("Pourquoi ce changement").inputValue()).toBe("renommé");
    await page.getByRole("button", { name: "Essayer ces choix" }).click();
    await page.waitForURL(/\/essais\//);
  });
});
