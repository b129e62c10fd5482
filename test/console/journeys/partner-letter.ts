import { expect } from "vitest";
import type { MailServer } from "../../jobs/digest/mail-server.ts";
import { ardecheName } from "./partner-contacted.ts";
import type { PartnerPeople } from "./partner-people.ts";

/** As who writes it and who reads it see it. */
export const letterTitle = /^Vos données d.aides, lues le/;

/** Marie has a letter made of what was wrong in the feed, and sends it to who gets letters. */
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

/** The text of the mail that Camille got; the digest goes to others, by the same server. */
export function mailToCamille({ mails }: MailServer): string {
  const hers = mails.filter(({ to }) => [to].flat().some((one) => one?.text === "camille@ardeche.example"));
  expect(hers).toHaveLength(1);
  return hers[0]?.text ?? "";
}
