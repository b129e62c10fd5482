import { expect } from "vitest";
import { ardecheName } from "./partner-contacted.ts";
import { faultyFeed } from "./partner-feed.ts";
import type { PartnerPeople } from "./partner-people.ts";

/** Marie takes the feed through the wizard up to its preview and shares it. Camille reads her aids without an account. */
export async function sharePreview({ site, marie, camille, at, picture }: PartnerPeople): Promise<void> {
  const { page } = marie;
  const step = async (name: string) => {
    await page.waitForURL(new RegExp(`/${name}(#.*)?$`), { timeout: 60_000 });
    await at(marie, ardecheName);
  };
  await marie.press("button", "Amener son flux");
  await step("producteur");
  const licence = page.locator("#champ-licence");
  await marie.arrowTo(licence, async () => (await licence.inputValue()) === "openlicence20", "ArrowUp");
  await marie.press("button", "Enregistrer et continuer");
  await step("flux");
  await marie.write(page.locator("#champ-adresse"), `${site.origin}/aides.csv`);
  await marie.press("button", "Regarder");
  await step("lecture");
  await marie.press("button", "C’est bien cela, continuer");
  await step("externalId");
  await marie.press("button", "Enregistrer et continuer");
  await step("champs");
  await marie.press("button", "C’est bien cela, continuer");
  await step("mots");
  await marie.press("button", "Enregistrer et continuer");
  await step("essai");
  await marie.press("button", "Partager cet aperçu");
  await at(marie, "L’aperçu est partagé");
  const address = await page.getByLabel("Adresse de l’aperçu").inputValue();

  await camille.page.goto(address);
  await at(camille, "Vos aides, telles que les collectivités les verraient");
  // Missing values are marked in their place.
  const bridge = camille.page.locator("article", { hasText: "Restaurer un pont de pierre" });
  expect(await bridge.locator("dt").allInnerTexts()).toEqual([
    "Qui finance",
    "Où",
    "Pour qui",
    "Ouverture",
    "Date limite",
    "Récurrence",
    "Types d’aide",
    "Thématiques",
    "Types de dépenses",
    "État d’avancement du projet",
  ]);
  await picture(camille, "3-apercu");
  await camille.press("link", "vérifier mon fichier");
  await at(camille, "Vérifier mon fichier");
}

/** Marie checks Camille's file and notes it. */
export async function checkFile({ marie, at, picture }: PartnerPeople, ardeche: string): Promise<void> {
  const { page } = marie;
  await page.goto(ardeche);
  await at(marie, ardecheName);
  await marie.press("button", "C’est fait");
  await page.getByText("Rien n’est prévu").waitFor();
  await marie.press("link", "Vérifier un fichier");
  await at(marie, "Vérifier mon fichier");
  const file = { name: "aides-ardeche.csv", mimeType: "text/csv", buffer: Buffer.from(faultyFeed) };
  await marie.giveFile(page.locator("#champ-fichier"), file);
  await marie.press("button", "Vérifier");
  await at(marie, "Résultat de la vérification");
  await picture(marie, "4-verification");
  await marie.press("button", "Noter dans le journal");
  await page.getByText("La vérification est notée dans le journal").waitFor();
  await at(marie, ardecheName);
}

/** Marie resumes the draft from the publisher's page and requests its first run, which is held. */
export async function bringFeedIn({ marie, at }: PartnerPeople, ardeche: string, work: () => Promise<void>): Promise<void> {
  const { page } = marie;
  await page.goto(ardeche);
  await marie.press("link", ardecheName);
  await page.waitForURL(/\/essai$/);
  await at(marie, ardecheName);
  await marie.press("button", "Créer le connecteur et lancer sa première collecte");
  await page.waitForURL(/\/collectes\//);
  await work();
  await page.reload();
  await page.getByRole("heading", { name: "Ce qui a été reçu" }).waitFor({ timeout: 60_000 });
  await at(marie, /^Collecte de/);
}
