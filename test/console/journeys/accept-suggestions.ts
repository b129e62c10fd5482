import type { PersonAtWork } from "./person-at-work.ts";

const maxPlans = 20;

/** Applies the plan of a first run, then every sure suggestion and proposed default of the page « Suggestions ». `seen` is called with the name of each picture. */
export async function acceptSuggestions(person: PersonAtWork, connector: string, seen: (step: string) => Promise<void>): Promise<void> {
  const { page } = person;
  await applyPlan(person);
  const done = new Set<string>();
  for (let plans = 0; plans < maxPlans; plans++) {
    await page.goto(`/connecteurs/${connector}/suggestions`);
    if (plans === 0) await seen("suggestions");
    const field = await nextField(person, done);
    if (field === null) return;
    done.add(field);
    await applyPlan(person);
  }
  throw new Error(`${connector} still has suggestions after ${maxPlans} plans`);
}

/** Prepares the plan of the first offer that is not done, and returns its name; null without one. */
async function nextField(person: PersonAtWork, done: ReadonlySet<string>): Promise<string | null> {
  const { page } = person;
  for (const section of await page.locator("main section[id^=champ-]").all()) {
    const field = (await section.getAttribute("id")) ?? "";
    const sure = section.getByRole("button", { name: /^Accepter pour / });
    if (!done.has(`${field} sure`) && (await sure.count()) > 0) {
      await person.click(sure);
      return `${field} sure`;
    }
    const isContact = field === "champ-contact" && (await section.getByText("Donner le même contact").count()) > 0;
    const isTicked = (await section.locator("input[type=checkbox][name^=valeur-]:checked").count()) > 0;
    if (done.has(`${field} default`) || !(isContact || isTicked)) continue;
    const why = section.locator("[name^=raison-]");
    if (!(await why.isVisible())) await person.click(section.locator("details", { has: why }).locator("summary"));
    await person.type(why, "Proposé par Moisson, relu.");
    await person.click(section.getByRole("button", { name: "Préparer le plan" }));
    return `${field} default`;
  }
  return null;
}

/** Applies the plan of the page. */
async function applyPlan(person: PersonAtWork): Promise<void> {
  const { page } = person;
  await page.getByRole("heading", { name: "Décider", exact: true }).waitFor();
  await person.click(page.getByRole("link", { name: "Appliquer tout le plan…" }));
  await person.click(page.getByRole("button", { name: "Appliquer", exact: true }));
  await page.getByText("Plan appliqué").first().waitFor({ timeout: 60_000 });
}
