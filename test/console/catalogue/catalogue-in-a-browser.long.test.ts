import { describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { importAids, madeAid } from "../../support/made-aids.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";

describe.skipIf(!hasBrowser)(`the catalogue and the templates in a browser${whyNoBrowser}`, () => {
  const browser = browserForTests();

  it("are accessible; the catalogue can be filtered with the keyboard only, and indexes new aids by itself", async () => {
    const catalogue = await ownCatalogue();
    await importAids(catalogue, "departement-drome", [
      madeAid("1", { name: "Planter des haies", perimeters: [{ scale: "department", code: "26", name: "Drôme" }] }),
      madeAid("2", { name: "Rénover l’école" }),
    ]);
    const console = await startedConsole(catalogue);
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie D.");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    await page.goto(`${console.url}/aides?territoire=Saint-Denis&portee=dedans`);
    expect(await seriousOn(page)).toEqual([]);
    await page.goto(`${console.url}/modeles`);
    expect(await seriousOn(page)).toEqual([]);
    await page.goto(`${console.url}/aides`);
    expect(await seriousOn(page)).toEqual([]);
    await keys.write(page.getByLabel("Territoire"), "Drôme");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("tbody tr").count()).toBe(1);
    expect(new URL(page.url()).searchParams.get("territoire")).toBe("Drôme");
    await keys.unfold(page.locator("summary", { hasText: "Plus de filtres" }));
    expect(await page.getByLabel("Trier par").isVisible()).toBe(true);
    await importAids(
      catalogue,
      "region-exemple",
      Array.from({ length: 700 }, (_, number) => madeAid(`${number}`)),
    );
    await expect.poll(() => catalogue.search.behind(), { timeout: 20_000 }).toBe(0);
    await page.goto(`${console.url}/aides`);
    expect(await page.getByText("702 aides").first().isVisible()).toBe(true);
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);
});
