import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { newHarvest } from "../support/harvest.ts";
import { runInMemory } from "../support/run-in-memory.ts";

const copied = "exact copy of an earlier record";
const roof = { id: "1", titre: "Un toit" };
const roofAgain = { id: "1", titre: "Un autre toit" };
const wall = { id: "2", titre: "Un mur" };

describe("records that occur several times in a feed", () => {
  it("are read once, and their copies are skipped and reported", async () => {
    const run = await runInMemory([roof, wall, roof, wall, roof]);
    expect(run).toMatchObject({ received: 5, skippedBy: { [copied]: 3 }, rejected: [] });
    expect(run.aids.map(({ externalId }) => externalId)).toEqual(["1", "2"]);
  });

  it("are rejected if they share only the identifier, also beside a copy", async () => {
    const run = await runInMemory([roof, roofAgain, roof, roofAgain]);
    expect(run).toMatchObject({ received: 4, skippedBy: { [copied]: 1 }, aids: [{ name: "Un toit" }] });
    expect(run.rejected).toMatchObject([
      { locator: "item 2", reasons: ["duplicate-id"] },
      { locator: "item 4", reasons: ["duplicate-id"] },
    ]);
  });

  it("are all rejected if they are not valid", async () => {
    expect((await runInMemory([{ id: "1" }, { id: "1" }, { titre: "x" }, { titre: "x" }])).rejected).toHaveLength(4);
  });

  it("are read once in a CSV", async () => {
    const run = await runInMemory("id;titre\n1;Un toit\n2;Un mur\n1;Un toit\n1;Un autre toit\n2;Un mur\n", { decode: { format: "csv" } });
    expect(run).toMatchObject({ received: 5, skippedBy: { [copied]: 2 }, rejected: [{ locator: "row 5", reasons: ["duplicate-id"] }] });
  });
});

describe("a feed that the publisher copies into itself", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  it("changes nothing, night after night, and counts the copies each time", async () => {
    const harvest = await newHarvest(catalogue);
    const records = Array.from({ length: 12 }, (_, index) => ({ id: `${index}`, titre: `Aide ${index}` }));
    expect(await harvest.day(records)).toMatchObject({ outcome: "applied", counts: { valid: 12 } });
    for (const feed of [
      [...records, ...records],
      [...records.toReversed(), ...records],
    ]) {
      expect(await harvest.day(feed)).toMatchObject({
        outcome: "unchanged",
        counts: { received: 24, skipped: 12, rejected: 0, valid: 12, unchanged: 12 },
        issues: expect.arrayContaining([expect.objectContaining({ code: "exact-copy", severity: "info", count: 12 })]),
      });
    }
  });
});
