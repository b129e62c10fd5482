import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mailServer } from "../../jobs/digest/mail-server.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { feedServer } from "../../support/feed-server.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { doWaitingRuns, partnerOf, record, wrong } from "./answered-letters.ts";

describe.skipIf(!hasBrowser)(`a letter answered in a browser${whyNoBrowser}`, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("is sent, answered, read again and followed by keyboard, on both sides", async () => {
    const [smtp, feed] = [await mailServer(), await feedServer()];
    feed.on("/aides.json", { body: [record(1), record(2), record(3, { fin: "bientôt peut-être" })] });
    const harvest = await newHarvest(catalogue, { guards: guardsOff, feed: { url: `${feed.origin}/aides.json` } });
    await harvest.day(wrong);
    await partnerOf(catalogue, harvest);
    const environment = {
      MOISSON_SMTP_URL: smtp.url(),
      MOISSON_DIGEST_FROM: "Service Exemple <service@exemple.fr>",
      MOISSON_DIGEST_TO: "equipe@exemple.fr",
    };
    const console = await startedConsole(catalogue, { folders: [harvest.folder], services: { environment, allowHosts: [feed.host] } });
    const { context, errors } = await browser.context();
    await signIn(context, console, "bizdev", "Marie");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);

    await page.goto(`${console.url}/connecteurs/${harvest.connector}/courriers`);
    await keys.press("button", "Préparer une lettre");
    await page.getByRole("heading", { name: "La lettre est prête" }).waitFor();
    expect(await page.getByRole("checkbox", { name: /Jeanne Reçoit/ }).isChecked()).toBe(true);
    expect(await seriousOn(page)).toEqual([]);
    await keys.press("button", "Envoyer");
    await page.getByText("La lettre est envoyée à 1 adresse.").waitFor();
    expect(await seriousOn(page)).toEqual([]);
    const letterPage = page.url();

    const link = /http:\S+\/lettre\/[\w-]+/.exec(smtp.mails[0]?.text ?? "")?.[0] ?? "no link";
    const outside = await browser.context();
    const reader = await outside.context.newPage();
    const readersKeys = new KeyboardUser(reader);
    await reader.goto(link);
    expect(await seriousOn(reader)).toEqual([]);
    const fault = reader.locator(".moisson-letter__fault", { hasText: "bientôt peut-être" });
    await readersKeys.unfold(fault.locator("summary"));
    const planned = fault.getByLabel("C’est prévu pour le…");
    await readersKeys.arrowTo(fault.getByRole("radio").first(), () => planned.isChecked());
    await readersKeys.write(fault.getByLabel("Remarque"), "Après les congés");
    expect(await seriousOn(reader)).toEqual([]);
    await readersKeys.press("button", /^Envoyer cette réponse/, fault);
    const mistake = reader.getByRole("alert").and(reader.locator(":focus"));
    await mistake.getByText("Donnez le jour pour lequel c’est prévu.").click();
    expect(await fault.locator("input[type=date]").and(reader.locator(":focus")).count()).toBe(1);
    expect(await fault.locator("input[type=date]").and(reader.getByLabel("Prévu pour le")).getAttribute("aria-describedby")).toMatch(
      /-erreur$/,
    );
    expect(await fault.getByLabel("Remarque").inputValue()).toBe("Après les congés");
    expect(await seriousOn(reader)).toEqual([]);
    await readersKeys.writeDay(fault.locator("input[type=date]"), "2026-12-03");
    await readersKeys.press("button", /^Envoyer cette réponse/, fault);
    await reader.getByText("C’est noté, merci.").waitFor();
    expect(await reader.getByText("« C’est prévu pour le 3 décembre 2026 »").isVisible()).toBe(true);
    expect(await seriousOn(reader)).toEqual([]);
    expect(await outside.context.cookies()).toEqual([]);

    await readersKeys.press("button", "Relire maintenant");
    await reader.getByRole("heading", { name: "La relecture est en cours" }).waitFor();
    expect(await seriousOn(reader)).toEqual([]);
    await doWaitingRuns(catalogue, console.jobs, harvest.connector);
    await reader.getByText("Ce qui reste, point par point").waitFor();
    expect(await reader.getByText("corrigé", { exact: true }).first().isVisible()).toBe(true);
    expect(await seriousOn(reader)).toEqual([]);

    await page.goto(letterPage);
    await page.getByText("Après les congés").waitFor();
    expect(await page.getByText("Ses données ont été relues le").isVisible()).toBe(true);
    expect(await seriousOn(page)).toEqual([]);
    await page.goto(`${console.url}/courriers?etat=promised`);
    await page.getByRole("link", { name: /^Lettre du/ }).waitFor();
    expect(await seriousOn(page)).toEqual([]);

    expect([...errors, ...outside.errors].filter((error) => !error.includes("422"))).toEqual([]);
  });
});
