import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { readPublicSettings } from "../../../src/console/console-settings.ts";
import { sendSignInLinks } from "../../../src/jobs/tasks/send-sign-in-links.ts";
import { takePublisherFiles } from "../../../src/jobs/tasks/take-publisher-files.ts";
import { mailServer } from "../../jobs/digest/mail-server.ts";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, testDatabase } from "../../support/catalogues.ts";
import { curatedAid } from "../../support/curate.ts";
import { flattened } from "../../support/made-aids.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { doWaitingRuns } from "../letters/answered-letters.ts";
import { applyWaitingActs, publisherWithAids } from "./publishers-with-aids.ts";

const email = "l.martin@region.example";

describe.skipIf(!hasBrowser)(`a publisher in its space, in a browser${whyNoBrowser}`, { timeout: 180_000 }, () => {
  const browser = browserForTests();

  it("is invited, signs in by mail, confirms, corrects and closes; a colleague reads the proposals and applies them", async () => {
    const catalogue = await newCatalogue(testDatabase);
    const smtp = await mailServer();
    const own = await publisherWithAids(catalogue, "Région Exemple", "Toiture");
    const folders = [own.harvest.folder];
    const site = await startedConsole(catalogue, { folders, settings: readPublicSettings({}) });
    const environment = {
      MOISSON_SMTP_URL: smtp.url(),
      MOISSON_DIGEST_FROM: "Service Exemple <service@exemple.fr>",
      MOISSON_DIGEST_TO: "equipe@exemple.fr",
      MOISSON_PUBLIC_URL: site.url,
    };
    const console = await startedConsole(catalogue, { folders, settings: { publicUrl: site.url }, services: { environment } });
    const link = () => /http:\S+\/espace\/entree\/[\w-]+/.exec(smtp.mails.at(-1)?.text ?? "")?.[0] ?? "no link";
    const [aidId = "", second = ""] = own.aids;

    const office = await browser.context({ viewport: { width: 1366, height: 768 } });
    await signIn(office.context, console, "bizdev", "Marie");
    const marie = await office.context.newPage();
    await marie.goto(`${console.url}/producteurs/${own.publisherId}`);
    await marie.getByRole("link", { name: "Son espace" }).click();
    await marie.getByLabel("Adresse électronique").fill(email);
    await marie.getByLabel("Prénom et nom").fill("Léa Martin");
    await marie.getByRole("button", { name: "Inviter" }).click();
    await marie.getByText(`L’invitation est envoyée à ${email}.`).waitFor();
    expect(await seriousOn(marie)).toEqual([]);

    const outside = await browser.context({ viewport: { width: 390, height: 844 } });
    const lea = await outside.context.newPage();
    await lea.goto(link());
    expect(await seriousOn(lea)).toEqual([]);
    await lea.getByRole("button", { name: "Entrer" }).click();
    await lea.getByRole("heading", { name: "Mon espace" }).waitFor();
    await lea.getByRole("button", { name: "Se déconnecter" }).click();
    await lea.getByLabel("Adresse électronique").fill(email);
    await lea.getByRole("button", { name: "Recevoir un lien" }).click();
    await lea.getByRole("heading", { name: "Regardez vos messages" }).waitFor();
    await sendSignInLinks(console.jobs.services, new AbortController().signal);
    await lea.goto(link());
    await lea.getByRole("button", { name: "Entrer" }).click();
    for (const path of [
      "/espace",
      "/espace/aides",
      `/espace/aides/${aidId}`,
      `/espace/aides/${aidId}/corriger`,
      "/espace/flux",
      "/espace/courriers",
      "/espace/saisir",
    ]) {
      await lea.goto(`${site.url}${path}`);
      for (const width of [320, 390, 768, 1366]) {
        await lea.setViewportSize({ width, height: 844 });
        expect(await lea.evaluate("document.documentElement.scrollWidth"), `${path} at ${width}`).toBeLessThanOrEqual(width);
      }
      expect([path, await seriousOn(lea)]).toEqual([path, []]);
    }

    await lea.goto(`${site.url}/espace/aides`);
    await lea.getByRole("button", { name: "Confirmer ces 2 aides" }).click();
    await lea.getByText("2 aides confirmées. Merci !").waitFor();
    await applyWaitingActs(catalogue, console.jobs);
    await lea.getByRole("link", { name: "Toiture numéro 1" }).click();
    await lea.getByRole("link", { name: "Corriger cette fiche" }).click();
    await lea.getByLabel("titre", { exact: false }).first().fill("Refaire la toiture d’une école");
    await lea.getByRole("button", { name: "Envoyer la correction" }).click();
    await lea.getByText("nous la relisons").waitFor();
    await lea.goto(`${site.url}/espace/aides/${second}`);
    await lea.getByText("Annoncer la clôture de cette aide").click();
    await lea.getByLabel("Dernier jour pour candidater").fill("2027-01-31");
    await lea.getByRole("button", { name: "Annoncer la clôture" }).click();
    await lea.getByText("Clôture annoncée pour le 31 janvier 2027").first().waitFor();

    for (const decided of [2, 1]) {
      await marie.goto(`${console.url}/`);
      const name = decided === 2 ? "2 propositions de producteurs" : "1 proposition d’un producteur";
      await marie.getByText(name).first().waitFor();
      const [plan] = await catalogue.plans.list({ origin: "publisher", isOpen: true });
      await marie.goto(`${console.url}/plans/${plan?.planId}`);
      expect(await marie.getByText(email).first().isVisible()).toBe(true);
      await applyOn(marie);
    }
    expect((await curatedAid(catalogue, { aidId })).edits.name).toMatchObject({ value: "Refaire la toiture d’une école", by: email });
    expect((await curatedAid(catalogue, { aidId: second })).edits.submissionDeadline?.value).toBe("2027-01-31");
    await lea.goto(`${site.url}/espace`);
    expect(await lea.getByText("reprise", { exact: true }).count()).toBe(3);

    await lea.getByRole("link", { name: "Saisir une aide qui manque" }).click();
    await lea.getByLabel("Titre", { exact: false }).first().fill("Planter des haies");
    await lea.getByText("Ce que verra une collectivité").waitFor();
    await lea.getByText(/^Pour publier, il manque/).waitFor();
    await lea.getByRole("button", { name: "Envoyer" }).click();
    await lea.getByText("Merci, « Planter des haies » nous est parvenue.").waitFor();
    await takePublisherFiles(console.jobs, new AbortController().signal);
    const [entry] = await catalogue.publisherFiles.list(own.publisherId, "entry", 1);
    await doWaitingRuns(catalogue, console.jobs, entry?.connector ?? "");
    await marie.goto(`${console.url}/`);
    await marie.getByText("Aide saisie : « Planter des haies »").first().waitFor();
    const desk = await browser.context({ viewport: { width: 1366, height: 768 } });
    await signIn(desk.context, console, "ops", "Olivier");
    const olivier = await desk.context.newPage();
    const [held] = await catalogue.publisherFiles.toDecide(1);
    await olivier.goto(`${console.url}/plans/${held?.planId}`);
    await applyOn(olivier);
    await lea.goto(`${site.url}/espace`);
    expect(await lea.getByText("reprise", { exact: true }).count()).toBe(4);
    const entered = async () => flattened(catalogue.aids.curated({ connector: entry?.connector ?? "" }));
    expect((await entered()).map(({ imported }) => imported.name)).toEqual(["Planter des haies"]);
    await olivier.goto(`${console.url}/plans/${held?.planId}`);
    await olivier.getByRole("button", { name: "Préparer le retour en arrière" }).click();
    await olivier.getByText(/Plan inverse prêt/).waitFor();
    await applyOn(olivier);
    expect(await entered()).toEqual([]);
    await lea.goto(`${site.url}/espace`);
    expect(await lea.getByText("retirée", { exact: true }).count()).toBe(1);

    await marie.goto(`${console.url}/producteurs/${own.publisherId}/espace`);
    await marie.getByRole("button", { name: /Retirer l’accès/ }).click();
    await marie.getByText("accès retiré").waitFor();
    await lea.goto(`${site.url}/espace/aides`);
    await lea.getByRole("heading", { name: "Mon espace de producteur" }).waitFor();
    expect([...office.errors, ...outside.errors, ...desk.errors]).toEqual([]);
    await office.context.close();
    await desk.context.close();
    await outside.context.close();
    await catalogue.drop();
  });
});

/** Applies the plan on the page. */
async function applyOn(page: Page): Promise<void> {
  await page
    .getByRole("link", { name: /^Appliquer/ })
    .first()
    .click();
  await page
    .getByRole("button", { name: /^Appliquer/ })
    .first()
    .click();
  await page
    .getByText(/Plan appliqué/)
    .first()
    .waitFor();
}
