import { afterAll, beforeAll, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";
import { newHarvest } from "../support/harvest.ts";

let catalogue: TestCatalogue;
beforeAll(async () => {
  catalogue = await newCatalogue(testDatabase);
});
afterAll(() => catalogue.drop());

it("of many aids that are refused the first 20 are named and the rest counted; with --json all of them are named", async () => {
  const harvest = await newHarvest(catalogue);
  await harvest.day(Array.from({ length: 25 }, (_, index) => ({ id: `a${index}`, titre: `Aide ${index}` })));
  const refusedOf = async (...flags: string[]) => {
    const args = ["aid", "publish", "--connector", harvest.connector, ...flags];
    const { stdout, error } = await runCommandAt("2026-11-27T08:30:00Z", catalogue, harvest.folder, args);
    expect(stdout).toBe("");
    return (error as Error).message.split("\n");
  };
  const named = await refusedOf();
  expect(named).toHaveLength(21);
  expect(named.at(-1)).toBe("… and 5 more (--json lists all)");
  const all = await refusedOf("--json");
  expect(all).toHaveLength(25);
  expect(all.at(-1)).toMatch(/^region-exemple-\d+\/a9: before it can be published/);
});
