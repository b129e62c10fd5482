import type { KeyboardUser } from "../../support/keyboard-user.ts";
import type { PartnerPeople } from "./partner-people.ts";

/** The department's name on its pages. */
export const ardecheName = /^Département de l.Ardèche$/;

/** Marie filters absent publishers and opens the page of a department without contact so far. */
export async function findInCoverage({ console, marie, at, picture }: PartnerPeople): Promise<void> {
  const { page } = marie;
  await page.goto(`${console.url}/couverture`);
  await at(marie, "Couverture");
  const [region, state] = [page.locator("#champ-region"), page.locator("#champ-situation")];
  await marie.arrowTo(region, async () => (await region.inputValue()) === "region:84");
  await marie.arrowTo(state, async () => (await state.inputValue()) === "absent");
  await marie.press("button", "Filtrer");
  await page.waitForURL(/situation=absent/);
  await at(marie, "Couverture");
  await picture(marie, "1-couverture");
  await marie.press("link", "Ardèche (07)");
  await at(marie, "Producteurs");
  await marie.press("link", ardecheName);
  await at(marie, ardecheName);
}

/** Marie notes her call: the contact, the stage and the next action. */
export async function contact({ marie, at, picture }: PartnerPeople): Promise<void> {
  const { page } = marie;
  await marie.write(page.locator("#champ-echange-texte"), "Le service numérique veut voir ce que donneraient ses aides.");
  await marie.press("button", "Noter au journal");
  await page.getByText("C’est noté au journal").waitFor();
  await moveTo(marie, "contacted");
  await marie.press("link", "Ajouter un contact");
  await at(marie, "Ajouter un contact");
  await marie.write(page.locator("#champ-nom"), "Camille Exemple");
  await marie.write(page.locator("#champ-fonction"), "Cheffe de projet données");
  await marie.write(page.locator("#champ-adresse"), "camille@ardeche.example");
  await marie.tick(page.locator("#champ-lettres-oui"));
  await marie.press("button", "Enregistrer");
  await page.getByText("reçoit les lettres").waitFor();
  await marie.write(page.locator("#champ-action"), "Lui montrer un aperçu de ses aides");
  await marie.writeDay(page.locator("#champ-action-jour"), "2026-12-12");
  await marie.press("button", "Enregistrer l’action");
  await page.getByText("pour le 12 décembre 2026").waitFor();
  await at(marie, ardecheName);
  await picture(marie, "2-contacte");
}

/** The publisher agrees. Marie notes licence, date and contact, and follows the publisher from then on. */
export async function sayYes({ marie, at }: PartnerPeople): Promise<void> {
  const { page } = marie;
  await marie.press("link", "Modifier");
  await at(marie, /^Modifier /);
  const [inCharge, licence] = [page.locator("#champ-responsable"), page.locator("#champ-licence")];
  await marie.arrowTo(inCharge, async () => (await inCharge.locator("option:checked").textContent()) === "Marie");
  await marie.arrowTo(licence, async () => (await licence.inputValue()) === "openlicence20");
  await marie.writeDay(page.locator("#champ-accord-jour"), "2026-11-11");
  await marie.write(page.locator("#champ-accord-par"), "La directrice du numérique");
  await marie.press("button", "Enregistrer");
  await page.getByText("11 novembre 2026", { exact: true }).waitFor();
  await moveTo(marie, "agreed");
  await at(marie, ardecheName);
}

async function moveTo(who: KeyboardUser, stage: string): Promise<void> {
  const select = who.page.locator("#champ-etape");
  await who.arrowTo(select, async () => (await select.inputValue()) === stage);
  await who.press("button", "Changer l’étape");
  await who.page.getByText("Le producteur est à l’étape").waitFor();
}
