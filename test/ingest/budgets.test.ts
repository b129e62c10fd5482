import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runErrorMessage } from "../../src/cli/english/runs.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";

const valid = (count: number) => Array.from({ length: count }, (_, id) => ({ id: `${id}`, titre: `Aide ${id}` }));
const nameless = (count: number) => Array.from({ length: count }, (_, id) => ({ id: `sans-${id}`, titre: "" }));
const why = ({ outcome, error }: RunReport) => [outcome, error?.code, error?.params];

describe("the budget of a run", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  it("is in its report, with what the run used", async () => {
    const harvest = await newHarvest(catalogue, { budget: { records: 50 } });
    const { budget } = await harvest.day([...valid(3), ...nameless(1)]);
    expect(budget).toMatchObject({
      records: { used: 4, limit: 50 },
      rejects: { used: 1, limit: 10_000 },
      decodedMegabytes: { used: 0, limit: 2048 },
      cpuSeconds: { used: expect.any(Number), limit: 1800 },
      seconds: { used: expect.any(Number), limit: 3600 },
      memoryMegabytes: { used: expect.any(Number), limit: 1000 },
    });
  });

  it("ends it when the feed has too many records, and nothing is written", async () => {
    const harvest = await newHarvest(catalogue, { budget: { records: 3 } });
    const report = await harvest.day(valid(10));
    expect(why(report)).toEqual(["unreadable", "over-budget", { budget: "records", limit: 3 }]);
    expect(report.budget?.records).toEqual({ used: 10, limit: 3 });
    expect(await harvest.exported()).toBe("");
    expect(runErrorMessage("over-budget", report.error?.params ?? {})).toBe(
      "the feed has more than 3 records; if this is right for the feed, raise budget.records in its connector",
    );
  });

  it("ends it when the feed unpacks to too much", async () => {
    const harvest = await newHarvest(catalogue, { budget: { decodedMegabytes: 1 } });
    const file = join(harvest.folder, "feed.json.gz");
    await writeFile(file, gzipSync(JSON.stringify(valid(3000).map((record) => ({ ...record, note: "x".repeat(1000) })))));
    const report = await harvest.run({ file });
    expect(why(report)).toEqual(["unreadable", "over-budget", { budget: "decodedMegabytes", limit: 1 }]);
    expect(report.counts.received).toBeGreaterThan(0);
    expect(report.counts.received).toBeLessThan(3000);
  });

  it("ends it when it takes too long, or needs too much CPU time or memory", async () => {
    const run = async (budget: object, services = {}) => {
      const harvest = await newHarvest(catalogue, { budget });
      return why(await harvest.day(valid(1), {}, services));
    };
    expect(await run({ seconds: 1e-9 })).toEqual(["unreachable", "over-budget", { budget: "seconds", limit: 1e-9, stage: "fetch" }]);
    expect(await run({ cpuSeconds: 1e-9 })).toEqual(["failed", "over-budget", { budget: "cpuSeconds", limit: 1e-9, stage: "fetch" }]);
    const memory = { budget: "memoryMegabytes", limit: 1, stage: "fetch" };
    expect(await run({}, { processMemoryMb: 1 })).toEqual(["failed", "over-budget", memory]);
    expect(await run({ memoryMegabytes: 100_000 }, { processMemoryMb: 1 })).toEqual(["applied", undefined, undefined]);
  });

  it("limits how many rejected records are stored, not how many are counted", async () => {
    const harvest = await newHarvest(catalogue, { budget: { rejects: 3 }, guards: guardsOff });
    for (const force of [false, true]) {
      const report = await harvest.day([...nameless(10), ...valid(10)], { force });
      expect(report.counts).toMatchObject({ received: 20, rejected: 10, valid: 10 });
      expect(report.issues[0]).toMatchObject({ code: "missing-name", count: 10 });
      expect(report.budget?.rejects).toEqual({ used: 10, limit: 3 });
      expect((await harvest.rejected(report)).map(({ externalId }) => externalId)).toEqual(["sans-0", "sans-1", "sans-2"]);
    }
  });
});

describe("a feed of very many rejected records", () => {
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
  });
  afterAll(() => catalogue.drop());

  const nothings = `[${"{},".repeat(500_000)}{}]`;

  it.each([true, false])("is not read to its end (dry run: %s)", async (dryRun) => {
    const harvest = await newHarvest(catalogue);
    const report = await harvest.day(nothings, { dryRun });
    const { received, rejected } = report.counts;
    expect(why(report)).toEqual(["unreadable", "all-rejected", { received, rejected }]);
    expect(rejected).toBe(received);
    expect(received).toBeGreaterThanOrEqual(5000);
    expect(received).toBeLessThan(20_000);
    expect((await harvest.rejected(report)).length).toBe(Math.min(received, 10_000));
  });

  it("is refused too if it is a CSV, whose rows are cut by their bytes", async () => {
    const harvest = await newHarvest(catalogue, { decode: { format: "csv" } });
    const report = await harvest.day(`id;titre\n${"a\n".repeat(500_000)}`);
    expect(report).toMatchObject({ outcome: "unreadable", error: { code: "all-rejected" } });
    expect(report.counts.received).toBeLessThan(20_000);
  });

  it("is read as long as records are valid", async () => {
    const harvest = await newHarvest(catalogue, { budget: { rejects: 10 } });
    const report = await harvest.day([...valid(1), ...nameless(6000)]);
    expect(report).toMatchObject({ error: null, counts: { received: 6001, rejected: 6000, valid: 1 } });
    expect(await harvest.rejected(report)).toHaveLength(10);
  });
});
