import type { KeyboardUser } from "../../support/keyboard-user.ts";
import { ardecheName } from "./partner-contacted.ts";
import type { PartnerPeople } from "./partner-people.ts";

/** Number of aids in the feed. */
const aids = 4;

/** Olga applies the plan of the first run, so the aids wait for review. Marie schedules the feed for every night. */
export async function applyFirst(people: PartnerPeople, ardeche: string): Promise<void> {
  await applyWhatWaits(people, people.olga);
  const { marie, at } = people;
  const { page } = marie;
  await page.goto(ardeche);
  await at(marie, ardecheName);
  await marie.press("link", /^l’activer/);
  await at(marie, /^La collecte de/);
  const state = page.locator("#champ-etat");
  await marie.arrowTo(state, async () => (await state.inputValue()) === "active");
  await marie.write(page.locator("#champ-raison"), "Sa première collecte est appliquée.");
  await marie.press("button", /^Enregistrer/);
  await page.waitForURL(/\/definition$/);
  await page.goto(ardeche);
  await page.getByText("actif", { exact: true }).waitFor();
}

/** Olga applies the publisher's corrections, Marie publishes the aids, and the publisher's stage becomes online by itself. */
export async function goOnline(people: PartnerPeople, ardeche: string): Promise<void> {
  const { console, marie, at, picture } = people;
  await applyWhatWaits(people, people.olga);
  const { page } = marie;
  await page.goto(`${console.url}/relecture`);
  await at(marie, "Relecture");
  await marie.tabTo(page.locator('main tbody a[href^="/relecture/"]').first());
  await page.keyboard.press("Enter");
  for (let left = aids; left > 0; left--) {
    await page.waitForURL(/\/relecture\/[0-9a-f-]{36}/);
    if (left === aids) await at(marie, /^(Planter|Rénover|Restaurer|Équiper) /);
    const shown = page.waitForEvent("load");
    await page.keyboard.press("p");
    await shown;
  }
  await page.waitForURL(/\/relecture\?/);
  await at(marie, "Relecture");
  await page.goto(ardeche);
  await at(marie, ardecheName);
  await page.getByText("Des aides de ce producteur sont en ligne.").waitFor();
  await picture(marie, "8-en-ligne");
}

async function applyWhatWaits({ console, at }: PartnerPeople, olga: KeyboardUser): Promise<void> {
  const { page } = olga;
  await page.goto(`${console.url}/plans?etat=waiting`);
  await at(olga, "Plans");
  await olga.tabTo(page.locator('main tbody a[href^="/plans/"]').first());
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Décider", exact: true }).waitFor();
  await at(olga, /^Plan/);
  await olga.press("link", "Appliquer tout le plan…");
  await at(olga, "Appliquer tout ce qui reste du plan");
  await olga.press("button", "Appliquer");
  await page.getByText("Plan appliqué").first().waitFor();
  await at(olga, /^Plan/);
}
