import { expect } from "vitest";
import type { MailServer } from "../../jobs/digest/mail-server.ts";
import { ardecheName } from "./partner-contacted.ts";
import type { PartnerPeople } from "./partner-people.ts";

/** The title for both author and reader. */
export const letterTitle = /^Vos données d.aides, lues le/;

/** Marie creates a letter from the feed's faults and sends it to the contacts who receive letters. */
export async function writeLetter({ mail, marie, at, picture }: PartnerPeople, ardeche: string): Promise<void> {
  const { page } = marie;
  await page.goto(ardeche);
  await at(marie, ardecheName);
  await marie.press("link", /^Écrire au sujet de/);
  await at(marie, "Courriers au producteur");
  await marie.press("button", "Préparer une lettre");
  await at(marie, "La lettre est prête");
  expect(await page.getByRole("checkbox", { name: /Camille Exemple/ }).isChecked()).toBe(true);
  await picture(marie, "5-lettre");
  await marie.press("button", "Envoyer");
  await page.getByText("La lettre est envoyée à 1 adresse").waitFor();
  await at(marie, letterTitle);
  expect(mailToCamille(mail)).toContain("/lettre/");
}

/** Returns the text of Camille's mail. The digest goes to others through the same server. */
export function mailToCamille({ mails }: MailServer): string {
  const hers = mails.filter(({ to }) => [to].flat().some((one) => one?.text === "camille@ardeche.example"));
  expect(hers).toHaveLength(1);
  return hers[0]?.text ?? "";
}
