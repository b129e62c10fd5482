import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NotDone } from "../../src/cli/exit.ts";
import { html } from "../../src/kit/rules/texts.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { edit } from "../support/curate.ts";
import { guardsOff, type Harvest, newHarvest } from "../support/harvest.ts";

const records = ["haies", "vergers"].map((id) => ({
  id,
  titre: `Entretenir les ${id}`,
  texte: `<p>Une aide pour les ${id}.</p><p>Contact : ${id}@region-exemple.fr</p>`,
  lien: `https://example.org/${id}`,
}));

describe("suggestions on the command line", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  const say = (harvest: Harvest, ...args: string[]) =>
    runCommandAt("2026-11-27T08:30:00Z", catalogue, harvest.folder, ["suggestions", ...args]);
  const publishing = (harvest: Harvest, ...args: string[]) =>
    runCommandAt("2026-11-27T08:30:00Z", catalogue, harvest.folder, ["publishing", harvest.connector, ...args]);
  async function harvested() {
    const harvest = await newHarvest(catalogue, { guards: guardsOff, fields: { contact: html("contact") } as never });
    await harvest.day(records);
    return harvest;
  }

  it("are listed by field, with their evidence", async () => {
    const harvest = await harvested();
    const { stdout } = await say(harvest, "--connector", harvest.connector, "--field", "contactEmail");
    expect(stdout).toContain("contactEmail  2 empty, 2 with a suggestion");
    expect(stdout).toContain(`${harvest.connector}/haies  Entretenir les haies`);
    expect(stdout).toContain('"Contact : haies@region-exemple.fr" (description)');
    const [group] = JSON.parse((await say(harvest, "list", "--connector", harvest.connector, "--field", "contactEmail", "--json")).stdout);
    expect(group).toMatchObject({ field: "contactEmail", empty: 2, suggested: 2, sample: [{ suggestion: { rule: "sentence-mail" } }, {}] });
  });

  it("accept fills one field of one aid, and `aid show` and the list of aids say that we filled it", async () => {
    const harvest = await harvested();
    const named = `${harvest.connector}/haies`;
    const { stdout } = await say(harvest, "accept", named, "contactEmail", "--by", "marie");
    expect(stdout).toContain("filled by Moisson: sentence-mail");
    const shown = await runCommandAt("2026-11-27T08:30:00Z", catalogue, harvest.folder, ["aid", "show", named]);
    expect(shown.stdout.replace(/\s+/g, " ")).toMatch(
      /contactEmail haies@region-exemple\.fr \(filled by Moisson: sentence-mail, .*accepted by marie/,
    );
    expect((await harvest.aid("haies")).filledByMoisson).toEqual([{ field: "contactEmail", rule: "sentence-mail", confirmed: true }]);
    expect((await say(harvest, "accept", named, "contactEmail")).error).toBeInstanceOf(NotDone);
  });

  it("publishing is refused with what is missing, and `aid show` says for what the aid is complete", async () => {
    const harvest = await harvested();
    const named = `${harvest.connector}/haies`;
    const refusal = await runCommandAt("2026-11-27T08:30:00Z", catalogue, harvest.folder, ["aid", "publish", named]);
    expect(String(refusal.error)).toMatch(/before it can be published, fill or correct aidTypes, targetedAudiences, perimeters/);
    const shown = await runCommandAt("2026-11-27T08:30:00Z", catalogue, harvest.folder, ["aid", "show", named]);
    expect(shown.stdout).toMatch(/for the API +complete\n +for the national schema +no eligibility\n/);
    const json = await runCommandAt("2026-11-27T08:30:00Z", catalogue, harvest.folder, ["aid", "show", named, "--json"]);
    expect(JSON.parse(json.stdout).lacks).toMatchObject({ api: null, site: { fields: expect.arrayContaining(["perimeters"]) } });
  });

  it("decisions of all kinds are listed until they are ended, with who decided them", async () => {
    const harvest = await harvested();
    const answer = ["questions", "answer", harvest.connector, "mobilizationSteps", "op", "--by", "claire", "--note", "works only"];
    const { stdout } = await runCommandAt("2026-11-27T08:30:00Z", catalogue, harvest.folder, answer);
    const [, id = ""] = /decision (\w{8}) holds/.exec(stdout) ?? [];
    await harvest.day([...records, { ...records[0], id: "mares", titre: "Creuser une mare", lien: "https://example.org/mares" }]);
    expect([(await harvest.aid("haies")).mobilizationSteps, (await harvest.aid("mares")).mobilizationSteps]).toEqual([["op"], ["op"]]);
    const listed = await say(harvest, "decisions");
    expect(listed.stdout).toContain(`${id}  ${harvest.connector}  fills a missing mobilizationSteps with ["op"]  (by claire`);
    expect((await say(harvest, "end", id, "--by", "marie")).stdout).toContain(`ended: ${id}`);
    expect((await say(harvest, "end", id)).error).toBeInstanceOf(NotDone);
    expect((await say(harvest, "decisions", "--ended")).stdout).toContain("ended by marie");
  });

  it("publishing shows the policy, and a level names the reasons of the aids that it leaves to a person", async () => {
    const harvest = await harvested();
    expect((await publishing(harvest)).stdout).toBe("review\n");
    const { stdout } = await publishing(harvest, "fullyDescribed", "--by", "claire");
    expect(stdout).toContain("it changes none of the 2 aids that it concerns now");
    expect((await publishing(harvest)).stdout).toMatch(/^fullyDescribed {2}\w{8}/);
    expect((await publishing(harvest, "fullyDescribed")).error).toBeInstanceOf(NotDone);
    await publishing(harvest, "review", "--by", "claire");
    expect((await publishing(harvest)).stdout).toBe("review\n");
  });

  it("publishing makes a letter to the publisher, with the list of the aids that it publishes", async () => {
    const harvest = await harvested();
    await edit(
      catalogue,
      { connector: harvest.connector, externalId: "haies" },
      {
        ...{ aidTypes: ["grant"], targetedAudiences: ["commune"], recurrence: "ongoing" },
        perimeters: [{ scale: "country", code: "FRA", name: "France" }],
      },
    );
    const { stdout } = await publishing(harvest, "publishable", "--by", "claire", "--yes");
    expect(stdout).toContain("a letter with the list of its aids waits for the publisher");
    const [letter] = await catalogue.letters.list(harvest.connector);
    expect(letter).toMatchObject({ kind: "courtesy", by: "claire", sentAt: null });
  });
});
