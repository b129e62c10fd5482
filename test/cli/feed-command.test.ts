import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WrongUse } from "../../src/cli/exit.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { newHarvest } from "../support/harvest.ts";
import { linesOf } from "../support/moisson.ts";

describe("output of the feed command", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  it("shows fill shares, usual changes and decisions; loosens a known path with a note, and tightens it", async () => {
    const harvest = await newHarvest(catalogue);
    const { connector, folder } = harvest;
    const say = (...args: string[]) => runCommandAt("2026-11-27T08:30:00Z", catalogue, folder, ["feed", connector, ...args]);
    const records = ["haies", "puits", "ponts", "vergers"].map((id) => ({ id, titre: `Aide aux ${id}`, fin: "2027-01-31" }));
    await harvest.day(records);
    await harvest.day(records.map((record, place) => ({ ...record, ...(place === 0 && { titre: "Subvention culturelle" }) })));
    const lines = linesOf((await say()).stdout);
    expect(lines[0]).toBe(`${connector}: 4 records on 2026-11-25, 4 records on 2026-11-25`);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}fin +100 % +submissionDeadline$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}publie +0 % +only in conditions$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {4}titles-changed +25 %$/));
    expect((await say("--loosen", "finn", "--note", "vu")).error).toEqual(new WrongUse('unknown path or guard "finn"; did you mean fin?'));
    const loosened = await say("--loosen", "fin", "--note", "plus de dates", "--by", "Olga");
    expect(loosened.stdout).toContain("fin only warns since 2026-11-27, by Olga: plus de dates");
    expect((await say("--tighten", "fin")).stdout).not.toContain("only warns");
  });
});
