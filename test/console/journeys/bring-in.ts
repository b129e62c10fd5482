import type { Page } from "playwright-core";
import type { BroughtIn, Correction, WordCorrection } from "./brought-in.ts";
import type { PersonAtWork } from "./person-at-work.ts";

/** The wizard's figures about a file, and the result. */
export interface CameOf {
  readonly connector: string;
  /** Path of its first run. */
  readonly run: string;
  /** Number of proposed fields, and of doubtful ones among them. */
  readonly proposed: number;
  readonly doubtful: number;
  /** Number of words to map, and of those without a suggestion. */
  readonly words: number;
  readonly open: number;
  /** Figures of the preview by their label. */
  readonly figures: Readonly<Record<string, string>>;
}

/** Takes a file through the wizard up to the request of its run. `seen` is called with each step's name when its page is open. */
export async function bringIn(
  person: PersonAtWork,
  file: string,
  said: BroughtIn,
  seen: (step: string) => Promise<void> = async () => undefined,
): Promise<CameOf> {
  const { page } = person;
  const field = (name: string) => page.locator(`#champ-${name}`);
  const next = page.locator("main form:has(input[name=version]) button[type=submit]:not([name])");
  const look = async (step: string) => {
    await person.read();
    await seen(step);
  };
  await look("brouillons");
  await person.type(field("nom"), said.publisher);
  await person.click(page.getByRole("button", { name: "Commencer" }));
  if (said.kind !== undefined) await person.choose(field("nature"), said.kind);
  if (said.territory !== undefined) await person.type(field("territoire"), said.territory);
  const connector = await field("connecteur").inputValue();
  await look("producteur");
  await person.click(next);
  await look("flux");
  await person.give(file, field("fichier"));
  await person.click(next);
  await look("lecture");
  await person.click(next);
  person.decide();
  await look("identifiant");
  await person.click(next);
  const [proposed, doubtful] = [await page.locator("main tbody tr[id^=ligne-]").count(), await countDoubtful(page)];
  await look("champs");
  for (const correction of said.fields) await correctField(person, correction, look);
  await person.click(next);
  const [words, open] = [await page.locator("details.moisson-word").count(), await page.locator("details.moisson-word[open]").count()];
  await look("mots");
  for (const correction of said.words) await correctWord(person, correction);
  await person.click(next);
  await look("apercu");
  const figures = await figuresOn(page);
  await person.click(next);
  await look("essai");
  await person.click(next);
  await page.waitForURL(/\/collectes\//);
  return { connector, run: new URL(page.url()).pathname, proposed, doubtful, words, open, figures };
}

async function countDoubtful(page: Page): Promise<number> {
  return page
    .locator("main tbody tr[id^=ligne-]")
    .filter({ hasText: /à vérifier|incertain/i })
    .count();
}

async function correctField(person: PersonAtWork, correction: Correction, look: (step: string) => Promise<void>): Promise<void> {
  const { page } = person;
  person.decide();
  await person.click(page.locator(`main a[href$="/champs/${correction.field}"]`));
  if ("from" in correction) {
    await person.click(page.locator("label[for=facon-champ]"));
    await person.choose(page.locator("#champ-champ"), correction.from);
  } else if ("always" in correction) {
    await person.click(page.locator("label[for=facon-fixe]"));
    await person.type(page.locator("#champ-fixe"), correction.always);
  } else await person.click(page.locator("label[for=facon-rien]"));
  await look("champ");
  await person.click(page.getByRole("button", { name: "Enregistrer" }));
  await page.waitForURL(/\/champs#/);
  await person.read();
}

async function correctWord(person: PersonAtWork, { vocabulary, word, clicks }: WordCorrection): Promise<void> {
  const { page } = person;
  person.decide();
  const block = page.locator("details.moisson-word", { has: page.locator(`input[type=hidden][value=${JSON.stringify(word)}]`) });
  if ((await block.getAttribute("open")) === null) await person.click(block.locator("summary"));
  for (const ours of clicks) await person.click(block.locator(`label[for^="champ-${vocabulary}-"][for$="-${ours}"]`));
}

async function figuresOn(page: Page): Promise<Record<string, string>> {
  const [labels, values] = [
    await page.locator("dl.moisson-figures dt").allInnerTexts(),
    await page.locator("dl.moisson-figures dd").allInnerTexts(),
  ];
  return Object.fromEntries(labels.map((label, index) => [label, values[index] ?? ""]));
}
