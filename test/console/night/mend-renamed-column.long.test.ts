import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserForTests, hasBrowser, seriousOn, whyNoBrowser } from "../../support/browser.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../../support/catalogues.ts";
import { newHarvest } from "../../support/harvest.ts";
import { KeyboardUser } from "../../support/keyboard-user.ts";
import { testNow } from "../../support/made-aids.ts";
import { signIn, startedConsole } from "../../support/signed-in-browser.ts";
import { doRunOf } from "../editor/connector/do-waiting.ts";

const subjects = [
  "haies",
  "puits",
  "ponts",
  "vergers",
  "lavoirs",
  "marchés",
  "chemins",
  "cantines",
  "gymnases",
  "halles",
  "moulins",
  "fours",
];
const line = (cells: readonly string[]) => `${cells.map((cell) => `"${cell}"`).join(";")}\n`;

/** Returns a CSV of twelve aids whose title column has this header. */
function csv(title: string, from = 0): string {
  const rows = subjects.map((subject, place) =>
    line([
      `a${place}`,
      `Entretenir les ${subject} de la commune`,
      `La région aide les communes à entretenir leurs ${subject}.`,
      `2027-03-${10 + ((place + from) % 12)}`,
    ]),
  );
  return line(["id", title, "texte", "fin"]) + rows.join("");
}

describe.skipIf(!hasBrowser)(`a renamed column${whyNoBrowser}`, { timeout: 120_000 }, () => {
  const browser = browserForTests();
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(async () => catalogue?.drop());

  it("is mended from the first page in one act, and the run after it applies", async () => {
    const harvest = await newHarvest(catalogue, { decode: { format: "csv" } });
    const before = { now: () => new Date(testNow.getTime() - 86_400_000), fixed: null, elapsed: () => performance.now() };
    await harvest.day(csv("titre"), {}, { clock: before });
    const held = await harvest.day(csv("intitule_aide", 1));
    expect(held.outcome).toBe("held");
    expect(held.guards[0]).toMatchObject({ code: "path-missing", params: { path: "titre", to: "intitule_aide" } });
    const console = await startedConsole(catalogue, { folders: [harvest.folder] });
    const { context, errors } = await browser.context();
    await signIn(context, console, "ops", "Olga");
    const page = await context.newPage();
    const keys = new KeyboardUser(page);

    await page.goto(`${console.url}/`);
    expect(await seriousOn(page)).toEqual([]);
    await page.getByText("il s’appelle sans doute « intitule_aide » (12 aides sur 12 disent la même chose)").first().waitFor();
    await keys.press("button", /^Lire « intitule_aide » au lieu de « titre »/);
    await page.getByText("« intitule_aide » est lu au lieu de « titre »").waitFor();
    expect(new URL(page.url()).pathname).toBe("/");
    const [waiting] = await catalogue.runQueue.waiting(harvest.connector);
    await doRunOf(console.jobs, waiting?.runId ?? null);

    await page.goto(`${console.url}/`);
    await page.getByRole("heading", { name: "Tout va bien" }).waitFor();
    await page.getByText("Olga a suivi le nouveau nom d’un champ du flux").waitFor();
    expect((await harvest.aid("a0")).name).toBe("Entretenir les haies de la commune");
    expect((await harvest.aid("a0")).submissionDeadline).toBe("2027-03-11");
    const [run] = await catalogue.runs.list({ connector: harvest.connector, limit: 1 });
    expect(run).toMatchObject({ outcome: "applied", report: { guards: [], counts: { updated: 12, missing: 0 } } });
    expect(errors).toEqual([]);
  });
});
