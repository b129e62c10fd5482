import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NotDone, WrongUse } from "../../src/cli/exit.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { type Harvest, newHarvest } from "../support/harvest.ts";
import { linesOf } from "../support/moisson.ts";

const records = ["haies", "vergers", "lavoirs", "ponts"].map((id) => ({
  id,
  titre: `Aide aux ${id}`,
  texte: `<p>Pour ${id === "ponts" ? "les maires" : "les exploitants agricoles"} qui entretiennent leurs ${id}.</p>`,
  publics: id === "ponts" ? ["Communes"] : ["Exploitants agricoles bio", "Licornes"],
}));

describe("the publishers' words on the command line", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  const say = (harvest: Harvest, ...args: string[]) => runCommandAt("2026-11-27T08:30:00Z", catalogue, harvest.folder, args);
  async function harvested() {
    const harvest = await newHarvest(catalogue);
    await harvest.day(records);
    return harvest;
  }

  it("suggest shows possible terms with certainty and reason, the most frequent word first", async () => {
    const harvest = await harvested();
    const { stdout } = await say(harvest, "terms", "suggest", "--connector", harvest.connector);
    const [head, first] = linesOf(stdout);
    expect(head).toBe(`${harvest.connector}  targetedAudiences  "Exploitants agricoles bio"  (3 aids)`);
    expect(first).toMatch(
      /^ {4}\d\d % {2}farmer \(Agriculteurs\): "exploitant agricole" is a synonym; 100 % of 3 aids with it mention the term, 0 % of others$/,
    );
    expect(stdout).toContain(`"Licornes"  (3 aids)\n    `);
    const [word] = JSON.parse((await say(harvest, "terms", "suggest", "--connector", harvest.connector, "--json")).stdout);
    expect(word).toMatchObject({ term: "Exploitants agricoles bio", count: 3, suggestions: [{ slug: "farmer" }] });
    const one = await say(harvest, "terms", "suggest", "--connector", harvest.connector, "--limit", "1");
    expect(one.stdout).not.toContain("Licornes");
    expect(one.stderr).toContain("more words; --limit shows more");
  });

  it("set writes the decision; replay shows its effect and writes nothing", async () => {
    const harvest = await harvested();
    const id = harvest.connector;
    const { stdout } = await say(harvest, "terms", "set", id, "targetedAudiences", "Exploitants agricoles bio", "farmer");
    const file = join(harvest.folder, "mappings", id, "targetedAudiences.csv");
    expect(linesOf(stdout)).toEqual([
      `"Exploitants agricoles bio" is farmer: ${file}`,
      `\`moisson replay ${id}\` shows the effect on the catalogue`,
    ]);
    await say(harvest, "terms", "set", id, "targetedAudiences", "Licornes", "--ignore", "--note", "none in France");
    expect(await readFile(file, "utf8")).toBe("partner_term,our_term,note\nExploitants agricoles bio,farmer,\nLicornes,,none in France\n");
    expect((await say(harvest, "terms", "missing", id)).stdout).toBe("no words to map\n");

    const before = await harvest.exported();
    const replay = await say(harvest, "replay", id);
    expect(replay.exitCode).toBe(0);
    expect(replay.stdout).toContain("3 updated");
    expect(replay.stdout).toMatch(/targetedAudiences .*→ .*farmer|targetedAudiences.*farmer/);
    expect(await harvest.exported()).toBe(before);
    const again = JSON.parse((await say(harvest, "replay", id, "--json")).stdout);
    expect(again).toMatchObject({ outcome: "planned", counts: { updated: 3, unchanged: 1 } });
    await say(harvest, "plan", "apply", again.planId);
    expect((await harvest.aid("haies")).targetedAudiences).toEqual(["farmer"]);
  });

  it("set explains an error and writes nothing", async () => {
    const harvest = await harvested();
    const { connector } = harvest;
    const set = async (...args: string[]) => (await say(harvest, "terms", "set", connector, ...args)).error;
    expect(await set("audiences", "Communes", "commune")).toBeInstanceOf(WrongUse);
    expect(await set("targetedAudiences", "Mairies")).toEqual(new WrongUse("give at least one of our terms, or --ignore"));
    expect(await set("targetedAudiences", "Mairies", "commune", "--ignore")).toBeInstanceOf(WrongUse);
    const refused = await set("targetedAudiences", "Mairies", "communes");
    expect(refused).toBeInstanceOf(NotDone);
    expect(String(refused)).toContain('"communes" is not a term of targetedAudiences, did you mean commune?');
    await expect(readFile(join(harvest.folder, "mappings", connector, "targetedAudiences.csv"))).rejects.toThrow("ENOENT");
  });

  it("replay says so if no feed is stored", async () => {
    const harvest = await newHarvest(catalogue);
    const { error } = await say(harvest, "replay", harvest.connector);
    expect(String(error)).toContain(`no feed of ${harvest.connector} is stored yet`);
  });
});
