import type { Page } from "playwright-core";
import { readTerritory } from "../../../src/console/parts/territory-field.ts";
import { frenchMember } from "../../../src/french/values.ts";
import { findPerimeter } from "../../../src/model/territories/perimeters.ts";
import type { Truth } from "../../bench/survey/truth.ts";
import type { Unsaid, WordCorrection } from "./brought-in.ts";
import { type Correction, correctFields, inTable } from "./correct-fields.ts";
import type { PersonAtWork } from "./person-at-work.ts";

/** A file or an address, and what a person says of it. */
export interface Given {
  readonly from: { readonly path: string } | { readonly address: string };
  readonly publisher: Truth["publisher"];
  readonly fields: readonly Correction[];
  readonly words: readonly WordCorrection[];
  readonly unsaid: Unsaid;
}

/** The wizard's figures about a file, and the result. */
export interface CameOf {
  readonly connector: string;
  /** Number of proposed fields, and of doubtful ones among them. */
  readonly proposed: number;
  readonly doubtful: number;
  /** Number of words to map, and of those without a suggestion. */
  readonly words: number;
  readonly open: number;
  /** Publishable aids before a person chooses anything: « 0 sur 100 ». */
  readonly before: string;
  /** Figures of the last step by their label. */
  readonly figures: Readonly<Record<string, string>>;
}

/** Takes a file or an address through the wizard up to the request of its run. `seen` is called with each step's name when its page is open. */
export async function bringIn(
  person: PersonAtWork,
  { from, publisher, fields, words: corrected, unsaid }: Given,
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
  await person.type(field("nom"), publisher.name);
  await person.click(page.getByRole("button", { name: "Commencer" }));
  await describePublisher(person, publisher);
  const connector = await field("connecteur").inputValue();
  await look("producteur");
  await person.click(next);
  await look("flux");
  if ("path" in from) await person.give(from.path, field("fichier"));
  else await person.type(field("adresse"), from.address);
  await person.click(next);
  await look("lecture");
  await person.click(next);
  person.decide();
  await look("identifiant");
  const identifier = fields.find((one) => one.field === "externalId");
  if (identifier !== undefined) {
    person.decide();
    await person.click(page.locator("label[for=facon-champ]"));
    await person.choose(field("champ"), identifier.paths[0] ?? "");
  }
  await person.click(next);
  const [proposed, doubtful] = [await page.locator("main tbody tr[id^=ligne-]").count(), await countDoubtful(page)];
  await look("champs");
  const inColumns = fields.filter((one) => one !== identifier && !followsFromDeadline(one, fields));
  const before = await page.locator("#editeur-compte strong").textContent();
  await correctFields(person, inColumns, seen);
  const isFilled = await fillUnsaid(person, unsaid, seen);
  const proceed = inColumns.length > 0 || isFilled ? "Enregistrer et continuer" : "C’est bien cela, continuer";
  await person.click(page.getByRole("button", { name: proceed }));
  await page.waitForURL(/\/mots$/);
  const [words, open] = [await page.locator("details.moisson-word").count(), await page.locator("details.moisson-word[open]").count()];
  await look("mots");
  for (const correction of corrected) await correctWord(person, correction);
  await person.click(next);
  await look("essai");
  const figures = await figuresOn(page);
  await person.click(next);
  await page.waitForURL(/\/collectes\//);
  return { connector, proposed, doubtful, words, open, before: before ?? "", figures };
}

/** Returns true for a recurrence that the deadline's column gives, too. */
function followsFromDeadline({ field, paths }: Correction, all: readonly Correction[]): boolean {
  const deadline = all.find((one) => one.field === "submissionDeadline");
  return field === "recurrence" && deadline !== undefined && paths.join() === deadline.paths.join();
}

/** Confirms what the file does not say, with the person's changes. Returns false if they confirm nothing. */
async function fillUnsaid(person: PersonAtWork, unsaid: Unsaid, seen: (step: string) => Promise<void>): Promise<boolean> {
  const form = person.page.locator("#non-dit");
  if (unsaid === null || (await form.count()) === 0) return false;
  for (const { clicks = [], texts = {} } of unsaid) {
    person.decide();
    for (const box of clicks) {
      const label = form.locator(`label[for="${box}"]`);
      if (!(await label.isVisible())) await person.click(form.locator("details", { has: label }).locator("summary"));
      await person.click(label);
    }
    for (const [name, text] of Object.entries(texts)) await person.type(form.locator(`[name="manque.${name}"]`), text);
  }
  person.decide();
  await seen("manque");
  await inTable(person, form.getByRole("button", { name: "Prendre ces valeurs" }));
  return true;
}

/** Corrects the kind and the territory of the publisher, where the name does not tell them. */
async function describePublisher(person: PersonAtWork, { kind, territory }: Truth["publisher"]): Promise<void> {
  const field = (name: string) => person.page.locator(`#champ-${name}`);
  const found = findPerimeter(territory);
  if (found === undefined) throw new Error(`no territory ${territory.scale} ${territory.code}`);
  await person.page.waitForURL(/\/producteur$/);
  if ((await field("nature").inputValue()) !== kind) await person.choose(field("nature"), kind);
  const [shown] = readTerritory(await field("territoire").inputValue());
  if (shown?.scale !== territory.scale || shown.code !== territory.code)
    await person.type(field("territoire"), frenchMember("perimeters", found.perimeter));
}

async function countDoubtful(page: Page): Promise<number> {
  return page
    .locator("main tbody tr[id^=ligne-]")
    .filter({ hasText: /à vérifier|incertain/i })
    .count();
}

async function correctWord(person: PersonAtWork, { vocabulary, word, clicks }: WordCorrection): Promise<void> {
  const { page } = person;
  person.decide();
  const shown = new RegExp(`«\\s${word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(/\s/g, "\\s")}\\s»`);
  const block = page.locator("details.moisson-word", { has: page.locator("summary", { hasText: shown }) });
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
