import { describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { ownCatalogue } from "../../support/catalogues.ts";
import { publish } from "../../support/curate.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { aidNow, complete, record, waiting } from "./waiting-aids.ts";

/** Folder of the pictures, or undefined for none. */
const pictures = process.env.MOISSON_PICTURES;

describe.skipIf(!hasBrowser)(`the review in a browser${whyNoBrowser}`, () => {
  const browser = browserForTests();

  it("works with the keyboard only: skip, correct, publish, reject with a reason", async () => {
    const catalogue = await ownCatalogue();
    const harvest = await waiting(catalogue, [
      record("a", { fin: "2026-12-01" }),
      record("b", { fin: "2026-12-02" }),
      record("c", { fin: "2026-12-03" }),
    ]);
    for (const id of ["a", "b", "c"]) await complete(catalogue, harvest, id);
    const console = await startedConsole(catalogue);
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie D.");
    const page = await context.newPage();
    await page.goto(`${console.url}/relecture`);
    await new KeyboardUser(page).press("link", "Commencer la relecture");
    const heading = page.getByRole("heading", { level: 1 });
    await expect.poll(() => heading.textContent()).toBe("Rénover a");
    await page.keyboard.press("?");
    expect(await page.getByText("rejeter : écrire le motif, puis Entrée").isVisible()).toBe(true);
    await page.keyboard.press("s");
    await expect.poll(() => heading.textContent()).toBe("Rénover b");
    await page.keyboard.press("e");
    expect(await page.evaluate("document.activeElement?.id")).toBe("champ-aide-name");
    await page.keyboard.press("End");
    await page.keyboard.type(" p");
    await expect.poll(() => page.getByText("11 caractères sur 180").isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("p");
    await expect.poll(() => heading.textContent()).toBe("Rénover c");
    expect(await page.getByText("Rénover b p").first().isVisible()).toBe(true);
    await page.keyboard.press("r");
    await page.keyboard.type("un doublon");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByText("Vous êtes au bout de la file").isVisible()).toBe(true);
    expect((await aidNow(catalogue, harvest, "a")).status).toBe("reviewable");
    expect(await aidNow(catalogue, harvest, "b")).toMatchObject({ status: "published", edits: { name: { value: "Rénover b p" } } });
    expect((await aidNow(catalogue, harvest, "c")).status).toBe("deleted");
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  it("acts once while a shortcut key is held, and never if shortcuts are turned off", async () => {
    const catalogue = await ownCatalogue();
    const harvest = await waiting(catalogue, [record("a")]);
    const console = await startedConsole(catalogue);
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie D.");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);
    const path = `${console.url}/relecture/${(await aidNow(catalogue, harvest, "a")).aidId}`;
    const correctsTitle = async () => {
      await page.keyboard.press("e");
      return (await page.evaluate("document.activeElement?.id")) === "champ-aide-name";
    };
    await page.goto(path);
    await page.keyboard.down("?");
    await page.keyboard.down("?");
    await page.keyboard.up("?");
    const box = page.getByLabel("Utiliser les raccourcis d’une seule touche");
    expect(await box.isVisible()).toBe(true);
    expect(await seriousOn(page)).toEqual([]);
    await keys.tick(box);
    await page.goto(path);
    expect(await correctsTitle()).toBe(false);
    await page.goto(`${console.url}/mon-compte`);
    expect(await seriousOn(page)).toEqual([]);
    await keys.tick(box);
    await page.goto(path);
    expect(await correctsTitle()).toBe(true);
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  it("asks for confirmation before typed values are lost", async () => {
    const catalogue = await ownCatalogue();
    const harvest = await waiting(catalogue, [record("a"), record("b")]);
    const console = await startedConsole(catalogue);
    const { context } = await browser.context();
    await signIn(context, console, "bizdev", "Marie D.");
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    await page.goto(`${console.url}/relecture/${(await aidNow(catalogue, harvest, "a")).aidId}`);
    await new KeyboardUser(page).write(page.getByLabel("Titre", { exact: false }).first(), "Rénover autrement");
    await page.keyboard.press("Escape");
    await page.keyboard.press("s");
    await expect.poll(() => asked).toEqual(["beforeunload"]);
    await context.close();
  }, 60_000);

  it("answers proposals with a key, and no page has a serious accessibility problem", async () => {
    const catalogue = await ownCatalogue();
    const harvest = await waiting(catalogue, [record("nouvelle"), record("échue", { fin: "2026-11-01" }), record("publiée")]);
    await publish(catalogue, { connector: harvest.connector, externalId: "publiée" });
    await harvest.day([
      record("nouvelle"),
      record("échue", { fin: "2026-11-01" }),
      record("publiée", { texte: "<p>Tout autre chose.</p>" }),
    ]);
    const console = await startedConsole(catalogue);
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie D.");
    const page = await context.newPage();
    const [fresh, published] = [await aidNow(catalogue, harvest, "nouvelle"), await aidNow(catalogue, harvest, "publiée")];
    const paths = ["", "/propositions", "/echues", "/doublons", `/${fresh.aidId}`, `/${published.aidId}?file=propositions`];
    for (const path of paths) {
      await page.goto(`${console.url}/relecture${path}`);
      expect(await seriousOn(page), path).toEqual([]);
    }
    await page.keyboard.press("a");
    await expect.poll(() => page.getByText("est acceptée").isVisible()).toBe(true);
    expect((await aidNow(catalogue, harvest, "publiée")).proposals).toEqual({});
    await page.goto(`${console.url}/relecture`);
    const keys = new KeyboardUser(page);
    await keys.tick(page.getByLabel("Cocher toute la page"));
    await keys.press("button", /^Publier…/);
    await page.getByRole("heading", { level: 1, name: "Rien à faire" }).waitFor();
    expect(await seriousOn(page)).toEqual([]);
    expect(errors.filter((error) => !error.includes("422"))).toEqual([]);
    await context.close();
  }, 60_000);

  it("shows what changes above the bar at 1366×768, says where one stands, and lets a key decide only what was seen", async () => {
    const catalogue = await ownCatalogue();
    const sentences = (last: string) => Array.from({ length: 40 }, (_, n) => `<p>La condition ${n} vaut pour ${last} ${n}.</p>`).join("");
    const records = (words: string) => [
      record("courte", { fin: "2026-12-01", texte: `<p>Une aide pour ${words} rénover l'école du village et ses abords.</p>` }),
      record("longue", { fin: "2026-12-02", texte: sentences(words) }),
    ];
    const harvest = await waiting(catalogue, records("bien"));
    for (const externalId of ["courte", "longue"]) await publish(catalogue, { connector: harvest.connector, externalId });
    await harvest.day(records("mieux"));
    const console = await startedConsole(catalogue);
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie D.");
    const page = await context.newPage();
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.goto(`${console.url}/relecture/suivante?file=propositions`);
    const heading = page.getByRole("heading", { level: 1 });
    await expect.poll(() => heading.textContent()).toBe("Rénover courte");
    const region = page.getByRole("region", { name: "Décider" });
    expect(await region.textContent()).toContain("1 sur 2");
    const bottomOf = async (selector: string) => (await page.locator(selector).first().boundingBox()) ?? expect.fail(selector);
    const [difference, bar] = [await bottomOf(".moisson-diff"), await bottomOf(".moisson-bar")];
    expect(difference.y + difference.height).toBeLessThanOrEqual(bar.y);
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/review-1366.png` });

    await page.keyboard.press("a");
    await expect.poll(() => heading.textContent()).toBe("Rénover longue");
    expect(await region.textContent()).toContain("1 sur 1");
    await page.keyboard.press("a");
    await expect.poll(() => region.textContent()).toContain("Lisez d’abord ce qui change");
    expect((await aidNow(catalogue, harvest, "longue")).proposals).not.toEqual({});
    for (let presses = 0; presses < 20; presses++) await page.keyboard.press("PageDown");
    await expect.poll(() => page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 1")).toBe(true);
    await page.keyboard.press("a");
    await expect.poll(() => page.getByText("Vous êtes au bout de la file").isVisible()).toBe(true);
    expect((await aidNow(catalogue, harvest, "longue")).proposals).toEqual({});
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);
});
