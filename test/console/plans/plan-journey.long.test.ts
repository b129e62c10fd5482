import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { newHarvest } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";

const record = (place: number, about: string) => ({
  id: String(place),
  titre: `Aide ${place}`,
  texte: `<p>Cette aide accompagne les communes rurales dans ${about}, de l’étude à la réception des travaux.</p>`,
  fin: "2027-01-31",
});

describe.skipIf(!hasBrowser)(`a held plan in a browser${whyNoBrowser}`, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("can be read, applied in part and undone with the keyboard only", async () => {
    const harvest = await newHarvest(catalogue);
    await harvest.day(Array.from({ length: 20 }, (_, place) => record(place, "leurs travaux")));
    const before = await harvest.exported();
    const { planId } = await harvest.day([0, 1, 2].map((place) => record(place, "leurs grands travaux")));
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    const { context, errors } = await browser.context();
    await signIn(context, console, "ops", "Olga");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    const heading = (name: string) => page.getByRole("heading", { name }).waitFor();

    await page.goto(`${console.url}/plans?etat=held`);
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("link", /^Plan de la collecte/);
    await heading("Pourquoi ce plan attend");
    expect(await page.getByRole("img", { name: /^Aides dans le flux : 3 dans cette collecte, 20 auparavant/ }).isVisible()).toBe(true);
    expect(await page.locator("ins", { hasText: "grands" }).count()).toBe(3);
    await keys.unfold(page.locator("summary").first());
    expect(await seriousOn(page)).toEqual([]);

    await keys.tick(page.getByRole("checkbox", { name: "Choisir Aide 1" }));
    await keys.press("button", "Appliquer aux aides cochées…");
    await heading("Appliquer une partie du plan");
    expect(await seriousOn(page)).toEqual([]);
    await keys.write(page.getByLabel("Note"), "vu avec le producteur");
    await keys.press("button", "Appliquer");
    await page.getByText("2 changements restent à décider.").first().waitFor();
    expect((await harvest.aid("1")).description).toContain("grands");
    expect((await harvest.aid("2")).description).not.toContain("grands");

    await keys.press("button", /^Préparer le retour en arrière/);
    await heading("Plan qui défait une collecte");
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("link", "Appliquer tout le plan…");
    await heading("Appliquer tout ce qui reste du plan");
    await keys.press("button", "Appliquer");
    await page.getByText("Plan appliqué").first().waitFor();
    expect(await harvest.exported()).toBe(before);

    await page.goto(`${console.url}/plans/${planId}`);
    expect(await page.getByText("Défait par").isVisible()).toBe(true);
    expect(errors).toEqual([]);
    await context.close();
  });
});
