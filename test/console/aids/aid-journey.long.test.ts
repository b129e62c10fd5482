import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shownValue } from "../../../src/model/aid/shown-value.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { curatedAid, publish } from "../../support/curate.ts";
import { newHarvest } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";

const school = {
  id: "1",
  titre: "Rénovation des écoles",
  texte: "<p>Pour <strong>toutes</strong> les écoles.</p>",
  lien: "https://exemple.fr/aides/1",
  rythme: "Permanente",
  publics: "Communes",
};

describe.skipIf(!hasBrowser)(`an aid in a browser${whyNoBrowser}`, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("can be found, corrected and reverted with the keyboard only", async () => {
    const harvest = await newHarvest(catalogue);
    const named = { connector: harvest.connector, externalId: "1" };
    await harvest.day([school, { ...school, id: "2", titre: "Rénovation des musées", lien: "https://exemple.fr/aides/2" }]);
    await publish(catalogue, named);
    await harvest.day(
      [
        { ...school, texte: "<p>Pour toutes les écoles et crèches.</p>" },
        { ...school, id: "2", titre: "" },
      ],
      { force: true },
    );
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie D.");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    const heading = (name: string) => page.getByRole("heading", { name, exact: true }).waitFor();
    const aid = () => curatedAid(catalogue, named);

    await page.goto(`${console.url}/ou-est-mon-aide`);
    expect(await seriousOn(page)).toEqual([]);
    await keys.write(page.getByLabel("Ce que vous savez d’elle"), "renovation");
    await page.keyboard.press("Enter");
    await page.getByText("2 réponses").first().waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("link", "Rénovation des écoles");
    await keys.press("link", "Voir l’aide");
    await heading("Ce que le producteur propose");
    expect(await seriousOn(page)).toEqual([]);

    await page.keyboard.press("e");
    await heading("Corriger une aide");
    expect(await seriousOn(page)).toEqual([]);
    await keys.write(page.getByLabel("Titre", { exact: false }).first(), "Rénover une école");
    await keys.tick(page.getByLabel("Particuliers", { exact: true }));
    await keys.press("button", "Enregistrer");
    await heading("Rénover une école");
    expect(shownValue(await aid(), "targetedAudiences")).toEqual(["commune", "private-person"]);
    await keys.press("button", "Annuler ce qui vient d’être fait");
    await heading("Rénovation des écoles");
    expect((await aid()).edits).not.toHaveProperty("name");

    await keys.press("button", /^Accepter la proposition : description/);
    await page.getByText("La proposition du producteur est acceptée.").waitFor();
    expect(shownValue(await aid(), "description")).toContain("crèches");
    await keys.press("link", "Rejeter…");
    await heading("Rejeter une aide");
    expect(await seriousOn(page)).toEqual([]);
    await keys.write(page.getByLabel("Pourquoi"), "un prix, pas une aide");
    await keys.press("button", "Rejeter");
    await page.getByText("L’aide est rejetée.").waitFor();
    await keys.press("button", /^Rétablir/);
    await page.getByText("L’aide est rétablie.").waitFor();
    await keys.press("link", "Fusionner…");
    await heading("Fusionner une aide");
    await keys.write(page.getByLabel("Titre, identifiant du producteur, organisme"), "musées");
    await page.keyboard.press("Enter");
    await page.getByText("Aides qui répondent").first().waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("link", /Rénovation des musées/);
    await heading("Titre");
    expect(await seriousOn(page)).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });
});
