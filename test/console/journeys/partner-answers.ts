import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { KeyboardUser } from "../../support/keyboard-user.ts";
import { mendedFeed } from "./partner-feed.ts";
import { letterTitle, mailToCamille } from "./partner-letter.ts";
import type { PartnerPeople } from "./partner-people.ts";

/** Camille opens the letter from her mail, answers both points, and has her corrected feed read again. */
export async function answerAndReread({ site, mail, camille, at, picture }: PartnerPeople, work: () => Promise<void>): Promise<void> {
  const { page } = camille;
  const link = /http:\S+\/lettre\/[\w-]+/.exec(mailToCamille(mail))?.[0] ?? "no link";
  await page.goto(link);
  await at(camille, letterTitle);
  await answer(camille, page.locator(".moisson-letter__fault", { hasText: "31/02/2027" }), "C’est corrigé");
  await at(camille, letterTitle);
  const planned = page.locator(".moisson-letter__fault", { hasText: "voir le site" });
  await answer(camille, planned, "C’est prévu pour le…", () => camille.writeDay(planned.locator("input[type=date]"), "2026-12-12"));
  await page.getByText("« C’est prévu pour le 12 décembre 2026 »").waitFor();
  await at(camille, letterTitle);
  await picture(camille, "6-reponse");

  site.answer("/aides.csv", { text: mendedFeed, headers: { "content-type": "text/csv" } });
  await page.goto(link);
  await camille.press("button", "Relire maintenant");
  await at(camille, "Relecture de vos données");
  await work();
  await page.getByText("Tout ce que nous pouvons vérifier en les lisant est corrigé").waitFor({ timeout: 60_000 });
  await at(camille, "Relecture de vos données");
  expect(await page.getByText("corrigé", { exact: true }).count()).toBe(2);
  await picture(camille, "7-relu");
}

/** Unfolds the form of a point, selects an answer, and sends it. */
async function answer(who: KeyboardUser, point: Locator, label: string, then: () => Promise<void> = async () => undefined): Promise<void> {
  await who.unfold(point.locator("summary").last());
  const choice = point.getByLabel(label);
  await who.arrowTo(point.locator("input[type=radio]").first(), () => choice.isChecked());
  await then();
  await who.press("button", /^Envoyer cette réponse/, point);
  await point.getByText("C’est noté, merci.").waitFor();
}
