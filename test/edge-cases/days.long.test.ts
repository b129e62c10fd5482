import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { loadedConnectors } from "../support/loaded-connectors.ts";
import { type Loopback, loopback } from "./loopback.ts";
import { dayByDayOutcomes, type Outcomes } from "./outcomes.ts";
import { tableOf, tables } from "./outcomes-table.ts";

const connectors = await loadedConnectors();

describe("feeds that change from day to day, for every connector", () => {
  let catalogue: TestCatalogue;
  let server: Loopback;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
    server = await loopback();
  });
  afterAll(async () => {
    await server.close();
    await catalogue.drop();
  });

  it("writes nothing if nothing has changed, and matches days-outcomes.md", { timeout: 300_000 }, async () => {
    const all: Outcomes[] = [];
    for (const connector of connectors) all.push(await dayByDayOutcomes(connector, catalogue, server));
    expect(all.flatMap(({ connector, broken }) => broken.map((promise) => `${connector}, ${promise}`))).toEqual([]);
    expect(tableOf(all)).toBe(await readFile(tables.days, "utf8"));
  });
});
